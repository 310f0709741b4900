import { DateTime } from 'luxon';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { HistoryHeat } from '@maplewall/shared/wire/history.ts';
import type { History, Span } from './history.ts';
import { localDay, type LocalDay } from './local-day.ts';
import { CELL_DEGREES, LEAST_SHARE, middleOf, smoothed, type CellCounts } from './usual-places.ts';

/** First and last hour of a city's clock, both included; the last may lie behind midnight (22, 2). */
export interface HourRange {
  readonly first: number;
  readonly last: number;
}

/** Where incidents were on these days between these hours. */
export function heatOf(
  history: Pick<History, 'cells' | 'isCounted' | 'timeZone'>,
  days: readonly LocalDay[],
  hours: HourRange,
): HistoryHeat {
  const found = days.map((day) => ({
    day: day.day,
    hasData: history.isCounted(day),
    cells: history.cells(hoursOf(day, hours, history.timeZone)),
  }));
  const daysWithData = found.filter(({ hasData }) => hasData).length;
  const all: CellCounts = found.flatMap(({ cells }) => cells);
  const counts = new Map<string, number>();
  for (const [column, row, count] of all) {
    const cell = `${column} ${row}`;
    counts.set(cell, (counts.get(cell) ?? 0) + count);
  }
  const smooth = smoothed(all);
  const highest = Math.max(0, ...smooth.values());
  return {
    timeZone: history.timeZone,
    days: found.map(({ day, hasData, cells }) => ({ day, hasData, incidents: sumOf(cells) })),
    daysWithData,
    cellDegrees: CELL_DEGREES,
    cells: [...smooth]
      .filter(([cell, value]) => value >= highest * LEAST_SHARE || counts.has(cell))
      .map(([cell, value]) => ({
        ...middleOf(cell),
        incidents: counts.get(cell) ?? 0,
        perDay: Number((value / Math.max(1, daysWithData)).toPrecision(3)),
      }))
      .toSorted((a, b) => a.lat - b.lat || a.lng - b.lng),
  };
}

const sumOf = (cells: CellCounts): number => cells.reduce((sum, [, , count]) => sum + count, 0);

/** These hours of a day as the city's clock shows them. */
function hoursOf({ day }: LocalDay, { first, last }: HourRange, timeZone: string): Span {
  const start = DateTime.fromISO(day, { zone: timeZone });
  const endDay = last < first ? start.plus({ days: 1 }) : start;
  // Hour 24 is the next midnight, whatever a clock change does with it.
  const end = last === 23 ? endDay.plus({ days: 1 }) : endDay.set({ hour: last + 1 });
  return {
    startsAt: epochMs(start.set({ hour: first }).toMillis()),
    endsAt: epochMs(end.toMillis()),
  };
}

/** The days from one to another, both included, that are such a weekday (1 is Monday; any if it is not given). */
export function daysBetween(
  from: LocalDay,
  to: LocalDay,
  weekday: number | undefined,
  timeZone: string,
): readonly LocalDay[] {
  const days: LocalDay[] = [];
  // Noon, so that the length of a day does not matter.
  let noon = DateTime.fromISO(from.day, { zone: timeZone }).set({ hour: 12 });
  while (noon.toMillis() < to.endsAt) {
    const day = localDay(noon.toISODate() ?? '', timeZone);
    if (day !== undefined && (weekday === undefined || noon.weekday === weekday)) days.push(day);
    noon = noon.plus({ days: 1 });
  }
  return days;
}
