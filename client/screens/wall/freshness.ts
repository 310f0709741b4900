import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { FeedState } from '../../feed/feed.ts';

/** Since when the picture of the present stands still; undefined while it moves, or before there is one. */
export function stoppedSince(state: FeedState): EpochMs | undefined {
  if (state.kind === 'lost') return state.since;
  if (state.kind === 'behind') return state.newestAt;
  return undefined;
}
