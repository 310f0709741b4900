import {
  precinctCount,
  PRECINCT_COUNTERS,
  type PrecinctCounter,
} from '@maplewall/shared/domain/precinct-counts.ts';
import { heldDays, usualDay, type UsualDay } from '@maplewall/shared/rules/usual-day.ts';
import type { HistoryDay, HistoryDays, HistoryPrecincts } from '@maplewall/shared/wire/history.ts';
import { HOUR_COUNTER_INDEX, type HourCounter } from '@maplewall/shared/world/hour-counts.ts';
import { dayBefore, daysFrom, firstOfMonth, monthsBefore } from './calendar.ts';

/** Comparisons with past days, as docs/spec/indicators.md defines them. `day` is the day shown, YYYY-MM-DD. */

const counterOf = (hour: readonly number[] | undefined, name: HourCounter): number =>
  hour?.[HOUR_COUNTER_INDEX.get(name) ?? 0] ?? 0;

/** Counters of a day up to an hour, the last hour in proportion. */
const countsUntil = (
  { hours }: HistoryDay,
  hoursSinceMidnight: number,
  names: readonly HourCounter[],
): readonly number[] =>
  names.map((name) =>
    hours.reduce(
      (sum, hour, index) =>
        sum + counterOf(hour, name) * Math.min(1, Math.max(0, hoursSinceMidnight - index)),
      0,
    ),
  );

/** Incidents by hour on a usual day like this one; undefined where too few such days are held. */
export const ghostDay = (history: HistoryDays | undefined, day: string): UsualDay | undefined =>
  history === undefined
    ? undefined
    : usualDay(
        history.days.map(({ hours, ...each }) => ({
          ...each,
          received: hours.map((hour) => counterOf(hour, 'received')),
        })),
        day,
      );

/** Counters of the same day last week up to the same hour; undefined if that day is not held. */
export function lastWeekUntil(
  history: HistoryDays | undefined,
  day: string,
  hoursSinceMidnight: number,
  names: readonly HourCounter[],
): readonly number[] | undefined {
  const before = history === undefined ? undefined : heldDays(history.days).get(dayBefore(day, 7));
  return before === undefined ? undefined : countsUntil(before, hoursSinceMidnight, names);
}

/**
 * Whether any of these was ever counted: by the world, or on a day before the one shown. Only then is nought a number and
 * not a silence. Undefined where the world does not know and history was not read.
 */
export const everCounted = (
  names: readonly HourCounter[],
  byWorld: ReadonlySet<HourCounter>,
  history: HistoryDays | undefined,
  day: string,
): boolean | undefined =>
  names.some((name) => byWorld.has(name)) ||
  history?.days.some(
    (each) => each.day < day && each.hours.some((hour) => names.some((name) => counterOf(hour, name) > 0)),
  );

/** Days that history has records of, both ends included; of the first of all it may be a part. */
export const daysWithRecords = (history: HistoryDays | undefined, from: string, to: string): number =>
  history?.days.filter((each) => each.day >= from && each.day <= to && each.minutesWithRecords > 0).length ??
  0;

/** Counters of a month to date, and of the same days of an earlier month. */
export interface MonthCounts {
  /** The first day that is counted: that of the month, or the first one held. */
  readonly from: string;
  /** Days counted, and days from then on; both with the one shown. */
  readonly held: number;
  readonly all: number;
  /** In the order of the names asked for. */
  readonly counts: readonly number[];
  /** Undefined unless history holds all the days of both months. */
  readonly before: readonly number[] | undefined;
}

/**
 * Sums counters over the month to date.
 * @param today counts of `day` so far, by the world that is shown
 * @param monthsBack which month to compare with: 1 the one before, 12 last year's
 */
export function monthCounts(
  history: HistoryDays | undefined,
  { day, hoursSinceMidnight, today }: { day: string; hoursSinceMidnight: number; today: TodayCounts },
  names: readonly HourCounter[],
  monthsBack: number,
): MonthCounts | undefined {
  if (history === undefined) return undefined;
  const held = heldDays(history.days);
  const past = daysFrom(firstOfMonth(day), dayBefore(day, 1));
  const known = past.flatMap((each) => held.get(each) ?? []);
  const counts = sum([
    ...known.map((each) => countsUntil(each, 25, names)),
    names.map((name) => today[name]),
  ]);
  const then = monthsBefore(day, monthsBack);
  const daysThen = daysFrom(firstOfMonth(then), dayBefore(then, 1));
  const knownThen = daysThen.flatMap((each) => held.get(each) ?? []);
  const lastThen = held.get(then);
  const isWhole =
    known.length === past.length && knownThen.length === daysThen.length && lastThen !== undefined;
  const from = known[0]?.day ?? day;
  return {
    from,
    held: known.length + 1,
    all: daysFrom(from, day).length,
    counts,
    before: isWhole
      ? sum([
          ...knownThen.map((each) => countsUntil(each, 25, names)),
          countsUntil(lastThen, hoursSinceMidnight, names),
        ])
      : undefined,
  };
}

export type TodayCounts = Readonly<Record<HourCounter, number>>;

const sum = (rows: readonly (readonly number[])[]): readonly number[] =>
  rows.reduce((all, row) => row.map((value, index) => value + (all[index] ?? 0)), []);

/** Counts by precinct, summed over days, both included; rows in the order of PRECINCT_COUNTERS, '' for no precinct. */
export function precinctTotals(
  precincts: HistoryPrecincts | undefined,
  from: string,
  to: string,
): ReadonlyMap<string, readonly number[]> | undefined {
  if (precincts === undefined) return undefined;
  const totals = new Map<string, readonly number[]>();
  for (const { day, precincts: rows } of precincts.days) {
    if (day < from || day > to) continue;
    for (const [precinct, row] of Object.entries(rows))
      totals.set(precinct, sum([totals.get(precinct) ?? PRECINCT_COUNTERS.map(() => 0), row]));
  }
  return totals;
}

/** A share with what it is a share of. */
export interface Share {
  readonly done: number;
  readonly all: number;
}

/** The share of one counter in another over all precincts. */
export function shareOfAll(
  totals: ReadonlyMap<string, readonly number[]>,
  done: PrecinctCounter,
  all: PrecinctCounter,
): Share {
  const rows = [...totals.values()];
  const total = (name: PrecinctCounter): number =>
    rows.reduce((count, row) => count + precinctCount(row, name), 0);
  return { done: total(done), all: total(all) };
}
