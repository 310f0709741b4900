import type { Result } from '@maplewall/shared/domain/fault.ts';
import type { KnownDay, KnownDayDetail } from '@maplewall/shared/wire/history.ts';
import { fetchHistory } from './fetch-history.ts';
import type { MinuteRef } from './history-index.ts';
import type { LoadedSegment } from './open-segment.ts';
import { segmentThread } from './segment-thread.ts';

/** Where a replay reads from; a fault is a value, also when nothing answers. */
export interface HistorySource {
  days(): Promise<Result<{ readonly days: readonly KnownDay[] }>>;
  day(day: string): Promise<Result<KnownDayDetail>>;
  /** One minute, for whoever asked alone. */
  segment(ref: MinuteRef): Promise<Result<LoadedSegment>>;
}

/** History over HTTP; `base` is '/api/history', or '/api/history/known' for the past as the wall knew it. Minutes are fetched and decoded on a thread of their own. */
export function historyOverHttp(base: string): HistorySource {
  return {
    days: () =>
      fetchHistory(
        `${base}/days`,
        async (answer): Promise<{ readonly days: readonly KnownDay[] }> => await answer.json(),
      ),
    day: (day) =>
      fetchHistory(
        `${base}/${encodeURIComponent(day)}`,
        async (answer): Promise<KnownDayDetail> => await answer.json(),
      ),
    segment: (ref) => segmentThread.load(base, ref),
  };
}
