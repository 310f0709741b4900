import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { FeedState } from '../../feed/feed.ts';

/** Since when the picture of the present stands still; undefined while it moves, or before there is one. */
export function stoppedSince(state: FeedState): EpochMs | undefined {
  return 'since' in state ? state.since : undefined;
}

/** As of when what is shown was so: the moment shown, or since when it stands; undefined before there is anything. */
export function shownAsOf(state: FeedState, shownAt: EpochMs): EpochMs | undefined {
  return state.kind === 'connecting' || 'since' in state ? stoppedSince(state) : shownAt;
}
