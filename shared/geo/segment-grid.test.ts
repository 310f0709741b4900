import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestPart, SegmentGrid } from './segment-grid.ts';

const metres = fc.double({ min: -500, max: 500, noNaN: true });

it('finds every segment that runs through a box, wherever it begins and ends', () => {
  fc.assert(
    fc.property(
      fc.tuple(metres, metres, metres, metres),
      fc.tuple(metres, metres),
      ([x1, y1, x2, y2], [x, y]) => {
        const grid = new SegmentGrid(60);
        grid.add(7, x1, y1, x2, y2);
        const part = nearestPart(x, y, x1, y1, x2, y2);
        const [nearX, nearY] = [x1 + part * (x2 - x1), y1 + part * (y2 - y1)];
        const found: number[] = [];
        grid.inBox(nearX - 0.01, nearY - 0.01, nearX + 0.01, nearY + 0.01, (segment) => found.push(segment));
        expect(found).toContain(7);
      },
    ),
    { numRuns: 2_000, seed: 4 },
  );
});

it('takes a line over the whole city by the cells that it crosses', () => {
  const grid = new SegmentGrid(60);
  let found = 0;
  grid.add(1, 0, 0, 60_000, 60_000);
  grid.inBox(-1e6, -1e6, 1e6, 1e6, () => (found += 1));
  expect(found).toBeLessThan(4_000);
});
