import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { MinuteRef } from './history-index.ts';
import type { KnownDay, KnownDayDetail } from '@maplewall/shared/wire/history.ts';

/** Where a replay reads from; a fault is a value, also when nothing answers. */
export interface HistorySource {
  days(): Promise<Result<{ readonly days: readonly KnownDay[] }>>;
  day(day: string): Promise<Result<KnownDayDetail>>;
  /** One minute's segment, in an envelope as frames are. */
  segment(ref: MinuteRef): Promise<Result<Uint8Array>>;
}

/** History over HTTP; `base` is '/api/history', or '/api/history/known' for the past as the wall knew it. The browser's own cache keeps each version of a minute. */
export function historyOverHttp(base: string): HistorySource {
  const get = async <T>(path: string, read: (answer: Response) => Promise<T>): Promise<Result<T>> => {
    try {
      const answer = await fetch(`${base}${path}`);
      if (answer.status === 404) return fail('history.minute.notYet');
      if (!answer.ok) return fail('server.unavailable');
      return ok(await read(answer));
    } catch {
      // No answer, or one that broke off or was no JSON: the same to whoever looks at the wall.
      return fail('server.unavailable');
    }
  };
  return {
    days: () =>
      get('/days', async (answer): Promise<{ readonly days: readonly KnownDay[] }> => await answer.json()),
    day: (day) =>
      get(`/${encodeURIComponent(day)}`, async (answer): Promise<KnownDayDetail> => await answer.json()),
    segment: ({ day, minute, version }) =>
      get(
        `/${encodeURIComponent(day)}/${encodeURIComponent(minute)}` +
          (version === '' || version.startsWith('~') ? '' : `?version=${encodeURIComponent(version)}`),
        async (answer) => new Uint8Array(await answer.arrayBuffer()),
      ),
  };
}
