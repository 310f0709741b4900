import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, usualPlaces, type CellCounts } from './usual-places.ts';

const total = (days: readonly CellCounts[], hours = 1): number =>
  usualPlaces(days, hours).reduce((sum, { perHour }) => sum + perHour, 0);

describe('what is usual at a place', () => {
  const [column, row] = cellOf(120.5612, 27.5433);
  const day: CellCounts = [[column, row, 4]];

  it('is highest where it happens every time, and fades round it', () => {
    const places = usualPlaces([day, day, day], 1);
    const highest = places.toSorted((a, b) => b.perHour - a.perHour)[0];
    expect(highest).toMatchObject({ lng: 120.5625, lat: 27.5425 });
    expect(places.length).toBeGreaterThan(9);
    expect(total([day, day, day])).toBeGreaterThan(3.4);
    expect(total([day, day, day], 3)).toBeCloseTo(total([day, day, day]) / 3, 1);
  });

  it('is nothing where it happened once in four weeks', () => {
    expect(usualPlaces([day, [], [], []], 1)).toEqual([]);
  });

  it('of nothing is nothing', () => {
    expect([usualPlaces([], 1), usualPlaces([[], []], 1)]).toEqual([[], []]);
  });

  it('never is more than what the busiest day had, and does not hang on the order of the days', () => {
    const cell = fc.tuple(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 30 }), { minLength: 1, maxLength: 5 }), (days) => {
        const busiest = Math.max(...days.map((each) => each.reduce((sum, [, , count]) => sum + count, 0)));
        expect(total(days)).toBeLessThanOrEqual(busiest * days.length + 0.1);
        expect(usualPlaces(days.toReversed(), 1)).toEqual(usualPlaces(days, 1));
      }),
      { seed: 21, numRuns: 150 },
    );
  });
});
