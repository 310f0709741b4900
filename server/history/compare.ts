import { CATEGORIES, type Category } from '@maplewall/shared/domain/incident.ts';
import type { ComparedCell, ComparedRange, HistoryComparison } from '@maplewall/shared/wire/history.ts';
import type { History, Span } from './history.ts';
import { CELL_DEGREES, cellsOf, LEAST_SHARE, middleOf, smoothed } from './usual-places.ts';

const HOUR_MS = 3_600_000;

/** Coverage by the minute since a range began. */
export type RangeCoverage = ComparedRange['coverage'];

/** Two ranges beside each other, and where the second had more or less than the first. */
export function compareRanges(
  history: Pick<History, 'incidents' | 'timeZone'>,
  [a, b]: readonly [Span, Span],
  coverage: readonly [RangeCoverage, RangeCoverage],
): HistoryComparison {
  const ofA = history.incidents(a).incidents;
  const ofB = history.incidents(b).incidents;
  return {
    timeZone: history.timeZone,
    a: rangeOf(a, ofA, coverage[0]),
    b: rangeOf(b, ofB, coverage[1]),
    cellDegrees: CELL_DEGREES,
    cells: differenceOf(smoothed(cellsOf(ofA)), smoothed(cellsOf(ofB))),
  };
}

function rangeOf(
  { startsAt, endsAt }: Span,
  incidents: ReturnType<History['incidents']>['incidents'],
  coverage: RangeCoverage,
): ComparedRange {
  const byHour = Array.from({ length: Math.ceil((endsAt - startsAt) / HOUR_MS) }, () => 0);
  const byCategory = Object.fromEntries(CATEGORIES.map((category) => [category, 0])) as Record<
    Category,
    number
  >;
  for (const { at, category } of incidents) {
    const hour = Math.floor((at - startsAt) / HOUR_MS);
    byHour[hour] = (byHour[hour] ?? 0) + 1;
    byCategory[category] += 1;
  }
  return { from: startsAt, to: endsAt, incidents: incidents.length, byCategory, byHour, coverage };
}

/** What differs by a twentieth of the greatest value or more. */
function differenceOf(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): readonly ComparedCell[] {
  const least = Math.max(0, ...a.values(), ...b.values()) * LEAST_SHARE;
  const rounded = (value: number): number => Number(value.toFixed(3));
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((cell) => ({ cell, ofA: a.get(cell) ?? 0, ofB: b.get(cell) ?? 0 }))
    .filter(({ ofA, ofB }) => Math.abs(ofB - ofA) >= least && ofA !== ofB)
    .map(({ cell, ofA, ofB }) => ({
      ...middleOf(cell),
      a: rounded(ofA),
      b: rounded(ofB),
      difference: rounded(ofB - ofA),
    }))
    .toSorted((one, other) => one.lat - other.lat || one.lng - other.lng);
}
