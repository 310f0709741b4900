import type { DayChapters } from '@maplewall/shared/wire/briefing.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Answer } from '../../stores/gateway-answer.ts';
import { readChapters } from './chapters-reader.ts';

const told = (waiting: number): Answer<DayChapters> => ({
  ok: true,
  value: {
    day: '2026-11-20',
    chapters: [],
    modes: [],
    waiting: { expectations: waiting, coverageMinutes: 0 },
  } as unknown as DayChapters,
});
const nobody: Answer<DayChapters> = { ok: false, code: 'unreachable', sentence: undefined };

let answers: Answer<DayChapters>[];
const asked = vi.fn<() => Promise<Answer<DayChapters>>>(async () =>
  Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? nobody),
);
const onChapters = vi.fn<(told: DayChapters) => void>();
const onTrouble = vi.fn<(answer: Answer<DayChapters>, isTriedAgain: boolean) => void>();
const read = () => readChapters({ ask: asked, onChapters, onTrouble });
beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
});
afterEach(() => {
  vi.useRealTimers();
});

it('chapters are asked for until nothing of them is being worked out', async () => {
  answers = [told(3), told(1), told(0)];
  const stop = read();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([asked.mock.calls.length, onChapters.mock.calls.length]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([asked.mock.calls.length, onChapters.mock.calls.length]).toEqual([3, 1]);
  stop();
});

it('what is not worked out after a minute is told without it', async () => {
  answers = [told(3)];
  const stop = read();
  await vi.advanceTimersByTimeAsync(70_000);
  expect(onChapters).toHaveBeenCalledTimes(1);
  stop();
});

it('a gateway that does not answer is asked again, one that refuses is not', async () => {
  answers = [nobody, { ok: false, code: 'history.day.unknown' as never, sentence: undefined }];
  const stop = read();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(onTrouble.mock.calls.map(([, isTriedAgain]) => isTriedAgain)).toEqual([true, false]);
  stop();
});

it('a page that is left asks nothing more and is told nothing more, whether it waits or an answer is on its way', async () => {
  answers = [told(3)];
  const stop = read();
  await vi.advanceTimersByTimeAsync(100);
  stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked).toHaveBeenCalledTimes(1);
  answers = [told(0)];
  read()();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(onChapters).not.toHaveBeenCalled();
});
