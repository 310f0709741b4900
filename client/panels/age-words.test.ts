import { describe, expect, it } from 'vitest';
import { ageWords, stopwatch } from './age-words.ts';

describe('ages', () => {
  it.each([
    [0, 'seconds', 0],
    [89, 'seconds', 89],
    [90, 'minutes', 2],
    [5_399, 'minutes', 90],
    [5_400, 'hours', 2],
    [200_000, 'days', 2],
  ] as const)('%i seconds are told in %s', (seconds, unit, count) => {
    expect(ageWords(seconds)).toEqual({ unit, count });
  });

  it.each([
    [7, '0:07'],
    [72, '1:12'],
    [3_661, '1:01:01'],
  ])('%i seconds on a stopwatch are %s', (seconds, text) => {
    expect(stopwatch(seconds)).toBe(text);
  });
});
