import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askForLayout } from './saved-layout.ts';

const LAYOUT = {
  name: 'east',
  view: 'east',
  span: { columns: 14, rows: 1 },
  tile: { column: 13, row: 0 },
  theme: 'dark',
  language: 'zh-CN',
  director: false,
  sound: false,
  ghostHeat: false,
  visitor: false,
};
let answers: (() => Response)[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => Promise.resolve().then(() => (answers.shift() ?? answers[0])?.()));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const missing = (): Response => new Response('', { status: 404 });
const kept = (): Response => Response.json(LAYOUT);
const away = (): Response => {
  throw new Error('no gateway');
};

it('a wall with a name that nobody kept asks again, also past a gateway that is away, and goes on when somebody keeps one', async () => {
  answers = [missing, away, missing, kept];
  const taken: string[] = [];
  let unknown = 0;
  askForLayout('east', new URLSearchParams('theme=light'), {
    take: (words) => Promise.resolve(void taken.push(words.toString())),
    unknown: () => (unknown += 1),
  });
  await vi.advanceTimersByTimeAsync(9_000);
  expect([unknown, taken]).toEqual([1, []]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(unknown).toBe(2);
  expect(taken).toEqual(['view=east&span=14x1&tile=13%2C0&theme=light&lang=zh-CN']);
  expect(vi.getTimerCount()).toBe(0);
});

it('a page that was left asks no more', async () => {
  answers = [missing, kept];
  const taken: URLSearchParams[] = [];
  const stop = askForLayout('east', new URLSearchParams(), {
    take: (words) => Promise.resolve(void taken.push(words)),
    unknown: () => undefined,
  });
  await vi.advanceTimersByTimeAsync(1_000);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(taken).toEqual([]);
});
