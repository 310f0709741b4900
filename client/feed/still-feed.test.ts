import { epochMs, frameNo } from '@maplewall/shared/domain/units.ts';
import { ok } from '@maplewall/shared/domain/fault.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { describe, expect, it } from 'vitest';
import type { Feed, FeedBatch, FeedListener, FeedState } from './feed.ts';
import { StillFeed } from './still-feed.ts';

const AT = epochMs(1_790_000_000_000);

/** A feed in the hand of the test. */
class HandFeed implements Feed {
  readonly capabilities = { showsPresent: true, canSeek: false, canSetSpeed: false };
  readonly playback = undefined;
  readonly state: FeedState = { kind: 'connecting', attempt: 1 };
  listener: FeedListener | undefined;
  shownAt = () => epochMs(AT + 9_000);
  start = (listener: FeedListener): void => {
    this.listener = listener;
  };
  stop = (): void => undefined;
}

function photograph() {
  const moving = new HandFeed();
  const still = new StillFeed(moving);
  const batches: FeedBatch[] = [];
  const states: FeedState[] = [];
  still.start({
    onBatch: (batch) => {
      batches.push(batch);
      return ok(undefined);
    },
    onState: (state) => states.push(state),
  });
  const keyframe = (at: number): void => {
    const world = { ...emptyWorld(), at: epochMs(at) };
    moving.listener?.onBatch({ keyframe: { frame: frameNo(1), world }, frames: [], jumped: false });
  };
  return { moving, still, batches, states, keyframe };
}

describe('a still feed', () => {
  it('shows the first world at its own time, and nothing after it', () => {
    const { still, batches, keyframe } = photograph();
    expect(still.shownAt()).toBe(0);
    keyframe(AT);
    keyframe(AT + 1_000);
    expect(batches).toHaveLength(1);
    expect(still.shownAt()).toBe(AT);
  });

  it('stays live while its picture grows old, and stands since its moment when the feed is lost or refused', () => {
    const { moving, still, states, keyframe } = photograph();
    keyframe(AT);
    moving.listener?.onState({ kind: 'behind', since: AT });
    expect(still.state).toEqual({ kind: 'live' });
    moving.listener?.onState({ kind: 'lost', since: epochMs(AT + 7_000), retryAt: AT, attempt: 2 });
    expect(states).toEqual([{ kind: 'live' }, { kind: 'lost', since: AT, retryAt: AT, attempt: 2 }]);
    const refusal = { code: 'access', sentence: 'no' } as const;
    moving.listener?.onState({ kind: 'refused', since: epochMs(AT + 7_000), ...refusal });
    expect(still.state).toEqual({ kind: 'refused', since: AT, ...refusal });
    // A page that draws for long may miss a beat; its picture is no older for that.
    moving.listener?.onState({ kind: 'live' });
    expect(still.state).toEqual({ kind: 'live' });
  });
});
