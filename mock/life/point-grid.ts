import type { Point } from './flat-map.ts';

const CELL_METRES = 150;

/** Points in square cells, to find the nearest one. */
export class PointGrid {
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #west: number;
  readonly #south: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #cells: (number[] | undefined)[] = [];

  /** Takes the points of which `wanted` is 1. */
  constructor(xs: Float64Array, ys: Float64Array, wanted: Uint8Array) {
    this.#xs = xs;
    this.#ys = ys;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [index, x] of xs.entries()) {
      const y = ys[index] ?? 0;
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
    this.#west = west;
    this.#south = south;
    this.#columns = Math.max(1, Math.floor((east - west) / CELL_METRES) + 1);
    this.#rows = Math.max(1, Math.floor((north - south) / CELL_METRES) + 1);
    for (const [index, x] of xs.entries()) {
      if (wanted[index] !== 1) continue;
      const cell = this.#row(ys[index] ?? 0) * this.#columns + this.#column(x);
      const known = this.#cells[cell];
      if (known === undefined) this.#cells[cell] = [index];
      else known.push(index);
    }
  }

  /** Index of the nearest point. @throws when there is none at all */
  nearest(point: Point): number {
    const column = this.#column(point.x);
    const row = this.#row(point.y);
    let best = -1;
    let least = Infinity;
    const most = Math.max(this.#columns, this.#rows);
    for (let reach = 0; reach <= most; reach += 1) {
      // A ring of cells begins this far from the point, for a point inside the grid.
      if (best !== -1 && Math.sqrt(least) <= (reach - 1) * CELL_METRES) return best;
      for (let y = row - reach; y <= row + reach; y += 1) {
        const step = Math.abs(y - row) === reach ? 1 : Math.max(1, 2 * reach);
        for (let x = column - reach; x <= column + reach; x += step)
          for (const index of this.#cell(x, y)) {
            const square = ((this.#xs[index] ?? 0) - point.x) ** 2 + ((this.#ys[index] ?? 0) - point.y) ** 2;
            if (square < least) [best, least] = [index, square];
          }
      }
    }
    if (best === -1) throw new Error('there is no street that can be reached');
    return best;
  }

  /** Indices of all points in the cells that touch a circle; some lie outside it. */
  within(point: Point, metres: number): readonly number[] {
    const found: number[] = [];
    for (let y = this.#row(point.y - metres); y <= this.#row(point.y + metres); y += 1)
      for (let x = this.#column(point.x - metres); x <= this.#column(point.x + metres); x += 1)
        found.push(...this.#cell(x, y));
    return found;
  }

  #cell(column: number, row: number): readonly number[] {
    if (column < 0 || row < 0 || column >= this.#columns || row >= this.#rows) return [];
    return this.#cells[row * this.#columns + column] ?? [];
  }

  #column(x: number): number {
    return Math.max(0, Math.min(this.#columns - 1, Math.floor((x - this.#west) / CELL_METRES)));
  }

  #row(y: number): number {
    return Math.max(0, Math.min(this.#rows - 1, Math.floor((y - this.#south) / CELL_METRES)));
  }
}
