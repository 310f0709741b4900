import { describe, expect, it } from 'vitest';
import { compareHour } from './compare-hour.ts';

const hours = <T>(value: T): readonly T[] => Array.from({ length: 24 }, () => value);
const ghost = { days: 4, median: hours(16), low: hours(12), high: hours(19) };
const at21 = (count: number) => hours(0).with(20, count);

describe('the last whole hour', () => {
  it.each([
    [21, 'above', 31],
    [19, 'usual', 19],
    [12, 'usual', -25],
    [8, 'below', -50],
  ] as const)('with %i incidents is %s when 16 are usual, %i per cent off', (count, is, percent) => {
    expect(compareHour(at21(count), ghost, 21.4)).toEqual({ hour: 20, count, median: 16, is, percent });
  });

  it('is told without a percentage where few are usual', () => {
    const quiet = { days: 4, median: hours(3), low: hours(1), high: hours(4) };
    expect(compareHour(at21(6), quiet, 21)).toMatchObject({ is: 'above', percent: undefined });
  });

  it('is not there before one o’clock, nor without a usual day', () => {
    expect(compareHour(at21(6), ghost, 0.9)).toBeUndefined();
    expect(compareHour(at21(6), undefined, 21)).toBeUndefined();
  });
});
