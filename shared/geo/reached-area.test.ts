import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaOf, contour, holds } from './contour.ts';
import { reachedArea, STREET_SIDE_METRES } from './reached-area.ts';
import { nearestPart } from './segment-grid.ts';

const piece = (x1: number, y1: number, x2: number, y2: number) => ({ edge: 0, x1, y1, x2, y2 });
const pieces = fc.array(
  fc
    .tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 400 })))
    .map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => piece(x1, y1, x2, y2)),
  { minLength: 1, maxLength: 12 },
);

/**
 * Flooded squares of `cell` metres whose middle lies near enough to a piece: the plain way. Squares of five metres are off by
 * three per cent themselves where streets run with them.
 */
function flooded(streets: readonly ReturnType<typeof piece>[], cell: number): number {
  let count = 0;
  for (let x = -50; x < 450; x += cell)
    for (let y = -50; y < 450; y += cell) {
      const [east, north] = [x + cell / 2, y + cell / 2];
      const isNear = streets.some(({ x1, y1, x2, y2 }) => {
        const part = nearestPart(east, north, x1, y1, x2, y2);
        return Math.hypot(x1 + (x2 - x1) * part - east, y1 + (y2 - y1) * part - north) <= STREET_SIDE_METRES;
      });
      if (isNear) count++;
    }
  return count * cell * cell;
}

describe('the area of reached streets', () => {
  it('is within one per cent of a flood of squares of a metre', () => {
    fc.assert(
      fc.property(pieces, (streets) => {
        const area = reachedArea(streets).reduce((sum, part) => sum + areaOf(part), 0);
        const flood = flooded(streets, 1);
        expect(Math.abs(area - flood) / flood).toBeLessThan(0.01);
      }),
      { seed: 43, numRuns: 40 },
    );
  });

  it('leaves open the yard that streets run round', () => {
    const round = [
      piece(0, 0, 200, 0),
      piece(200, 0, 200, 200),
      piece(200, 200, 0, 200),
      piece(0, 200, 0, 0),
    ];
    const [area, ...others] = reachedArea(round);
    expect(others).toEqual([]);
    expect(area?.holes.length).toBe(1);
    expect(holds(area?.holes[0] ?? [], 100, 100)).toBe(true);
  });

  it('is nothing where nothing is reached', () => {
    expect(reachedArea([])).toEqual([]);
  });
});

describe('a contour', () => {
  it('closes at the border of its field, and parts corners that touch', () => {
    const areas = contour({
      left: 0,
      bottom: 0,
      cell: 1,
      columns: 2,
      rows: 2,
      values: Float64Array.from([-1, 1, 1, -1]),
    });
    expect(areas.length).toBe(2);
    for (const area of areas) expect(areaOf(area)).toBeCloseTo(0.125, 6);
  });
});
