import { ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Feed, FeedBatch, FeedCapabilities, FeedListener, FeedState, Playback } from './feed.ts';

/**
 * A photograph of another feed: the first world that comes, at its own time, and nothing after it. For pictures that
 * must be equal whenever they are taken.
 */
export class StillFeed implements Feed {
  readonly #feed: Feed;
  #takenAt: EpochMs = epochMs(0);

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  get capabilities(): FeedCapabilities {
    return this.#feed.capabilities;
  }

  get state(): FeedState {
    return this.#feed.state;
  }

  get playback(): Playback | undefined {
    return this.#feed.playback;
  }

  shownAt(): EpochMs {
    return this.#takenAt;
  }

  start(listener: FeedListener): void {
    this.#feed.start({
      onBatch: (batch) => this.#take(batch, listener),
      onState: (state) => {
        listener.onState(state);
      },
    });
  }

  stop(): void {
    this.#feed.stop();
  }

  #take({ keyframe }: FeedBatch, listener: FeedListener): Result<void> {
    if (this.#takenAt > 0 || keyframe === undefined) return ok(undefined);
    this.#takenAt = keyframe.world.at;
    return listener.onBatch({ keyframe, frames: [], jumped: true });
  }
}
