/** A ring of a flat map: x, y, x, y …, its first point not repeated. */
export type FlatRing = readonly number[];

/** An area: its outer ring counterclockwise, its holes clockwise. */
export interface FlatArea {
  readonly outer: FlatRing;
  readonly holes: readonly FlatRing[];
}

/** Values at the corners of square cells; outside of them every value counts as positive. */
export interface FlatField {
  readonly left: number;
  readonly bottom: number;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
}

/**
 * Where a field is negative, as areas: marching squares with the crossing on each edge found by straight
 * interpolation. Of the two ways through a saddle the one that parts the negative corners is taken, so no ring touches itself.
 *
 *   3 ── c ── 2      corners 0 … 3 of a cell, from the lower left counterclockwise;
 *   d         b      edges a … d. Lines run with the negative side on their left.
 *   0 ── a ── 1
 */
export function contour(field: FlatField): readonly FlatArea[] {
  const { columns, rows } = field;
  /** From the edge where a line begins to the one where it ends. */
  const next = new Map<number, number>();
  // One cell further on each side: what is negative at the border is closed there.
  for (let row = -1; row < rows; row++)
    for (let column = -1; column < columns; column++) {
      const corners =
        (isInside(field, column, row) ? 1 : 0) |
        (isInside(field, column + 1, row) ? 2 : 0) |
        (isInside(field, column + 1, row + 1) ? 4 : 0) |
        (isInside(field, column, row + 1) ? 8 : 0);
      for (const [from, to] of LINES[corners] ?? [])
        next.set(edgeKey(field, column, row, from), edgeKey(field, column, row, to));
    }
  return nested(rings(field, next));
}

type Edge = 'a' | 'b' | 'c' | 'd';
const LINES: readonly (readonly (readonly [from: Edge, to: Edge])[])[] = [
  [],
  [['a', 'd']],
  [['b', 'a']],
  [['b', 'd']],
  [['c', 'b']],
  [
    ['a', 'd'],
    ['c', 'b'],
  ],
  [['c', 'a']],
  [['c', 'd']],
  [['d', 'c']],
  [['a', 'c']],
  [
    ['b', 'a'],
    ['d', 'c'],
  ],
  [['b', 'c']],
  [['d', 'b']],
  [['a', 'b']],
  [['d', 'a']],
  [],
];

function valueAt({ columns, rows, values }: FlatField, column: number, row: number): number {
  if (column < 0 || row < 0 || column >= columns || row >= rows) return Infinity;
  return values[row * columns + column] ?? Infinity;
}

const isInside = (field: FlatField, column: number, row: number): boolean => valueAt(field, column, row) < 0;

/** Edges are named by the corner on their left or below, and whether they lie flat: two numbers a corner. */
function edgeKey({ columns }: FlatField, column: number, row: number, edge: Edge): number {
  const corner = (east: number, north: number): number =>
    ((row + 1 + north) * (columns + 2) + column + 1 + east) * 2;
  switch (edge) {
    case 'a':
      return corner(0, 0);
    case 'b':
      return corner(1, 0) + 1;
    case 'c':
      return corner(0, 1);
    case 'd':
      return corner(0, 0) + 1;
  }
}

function pointOf(field: FlatField, key: number): readonly [x: number, y: number] {
  const corner = Math.floor(key / 2);
  const column = (corner % (field.columns + 2)) - 1;
  const row = Math.floor(corner / (field.columns + 2)) - 1;
  const [east, north] = key % 2 === 0 ? [1, 0] : [0, 1];
  const here = valueAt(field, column, row);
  const there = valueAt(field, column + east, row + north);
  // Where one side is outside of the field, the area ends at its border.
  const part = here === Infinity ? 1 : there === Infinity ? 0 : here / (here - there);
  return [field.left + (column + east * part) * field.cell, field.bottom + (row + north * part) * field.cell];
}

function rings(field: FlatField, next: Map<number, number>): readonly FlatRing[] {
  const found: FlatRing[] = [];
  for (const first of next.keys()) {
    const ring: number[] = [];
    for (let at: number | undefined = first; at !== undefined && next.has(at);) {
      ring.push(...pointOf(field, at));
      const to: number | undefined = next.get(at);
      next.delete(at);
      at = to;
    }
    if (ring.length >= 6) found.push(ring);
  }
  return found;
}

/** Twice the area of a ring, positive when it runs counterclockwise. */
export function ringArea(ring: FlatRing): number {
  let twice = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const to = (at + 2) % ring.length;
    twice += (ring[at] ?? 0) * (ring[to + 1] ?? 0) - (ring[to] ?? 0) * (ring[at + 1] ?? 0);
  }
  return twice / 2;
}

export const areaOf = ({ outer, holes }: FlatArea): number =>
  ringArea(outer) + holes.reduce((sum, hole) => sum + ringArea(hole), 0);

/** Gives each hole to the smallest ring round it. */
function nested(all: readonly FlatRing[]): readonly FlatArea[] {
  const areas = all
    .filter((ring) => ringArea(ring) > 0)
    .map((outer) => ({ outer, holes: [] as FlatRing[] }))
    .toSorted((a, b) => ringArea(a.outer) - ringArea(b.outer));
  for (const hole of all) {
    if (ringArea(hole) >= 0) continue;
    areas.find(({ outer }) => holds(outer, hole[0] ?? 0, hole[1] ?? 0))?.holes.push(hole);
  }
  return areas;
}

/** Whether a point lies in a ring. */
export function holds(ring: FlatRing, x: number, y: number): boolean {
  let inside = false;
  for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [ring[before], ring[before + 1], ring[at], ring[at + 1]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
