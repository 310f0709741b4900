import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { fail } from '@maplewall/shared/domain/fault.ts';
import { describe, expect, it } from 'vitest';
import type { FeedState } from '../../feed/feed.ts';
import { shownAsOf, stoppedSince } from './freshness.ts';

const [NEWEST, NOW] = [epochMs(1_790_000_000_000), epochMs(1_790_000_060_000)];
const broken = fail('server.unavailable');

/** Every state there is, with since when the picture stands and as of when its figures were so. */
const STATES: {
  readonly [K in FeedState['kind']]: readonly [
    state: FeedState & { readonly kind: K },
    since: EpochMs | undefined,
    asOf: EpochMs | undefined,
  ];
} = {
  connecting: [{ kind: 'connecting', attempt: 1 }, undefined, undefined],
  live: [{ kind: 'live' }, undefined, NOW],
  behind: [{ kind: 'behind', since: NEWEST }, NEWEST, NEWEST],
  lost: [{ kind: 'lost', since: NEWEST, retryAt: NOW, attempt: 2 }, NEWEST, NEWEST],
  refused: [{ kind: 'refused', since: NEWEST, code: 'access', sentence: 'no' }, NEWEST, NEWEST],
  loading: [{ kind: 'loading' }, undefined, NOW],
  playing: [{ kind: 'playing' }, undefined, NOW],
  paused: [{ kind: 'paused' }, undefined, NOW],
  gap: [{ kind: 'gap', until: NOW }, undefined, NOW],
  gone: [{ kind: 'gone', until: NOW }, undefined, NOW],
  ended: [{ kind: 'ended', at: NOW }, undefined, NOW],
  failed: [{ kind: 'failed', fault: broken.fault }, undefined, NOW],
};

describe('the picture of the present', () => {
  it.each(Object.values(STATES))(
    'stands since its newest frame in every state in which nothing new comes: $kind',
    (state, since, asOf) => {
      expect(stoppedSince(state)).toBe(since);
      expect(shownAsOf(state, NOW)).toBe(asOf);
    },
  );

  it('has no moment where the gateway refused the screen before anything was shown', () => {
    const state: FeedState = { kind: 'refused', since: undefined, code: 'access', sentence: 'no' };
    expect(stoppedSince(state)).toBeUndefined();
    expect(shownAsOf(state, NOW)).toBeUndefined();
  });
});
