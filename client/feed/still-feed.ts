import { ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Feed, FeedBatch, FeedCapabilities, FeedListener, FeedState, Playback } from './feed.ts';

const LIVE: FeedState = { kind: 'live' };

/**
 * A photograph of another feed: the first world that comes, at its own time, and nothing after it. For pictures that
 * must be equal whenever they are taken. It has the state of its moment, which only the loss of the feed changes: as long as
 * that lasts it stands since that moment.
 */
export class StillFeed implements Feed {
  readonly #feed: Feed;
  #takenAt: EpochMs = epochMs(0);
  #state: FeedState;

  constructor(feed: Feed) {
    this.#feed = feed;
    this.#state = feed.state;
  }

  get capabilities(): FeedCapabilities {
    return this.#feed.capabilities;
  }

  get state(): FeedState {
    return this.#state;
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
        this.#show(this.#stateAfter(state), listener);
      },
    });
  }

  stop(): void {
    this.#feed.stop();
  }

  #show(state: FeedState, listener: FeedListener): void {
    if (state === this.#state) return;
    this.#state = state;
    listener.onState(state);
  }

  #stateAfter(state: FeedState): FeedState {
    if (this.#takenAt === 0 || !this.#feed.capabilities.showsPresent) return state;
    if (state.kind === 'lost' || state.kind === 'refused') return { ...state, since: this.#takenAt };
    return state.kind === 'live' ? LIVE : this.#state;
  }

  #take({ keyframe }: FeedBatch, listener: FeedListener): Result<void> {
    if (this.#takenAt > 0 || keyframe === undefined) return ok(undefined);
    this.#takenAt = keyframe.world.at;
    if (this.#feed.capabilities.showsPresent) this.#show(LIVE, listener);
    return listener.onBatch({ keyframe, frames: [], jumped: true });
  }
}
