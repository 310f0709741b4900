import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { highestOf, pointsOf } from './day-curve.ts';

const BOX = { width: 1_000, height: 100 };
const points = [0, 1, 2, 3].map((minute) => ({ at: epochMs(minute * 60_000), value: 10 * minute }));
const span = (from: number, to: number) => ({ from: epochMs(from * 60_000), to: epochMs(to * 60_000) });

describe('a curve on the line of a day', () => {
  it('is drawn against the highest of the whole day, also where only a part is shown', () => {
    expect(highestOf(points)).toBe(30);
    expect(pointsOf(points, span(0, 3), BOX)).toEqual(['0.0,100.0 333.3,69.3 666.7,38.7 1000.0,8.0']);
    expect(pointsOf(points, span(1, 2), BOX)).toEqual(['-1000.0,100.0 0.0,69.3 1000.0,38.7 2000.0,8.0']);
  });

  it('is nothing where nothing is known, and flat on the ground where nobody was there', () => {
    expect(highestOf([])).toBe(0);
    expect(pointsOf([], span(0, 30), BOX)).toEqual([]);
    expect(pointsOf([{ at: epochMs(0), value: 0 }], span(0, 30), BOX)).toEqual(['0.0,100.0 0.0,100.0']);
  });

  it('is broken where more than a minute is missing, and a minute alone is a dot', () => {
    const some = [0, 1, 3, 6, 9, 10].map((minute) => ({ at: epochMs(minute * 60_000), value: 1 }));
    expect(pointsOf(some, span(0, 10), BOX)).toEqual([
      '0.0,8.0 100.0,8.0 300.0,8.0',
      '600.0,8.0 600.0,8.0',
      '900.0,8.0 1000.0,8.0',
    ]);
  });
});
