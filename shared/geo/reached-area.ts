import { contour, type FlatArea } from './contour.ts';
import type { ReachedPiece } from './reached-streets.ts';
import { nearestPart } from './segment-grid.ts';

/** Houses on either side of a street: half of its width and a front yard. */
export const STREET_SIDE_METRES = 12;
/** Three steps from the middle of a street to the edge of what it reaches. */
const CELL_METRES = 4;
const MAX_CELLS = 4_000_000;

/**
 * The area within `STREET_SIDE_METRES` of reached streets: where somebody can be, and nothing across a river that no
 * street crosses. The distance to the nearest piece is laid over a grid, and the area is where that is small enough.
 */
export function reachedArea(pieces: readonly ReachedPiece[]): readonly FlatArea[] {
  if (pieces.length === 0) return [];
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x1, y1, x2, y2 } of pieces) {
    left = Math.min(left, x1, x2);
    bottom = Math.min(bottom, y1, y2);
    right = Math.max(right, x1, x2);
    top = Math.max(top, y1, y2);
  }
  const width = right - left + 4 * STREET_SIDE_METRES;
  const height = top - bottom + 4 * STREET_SIDE_METRES;
  const cell = Math.max(CELL_METRES, Math.sqrt((width * height) / MAX_CELLS));
  left -= 2 * STREET_SIDE_METRES;
  bottom -= 2 * STREET_SIDE_METRES;
  const columns = Math.ceil(width / cell) + 1;
  const rows = Math.ceil(height / cell) + 1;
  const values = new Float64Array(columns * rows).fill(STREET_SIDE_METRES);
  // Values further off than a cell beyond the edge are never looked at.
  const reach = STREET_SIDE_METRES + 2 * cell;
  for (const { x1, y1, x2, y2 } of pieces) {
    const firstRow = Math.max(0, Math.floor((Math.min(y1, y2) - reach - bottom) / cell));
    const lastRow = Math.min(rows - 1, Math.ceil((Math.max(y1, y2) + reach - bottom) / cell));
    const firstColumn = Math.max(0, Math.floor((Math.min(x1, x2) - reach - left) / cell));
    const lastColumn = Math.min(columns - 1, Math.ceil((Math.max(x1, x2) + reach - left) / cell));
    for (let row = firstRow; row <= lastRow; row++)
      for (let column = firstColumn; column <= lastColumn; column++) {
        const x = left + column * cell;
        const y = bottom + row * cell;
        const part = nearestPart(x, y, x1, y1, x2, y2);
        const metres = Math.hypot(x1 + (x2 - x1) * part - x, y1 + (y2 - y1) * part - y);
        const index = row * columns + column;
        if (metres - STREET_SIDE_METRES < (values[index] ?? 0)) values[index] = metres - STREET_SIDE_METRES;
      }
  }
  return contour({ left, bottom, cell, columns, rows, values });
}
