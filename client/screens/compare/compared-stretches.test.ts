import { expect, it } from 'vitest';
import { comparedStretches } from './compared-stretches.ts';

const ZONE = 'Asia/Shanghai';
const HOUR_MS = 3_600_000;
const read = (a: string, b: string, words = '') =>
  comparedStretches({ a, b }, new URLSearchParams(words), ZONE);

it('two days are compared from midnight to midnight', () => {
  const found = read('2026-11-20', '2026-11-27');
  expect(found?.lengthMs).toBe(24 * HOUR_MS);
  expect(found?.sides.map(({ day, startsAt }) => [day, new Date(startsAt).toISOString()])).toEqual([
    ['2026-11-20', '2026-11-19T16:00:00.000Z'],
    ['2026-11-27', '2026-11-26T16:00:00.000Z'],
  ]);
});

it('two evenings are as long as the address says, and end at midnight at the latest', () => {
  expect(read('2026-11-20T18:00:00', '2026-11-27T18:00', 'seconds=14400')?.lengthMs).toBe(4 * HOUR_MS);
  expect(read('2026-11-20T18:00', '2026-11-27T22:00', 'seconds=14400')?.lengthMs).toBe(2 * HOUR_MS);
});

it('what is no moment is not compared', () => {
  expect(read('yesterday', '2026-11-27')).toBeUndefined();
  expect(read('2026-11-20T25:00', '2026-11-27')).toBeUndefined();
  expect(read('2026-13-20', '2026-11-27')).toBeUndefined();
});
