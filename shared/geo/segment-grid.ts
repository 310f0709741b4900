/** Segments of a flat map found by place: each is kept in every cell that its bounding box touches. */
export class SegmentGrid {
  readonly #cellMetres: number;
  readonly #cells = new Map<number, number[]>();

  constructor(cellMetres: number) {
    this.#cellMetres = cellMetres;
  }

  add(segment: number, x1: number, y1: number, x2: number, y2: number): void {
    this.#visit(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2), (key) => {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [segment]);
      else cell.push(segment);
    });
  }

  /** Calls back with each segment whose cells the box touches; with one that fills several cells, several times. */
  inBox(west: number, south: number, east: number, north: number, found: (segment: number) => void): void {
    // A box of more cells than there are is looked at from the other side.
    if (((east - west) * (north - south)) / this.#cellMetres ** 2 > this.#cells.size) {
      for (const cell of this.#cells.values()) for (const segment of cell) found(segment);
      return;
    }
    this.#visit(west, south, east, north, (key) => {
      for (const segment of this.#cells.get(key) ?? []) found(segment);
    });
  }

  #visit(west: number, south: number, east: number, north: number, visit: (key: number) => void): void {
    const column = (x: number): number => Math.floor(x / this.#cellMetres);
    for (let x = column(west); x <= column(east); x++)
      // Rows and columns stay below a million either way: cells of metres on a planet of 40,000 km.
      for (let y = column(south); y <= column(north); y++) visit(x * 4_194_304 + y);
  }
}

/** Where on the segment the point is nearest: its part of the way (0 at the first end, 1 at the second). */
export function nearestPart(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const east = x2 - x1;
  const north = y2 - y1;
  const square = east * east + north * north;
  return square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * east + (y - y1) * north) / square));
}
