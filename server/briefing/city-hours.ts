import type { CountedDay } from '@maplewall/shared/rules/usual-day.ts';
import type { HistoryDay } from '@maplewall/shared/wire/history.ts';
import { HOUR_COUNTER_INDEX } from '@maplewall/shared/world/hour-counts.ts';
import type { History } from '../history/history.ts';

const HOUR_MS = 3_600_000;
const RECEIVED = HOUR_COUNTER_INDEX.get('received') ?? 0;

/**
 * Incidents of a day by the hours of the city's clocks. History counts by the hours of the world's clock, which are the same in
 * most cities; where they are half an hour off, what came in is counted one by one.
 */
export function byCityHours(
  { hours, ...day }: HistoryDay,
  history: Pick<History, 'incidents'>,
): CountedDay & Pick<HistoryDay, 'startsAt' | 'endsAt'> {
  if (day.startsAt % HOUR_MS === 0) return { ...day, received: hours.map((hour) => hour[RECEIVED] ?? 0) };
  const received = Array.from({ length: Math.ceil((day.endsAt - day.startsAt) / HOUR_MS) }, () => 0);
  for (const { at } of history.incidents(day).incidents) {
    const hour = Math.floor((at - day.startsAt) / HOUR_MS);
    received[hour] = (received[hour] ?? 0) + 1;
  }
  return { ...day, received };
}
