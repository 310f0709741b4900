import { quantileOf } from './quantile.ts';

/** One past day as far as what is usual is made of it. */
export interface CountedDay {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly minutesWithRecords: number;
  /** Incidents received, by hour of the city's clock. */
  readonly received: readonly number[];
}

/** What a usual day of this weekday is: median and the band from the tenth to the ninetieth percentile, by hour. */
export interface UsualDay {
  readonly days: number;
  readonly median: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Fewer same weekdays than this tell nothing about what is usual. */
export const LEAST_USUAL_DAYS = 3;
const WEEKS = 4;
const HOURS = 24;
const WEEK_MS = 7 * 86_400_000;

/**
 * Days that history holds whole: with records, and not the first one of all, which may have begun at any hour.
 * Where the software stood still there is no day, rather than one without incidents.
 */
export function heldDays<T extends Pick<CountedDay, 'day' | 'minutesWithRecords'>>(
  days: readonly T[],
): ReadonlyMap<string, T> {
  return new Map(
    days.flatMap((each, index): readonly (readonly [string, T])[] =>
      index > 0 && each.minutesWithRecords > 0 ? [[each.day, each]] : [],
    ),
  );
}

/** Incidents by hour on a usual day like this one, from the same weekday of the four weeks before; undefined where too few are held. */
export function usualDay(days: readonly CountedDay[], day: string): UsualDay | undefined {
  const held = heldDays(days);
  const same = Array.from({ length: WEEKS }, (_, week) => held.get(weeksBefore(day, week + 1))).filter(
    (each) => each?.received.length === HOURS,
  );
  if (same.length < LEAST_USUAL_DAYS) return undefined;
  const byHour = Array.from({ length: HOURS }, (_, hour) =>
    same.map((each) => each?.received[hour] ?? 0).toSorted((a, b) => a - b),
  );
  return {
    days: same.length,
    median: byHour.map((values) => quantileOf(values, 0.5) ?? 0),
    low: byHour.map((values) => quantileOf(values, 0.1) ?? 0),
    high: byHour.map((values) => quantileOf(values, 0.9) ?? 0),
  };
}

const weeksBefore = (day: string, weeks: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - weeks * WEEK_MS).toISOString().slice(0, 10);
