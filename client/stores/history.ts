import type { HistoryDays, HistoryPrecincts } from '@maplewall/shared/wire/history.ts';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** A month to date and the four weeks before it. */
const PRECINCT_DAYS = 62;

/** Past days' counts, for comparisons. What was read stays when a later reading fails; `readAt` says how old it is. */
export const useHistory = defineStore('history', () => {
  const days = shallowRef<HistoryDays>();
  const precincts = shallowRef<HistoryPrecincts>();
  /** When both were read, by this browser's clock; undefined before. */
  const readAt = shallowRef<number>();
  /** Whether the last reading failed. */
  const failed = shallowRef(false);
  /** @param day the day shown, YYYY-MM-DD: precincts are counted up to it; without it only the days are read */
  const refresh = async (day?: string): Promise<void> => {
    try {
      const [nextDays, nextPrecincts] = await Promise.all([
        read('/api/history/days'),
        day === undefined ? undefined : read(`/api/history/precincts?days=${PRECINCT_DAYS}&until=${day}`),
      ]);
      days.value = nextDays as HistoryDays;
      if (nextPrecincts !== undefined) precincts.value = nextPrecincts as HistoryPrecincts;
      readAt.value = Date.now();
      failed.value = false;
    } catch {
      // Said on the panels; the next refresh tries again.
      failed.value = true;
    }
  };
  return { days, precincts, readAt, failed, refresh };
});

async function read(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}
