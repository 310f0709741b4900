import type { HistoryDay, HistoryDays } from '@maplewall/shared/wire/history.ts';
import { HOUR_COUNTER_INDEX, type HourCounter } from '@maplewall/shared/world/hour-counts.ts';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** What a usual day of this weekday is: median and the band from the tenth to the ninetieth percentile, by hour. */
export interface GhostDay {
  readonly days: number;
  readonly median: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Fewer same weekdays than this tell nothing about what is usual. */
export const LEAST_GHOST_DAYS = 3;
const WEEKS = 4;

/** Past days' counts, for comparisons. */
export const useHistory = defineStore('history', () => {
  const days = shallowRef<HistoryDays>();
  const failed = shallowRef(false);
  const refresh = async (): Promise<void> => {
    try {
      const answer = await fetch('/api/history/days');
      if (!answer.ok) throw new Error(String(answer.status));
      days.value = (await answer.json()) as HistoryDays;
      failed.value = false;
    } catch {
      // Shown as 'not available'; the next refresh tries again.
      failed.value = true;
    }
  };
  return { days, failed, refresh };
});

const dayBefore = (day: string, back: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10);

/** The same weekdays of the four weeks before a day, as far as history has them whole. */
function sameWeekdays(history: HistoryDays, day: string): readonly HistoryDay[] {
  const wanted = Array.from({ length: WEEKS }, (_, week) => dayBefore(day, 7 * (week + 1)));
  return history.days.filter((each) => wanted.includes(each.day) && each.hours.length === 24);
}

const counterOf = (hour: readonly number[] | undefined, name: HourCounter): number =>
  hour?.[HOUR_COUNTER_INDEX.get(name) ?? 0] ?? 0;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  return low + (high - low) * (place - Math.floor(place));
}

/** Incidents by hour on a usual day like this one; undefined where too few days are known. */
export function ghostDay(history: HistoryDays | undefined, day: string): GhostDay | undefined {
  if (history === undefined) return undefined;
  const days = sameWeekdays(history, day);
  if (days.length < LEAST_GHOST_DAYS) return undefined;
  const byHour = Array.from({ length: 24 }, (_, hour) =>
    days.map(({ hours }) => counterOf(hours[hour], 'received')),
  );
  return {
    days: days.length,
    median: byHour.map((values) => quantile(values, 0.5)),
    low: byHour.map((values) => quantile(values, 0.1)),
    high: byHour.map((values) => quantile(values, 0.9)),
  };
}

/** A counter of the same day last week up to the same hour, the last hour in proportion; undefined if it is not known. */
export function lastWeekUntil(
  history: HistoryDays | undefined,
  day: string,
  hoursSinceMidnight: number,
  names: readonly HourCounter[],
): readonly number[] | undefined {
  const before = history?.days.find((each) => each.day === dayBefore(day, 7));
  if (before === undefined) return undefined;
  return names.map((name) =>
    before.hours.reduce(
      (sum, hour, index) =>
        sum + counterOf(hour, name) * Math.min(1, Math.max(0, hoursSinceMidnight - index)),
      0,
    ),
  );
}
