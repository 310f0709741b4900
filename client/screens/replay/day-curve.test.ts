import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { highestOf, pointsOf } from './day-curve.ts';

const BOX = { width: 1_000, height: 100 };
const points = [0, 10, 20, 30].map((minute) => ({ at: epochMs(minute * 60_000), value: minute }));
const span = (from: number, to: number) => ({ from: epochMs(from * 60_000), to: epochMs(to * 60_000) });

describe('a curve on the line of a day', () => {
  it('is drawn against the highest of the whole day, also where only a part is shown', () => {
    expect(highestOf(points)).toBe(30);
    expect(pointsOf(points, span(0, 30), BOX)).toBe('0.0,100.0 333.3,69.3 666.7,38.7 1000.0,8.0');
    expect(pointsOf(points, span(10, 20), BOX)).toBe('-1000.0,100.0 0.0,69.3 1000.0,38.7 2000.0,8.0');
  });

  it('is nothing where nothing is known, and flat on the ground where nobody was there', () => {
    expect(highestOf([])).toBe(0);
    expect(pointsOf([], span(0, 30), BOX)).toBe('');
    expect(pointsOf([{ at: epochMs(0), value: 0 }], span(0, 30), BOX)).toBe('0.0,100.0');
  });
});
