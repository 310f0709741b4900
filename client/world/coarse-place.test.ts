import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COARSE_METRES, coarsePlace } from './coarse-place.ts';
import { mercatorAround } from './mercator.ts';
import { CENTRE } from './small-city.ts';

const mercator = mercatorAround(CENTRE);
const size = COARSE_METRES / mercator.metresPerUnit;
const offset = fc.double({ min: -20, max: 20, noNaN: true });

describe('a place for visitors', () => {
  it('tells the square and nothing more: every place of a square gives the same spot, within it', () => {
    const part = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: -80, max: 80 }),
        fc.integer({ min: -80, max: 80 }),
        part,
        part,
        fc.string(),
        (column, row, east, north, id) => {
          const middle = coarsePlace(mercator, (column + 0.5) * size, (row + 0.5) * size, id);
          expect(coarsePlace(mercator, (column + east) * size, (row + north) * size, id)).toEqual(middle);
          expect(Math.floor(middle.x / size)).toBe(column);
          expect(Math.floor(middle.y / size)).toBe(row);
        },
      ),
      { seed: 41, numRuns: 500 },
    );
  });

  it('is another one for somebody else, so that a square full of people is not one dot', () => {
    const spots = new Set(
      Array.from({ length: 40 }, (_, person) => coarsePlace(mercator, 0.001, 0.001, `P${person}`).x),
    );
    expect(spots.size).toBeGreaterThan(35);
  });

  it('is never further off than the diagonal of a square', () => {
    fc.assert(
      fc.property(offset, offset, fc.string(), (x, y, id) => {
        const spot = coarsePlace(mercator, x, y, id);
        const metres = Math.hypot(spot.x - x, spot.y - y) * mercator.metresPerUnit;
        expect(metres).toBeLessThan(COARSE_METRES * Math.SQRT2);
      }),
      { seed: 42, numRuns: 500 },
    );
  });
});
