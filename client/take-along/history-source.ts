import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { HistoryDayDetail, HistoryDays } from '@maplewall/shared/wire/history.ts';
import type { HistorySource } from '../feed/history-source.ts';
import { openSegment } from '../feed/open-segment.ts';
import { about, page } from './page.ts';

/** History as this page holds it; takes the place of that over HTTP. A day of which it holds no minute is no day to be played. */
export function historyOverHttp(base: string): HistorySource {
  const bytesOf = async (path: string): Promise<Result<Uint8Array<ArrayBuffer>>> => {
    const found = await page.get(`${base}${path}`);
    return found === undefined ? fail('history.minute.notYet') : ok(found.bytes);
  };
  const json = async <T>(path: string): Promise<Result<T>> => {
    const bytes = await bytesOf(path);
    return bytes.ok ? ok(JSON.parse(new TextDecoder().decode(bytes.value)) as T) : bytes;
  };
  return {
    days: async () => {
      const all = await json<HistoryDays>('/days');
      if (!all.ok) return all;
      return ok({ ...all.value, days: all.value.days.filter(({ day }) => about.days.includes(day)) });
    },
    day: (day) => json<HistoryDayDetail>(`/${encodeURIComponent(day)}`),
    // On this thread, because the minutes stand in the page itself: a worker would have to be handed them first.
    segment: async ({ day, minute }) => {
      const bytes = await bytesOf(`/${encodeURIComponent(day)}/${encodeURIComponent(minute)}`);
      return bytes.ok ? openSegment(bytes.value) : bytes;
    },
  };
}
