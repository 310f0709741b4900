import { describe, expect, it } from 'vitest';
import { hourly, meanOf, pointsOf, topOf, weekBefore } from './two-lines.ts';

describe('two days as two lines', () => {
  it('lie in a box by the minute since they began, from nought at the bottom to the top of the scale', () => {
    const curve = [
      { minute: 0, value: 0 },
      { minute: 30, value: 5 },
      { minute: 60, value: 10 },
    ];
    expect(pointsOf(curve, 60, 10, { width: 100, height: 50 }, 60)).toEqual(['0.0,50.0 50.0,25.0 100.0,0.0']);
    expect(pointsOf(curve, 60, 10, { width: 100, height: 50 }, 2)).toHaveLength(3);
    expect(pointsOf([], 60, 0, { width: 100, height: 50 }, 60)).toEqual([]);
  });

  it('count an hour at its middle', () => {
    expect(hourly([3, 7])).toEqual([
      { minute: 30, value: 3 },
      { minute: 90, value: 7 },
    ]);
    expect(meanOf(hourly([3, 7]))).toBe(5);
    expect(meanOf([])).toBe(0);
  });

  it('have a round number at the top that none of them passes', () => {
    expect([[], [0], [1], [3], [17], [32], [99], [0.28]].map(topOf)).toEqual([1, 1, 1, 3, 20, 40, 100, 0.3]);
  });

  it('know the same weekday of the week before, over months and years', () => {
    expect(['2026-11-27', '2026-03-03', '2027-01-02'].map(weekBefore)).toEqual([
      '2026-11-20',
      '2026-02-24',
      '2026-12-26',
    ]);
  });
});
