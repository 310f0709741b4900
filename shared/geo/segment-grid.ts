/** A line that runs along the edge of cells belongs to both. */
const EDGE_METRES = 1e-6;

/**
 * Segments of a flat map found by place: each is kept in every cell that it runs through, and not in all of its bounding box,
 * because one wrong point of a file may draw a line over the whole city.
 */
export class SegmentGrid {
  readonly #cellMetres: number;
  readonly #cells = new Map<number, number[]>();

  constructor(cellMetres: number) {
    this.#cellMetres = cellMetres;
  }

  add(segment: number, x1: number, y1: number, x2: number, y2: number): void {
    const keep = (key: number): void => {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [segment]);
      else cell.push(segment);
    };
    const [west, east] = x1 < x2 ? [x1, x2] : [x2, x1];
    // So steep that its slope says nothing.
    const isUpright = east - west < EDGE_METRES;
    const yAt = (x: number): number =>
      Math.min(Math.max(y1, y2), Math.max(Math.min(y1, y2), y1 + ((x - x1) * (y2 - y1)) / (x2 - x1)));
    const first = Math.floor((west - EDGE_METRES) / this.#cellMetres);
    const last = Math.floor((east + EDGE_METRES) / this.#cellMetres);
    for (let column = first; column <= last; column++) {
      // What of it lies above this column of cells.
      const from = Math.min(east, Math.max(west, column * this.#cellMetres - EDGE_METRES));
      const to = Math.max(west, Math.min(east, (column + 1) * this.#cellMetres + EDGE_METRES));
      const ends = isUpright ? [y1, y2] : [yAt(from), yAt(to)];
      const south = Math.min(...ends) - EDGE_METRES;
      const north = Math.max(...ends) + EDGE_METRES;
      this.#visit((column + 0.5) * this.#cellMetres, south, (column + 0.5) * this.#cellMetres, north, keep);
    }
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
