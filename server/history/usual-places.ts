import type { UsualPlace } from '@maplewall/shared/wire/history.ts';

/** Side of the cells in which incidents are counted, in degrees: half a kilometre. */
export const CELL_DEGREES = 0.005;
/** An incident speaks for its surroundings, fading to nothing at this many cells. */
const REACH_CELLS = 3;
/** Below this share of the highest value a place says nothing. */
export const LEAST_SHARE = 0.05;

/** Incidents by cell: column and row from 0°, 0°, and how many. */
export type CellCounts = readonly (readonly [column: number, row: number, count: number])[];

export const cellOf = (lng: number, lat: number): readonly [number, number] => [
  Math.floor(lng / CELL_DEGREES),
  Math.floor(lat / CELL_DEGREES),
];

/** How many incidents each cell had. */
export function cellsOf(incidents: readonly { readonly lng: number; readonly lat: number }[]): CellCounts {
  const counts = new Map<string, number>();
  for (const { lng, lat } of incidents) {
    const cell = cellOf(lng, lat).join(' ');
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts].map(([cell, count]) => [...placeInGrid(cell), count]);
}

const placeInGrid = (cell: string): readonly [column: number, row: number] => {
  const [column = 0, row = 0] = cell.split(' ').map(Number);
  return [column, row];
};

/** The middle of a cell that is named 'column row'. */
export function middleOf(cell: string): { readonly lng: number; readonly lat: number } {
  const [column, row] = placeInGrid(cell);
  return {
    lng: Number(((column + 0.5) * CELL_DEGREES).toFixed(5)),
    lat: Number(((row + 0.5) * CELL_DEGREES).toFixed(5)),
  };
}

/**
 * What is usual at an hour, from the same hours of several days: each day is smoothed over a kilometre and a half, because a
 * single cell is empty at most hours of most days, and then the median of the days is taken place by place.
 * `hours` is how many hours were counted each day; the answer is incidents per hour.
 */
export function usualPlaces(days: readonly CellCounts[], hours: number): readonly UsualPlace[] {
  const smooth = days.map(smoothed);
  const cells = new Set(smooth.flatMap((day) => [...day.keys()]));
  const found: UsualPlace[] = [];
  for (const cell of cells) {
    const value = median(smooth.map((day) => day.get(cell) ?? 0)) / hours;
    if (value > 0) found.push({ ...middleOf(cell), perHour: value });
  }
  const highest = Math.max(0, ...found.map(({ perHour }) => perHour));
  return found
    .filter(({ perHour }) => perHour >= highest * LEAST_SHARE)
    .map(({ perHour, ...place }) => ({ ...place, perHour: Number(perHour.toPrecision(3)) }))
    .toSorted((a, b) => a.lat - b.lat || a.lng - b.lng);
}

/** Each incident spread over the cells round it, in parts that add up to one; by 'column row'. */
export function smoothed(day: CellCounts): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const [column, row, count] of day)
    for (const { east, north, part } of SPREAD) {
      const cell = `${column + east} ${row + north}`;
      values.set(cell, (values.get(cell) ?? 0) + count * part);
    }
  return values;
}

const SPREAD = spread();

function spread(): readonly { east: number; north: number; part: number }[] {
  const parts: { east: number; north: number; part: number }[] = [];
  for (let east = -REACH_CELLS; east <= REACH_CELLS; east++)
    for (let north = -REACH_CELLS; north <= REACH_CELLS; north++) {
      const near = 1 - (east * east + north * north) / (REACH_CELLS * REACH_CELLS);
      if (near > 0) parts.push({ east, north, part: near * near });
    }
  const sum = parts.reduce((total, { part }) => total + part, 0);
  return parts.map(({ east, north, part }) => ({ east, north, part: part / sum }));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
