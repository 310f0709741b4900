import { ok } from '@maplewall/shared/domain/fault.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import type { MinuteRef } from './history-index.ts';
import type { FromSegments, ToSegments } from './segment-messages.ts';
import { SegmentThread, type SegmentWorker } from './segment-thread.ts';

const ref: MinuteRef = {
  day: '2026-11-22',
  minute: '09:05',
  startsAt: epochMs(0),
  endsAt: epochMs(60_000),
  version: 'a',
};

/** A worker that answers when it is told to, and can break. */
class HandWorker extends EventTarget implements SegmentWorker {
  readonly asked: ToSegments[] = [];
  isTerminated = false;
  postMessage(message: ToSegments): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(id: number): void {
    const data: FromSegments = { id, outcome: ok({ keyframe: Uint8Array.of(id), frames: [] }) };
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

function threadOfHands(): { readonly thread: SegmentThread; readonly workers: readonly HandWorker[] } {
  const workers: HandWorker[] = [];
  const thread = new SegmentThread(() => {
    const worker = new HandWorker();
    workers.push(worker);
    return worker as SegmentWorker;
  });
  return { thread, workers };
}

describe('the thread that decodes minutes', () => {
  it('is opened with the first minute, and answers each with its own, in whatever order', async () => {
    const { thread, workers } = threadOfHands();
    expect(workers).toEqual([]);
    const first = thread.load('/api/history', ref);
    const second = thread.load('/api/history/known', ref);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.asked.map(({ base }) => base)).toEqual(['/api/history', '/api/history/known']);
    workers[0]?.answer(2);
    workers[0]?.answer(1);
    expect(await first).toMatchObject({ value: { keyframe: Uint8Array.of(1) } });
    expect(await second).toMatchObject({ value: { keyframe: Uint8Array.of(2) } });
  });

  it('that breaks leaves a fault for what was asked, and the next minute opens another', async () => {
    const { thread, workers } = threadOfHands();
    const lost = thread.load('/api/history', ref);
    workers[0]?.dispatchEvent(new Event('error'));
    expect(await lost).toMatchObject({ fault: { code: 'server.unavailable' } });
    expect(workers[0]?.isTerminated).toBe(true);
    const found = thread.load('/api/history', ref);
    workers[1]?.answer(2);
    expect(await found).toMatchObject({ ok: true });
  });
});
