import type { Fault } from '@maplewall/shared/domain/fault.ts';
import { epochMs, frameNo, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { SentFrame } from '@maplewall/shared/frame/frame.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import type {
  Feed,
  FeedBatch,
  FeedCapabilities,
  FeedListener,
  FeedState,
  Knowledge,
  Playback,
} from './feed.ts';
import { EventSearch } from './event-search.ts';
import { HistoryGuide, type Guidance } from './history-guide.ts';
import type { MinuteRef } from './history-index.ts';
import type { HistorySource } from './history-source.ts';
import * as playback from './playback-clock.ts';
import type { LoadedSegment } from './open-segment.ts';
import { SegmentStore } from './segment-store.ts';
import type { Timer } from './timer.ts';

const BEAT_MS = 33;
/** What failed, and the end of history, are asked for again after so long, because nobody touches a wall. */
const RETRY_MS = 5_000;
/** Fetched ahead: so many seconds of ours, at the speed of the moment. */
const AHEAD_SECONDS = 4;
const MOST_AHEAD = 24;
/** A day that is played is asked for again so often: what came late makes minutes anew, … */
const LOOK_AGAIN_MS = 60_000;
/** … and whoever is a little behind the present needs the minute that runs. */
const LOOK_AGAIN_THEN_MS = 8_000;

export interface ReplayFeedOptions {
  readonly source: HistorySource;
  /** The past as the wall knew it, where that can be had. */
  readonly sourceThen?: HistorySource;
  readonly timer: Timer;
  readonly startAt: EpochMs;
  /** What is shown at the beginning: as it is known now, unless it is said. */
  readonly knowledge?: Knowledge;
}

/** The segment that is being played, and the next of its frames. */
interface Cursor {
  readonly ref: MinuteRef;
  readonly frames: readonly SentFrame[];
  next: number;
}

/** Why the picture stands, or does not. */
type Standing = 'running' | 'waiting' | 'ended' | Gap | Fault;
interface Gap {
  readonly gapUntil: EpochMs;
  readonly isGone: boolean;
}
const isGap = (standing: Standing): standing is Gap => typeof standing === 'object' && 'gapUntil' in standing;
const isFault = (standing: object | string): standing is Fault =>
  typeof standing === 'object' && 'code' in standing;

/** Recorded time, from history's segments: the same frames that live sends, played by a clock of its own. */
export class ReplayFeed implements Feed {
  readonly capabilities: FeedCapabilities = { showsPresent: false, canSeek: true, canSetSpeed: true };
  readonly playback: Playback;
  readonly #options: ReplayFeedOptions;
  #knowledge: Knowledge;
  #guide: HistoryGuide;
  #store: SegmentStore;
  #clock: playback.PlaybackClock;
  #cursor: Cursor | undefined;
  /** Up to here everything is applied; the next minute is looked up from here. */
  #edge: EpochMs;
  /** The beginning of the minute that was played to its end last, without a jump since. */
  #endedIn: EpochMs | undefined;
  #standing: Standing = 'waiting';
  #jumped = true;
  #retryAt = Number.POSITIVE_INFINITY;
  /** The event that somebody wants to see, while it is looked for. */
  #search: EventSearch | undefined;
  #state: FeedState = { kind: 'loading' };
  #listener: FeedListener | undefined;
  #stopBeat: (() => void) | undefined;

  constructor(options: ReplayFeedOptions) {
    this.#options = options;
    this.#edge = options.startAt;
    this.#knowledge = options.sourceThen === undefined ? 'now' : (options.knowledge ?? 'now');
    this.#clock = playback.newPlaybackClock(options.startAt, options.timer.now());
    [this.#guide, this.#store] = this.#reading();
    this.playback = this.#controls();
  }

  get state(): FeedState {
    return this.#state;
  }

  shownAt(): EpochMs {
    return epochMs(Math.min(playback.shownAt(this.#clock, this.#now()), this.#shownLimit()));
  }

  start(listener: FeedListener): void {
    this.#listener = listener;
    this.#stopBeat = this.#options.timer.every(BEAT_MS, () => {
      this.#beat();
    });
    this.#beat();
  }

  stop(): void {
    this.#listener = undefined;
    this.#stopBeat?.();
  }

  /** What reads the source of the knowledge that is shown. */
  #reading(): [HistoryGuide, SegmentStore] {
    const { source, sourceThen } = this.#options;
    const isThen = this.#knowledge === 'then' && sourceThen !== undefined;
    const chosen = isThen ? sourceThen : source;
    const onSettled = (): void => {
      this.#beat();
    };
    return [
      new HistoryGuide(chosen, onSettled, () => this.#now(), isThen ? LOOK_AGAIN_THEN_MS : LOOK_AGAIN_MS),
      new SegmentStore(chosen, onSettled),
    ];
  }

  #now(): number {
    return this.#options.timer.now();
  }

  /** The clock runs between two beats; the picture is not further than what was loaded. */
  #shownLimit(): number {
    if (this.#standing === 'running') return this.#cursor?.ref.endsAt ?? this.#edge;
    return isGap(this.#standing) ? this.#standing.gapUntil : Number.POSITIVE_INFINITY;
  }

  #controls(): Playback {
    // A plain object with getters, so that `this` inside stays the feed's.
    const read = (): playback.PlaybackClock => this.#clock;
    const change = (make: (now: number) => playback.PlaybackClock): void => {
      this.#clock = make(this.#now());
      this.#retry();
      this.#beat();
    };
    const seek = (at: EpochMs): void => {
      this.#search = undefined;
      this.#cursor = undefined;
      this.#edge = at;
      this.#endedIn = undefined;
      this.#jumped = true;
      this.#standing = 'waiting';
      change((now) => playback.hold(playback.seek(this.#clock, at, now), now));
    };
    const readKnowledge = (): Knowledge => this.#knowledge;
    return {
      get knowledge() {
        return readKnowledge();
      },
      canChangeKnowledge: this.#options.sourceThen !== undefined,
      setKnowledge: (knowledge) => {
        if (knowledge === this.#knowledge || this.#options.sourceThen === undefined) return;
        const at = this.shownAt();
        this.#knowledge = knowledge;
        [this.#guide, this.#store] = this.#reading();
        seek(at);
      },
      get isPlaying() {
        return read().isPlaying;
      },
      get speed() {
        return read().speed;
      },
      play: () => {
        this.#search = undefined;
        change((now) => playback.play(this.#clock, now));
      },
      pause: () => {
        change((now) => playback.pause(this.#clock, now));
      },
      setSpeed: (speed) => {
        change((now) => playback.setSpeed(this.#clock, speed, now));
      },
      seek,
      stepTo: (at) => {
        if (at < this.shownAt()) seek(at);
        else change((now) => playback.seek(this.#clock, at, now));
      },
      stepToEvent: (direction) => {
        const from = this.shownAt();
        change((now) => playback.pause(this.#clock, now));
        this.#search = new EventSearch(from, direction);
        this.#lookForEvent();
      },
    };
  }

  #retry(): void {
    this.#retryAt = Number.POSITIVE_INFINITY;
    this.#store.forgetFaults();
    if (this.#standing === 'ended' || isFault(this.#standing)) this.#guide.refresh();
  }

  #beat(): void {
    if (this.#listener === undefined) return;
    if (this.#now() >= this.#retryAt) this.#retry();
    if (this.#lookForEvent()) return;
    this.#standing = this.#advance();
    const now = this.#now();
    this.#clock =
      this.#standing === 'running' || isGap(this.#standing)
        ? playback.release(this.#clock, now)
        : playback.hold(playback.holdAt(this.#clock, this.#edge, now), now);
    if (this.#standing !== 'ended' && !isFault(this.#standing)) this.#retryAt = Number.POSITIVE_INFINITY;
    else if (this.#retryAt === Number.POSITIVE_INFINITY) this.#retryAt = now + RETRY_MS;
    this.#tellState();
  }

  /** Whether an event that somebody wants to see was found, and is shown. */
  #lookForEvent(): boolean {
    const found = this.#search?.advance(this.#guide, this.#store);
    if (found === 'waiting') return false;
    this.#search = undefined;
    if (found === undefined) return false;
    this.playback.seek(found);
    return true;
  }

  /** Applies all that is due, as far as it is there. */
  #advance(): Standing {
    const target = playback.shownAt(this.#clock, this.#now());
    for (;;) {
      if (this.#cursor !== undefined) {
        this.#play(this.#cursor, target);
        if (target < this.#cursor.ref.endsAt) {
          this.#fetchAhead(this.#cursor.ref.endsAt);
          return 'running';
        }
        this.#edge = this.#cursor.ref.endsAt;
        this.#endedIn = this.#cursor.ref.startsAt;
        this.#cursor = undefined;
      }
      const standing = this.#enter(this.#guide.lookUp(this.#edge), target);
      if (standing !== 'running') return standing;
    }
  }

  /** Makes what was found at the edge the thing that is played; 'running' when the edge moved on. */
  #enter(found: Guidance, target: EpochMs): Standing {
    if (found === 'waiting' || isFault(found)) return found;
    switch (found.kind) {
      case 'minute': {
        const segment = this.#load(found.ref);
        if (segment === 'waiting' || isFault(segment)) return segment;
        const { frames } = segment;
        // A minute that still ran has come further: what is shown already is its beginning.
        if (this.#endedIn === found.ref.startsAt && this.#edge > found.ref.startsAt) {
          const next = frames.findIndex(({ at }) => at > this.#edge);
          this.#cursor = { ref: found.ref, frames, next: next === -1 ? frames.length : next };
          return 'running';
        }
        const fault = this.#handKeyframe(segment);
        if (fault !== undefined) return fault;
        this.#cursor = { ref: found.ref, frames, next: 0 };
        return 'running';
      }
      case 'gap': {
        const missing = this.#standAtEndOf(found.before);
        if (missing !== undefined) return missing;
        if (target < found.until) {
          this.#fetchAhead(found.until);
          return { gapUntil: found.until, isGone: found.isGone };
        }
        this.#edge = found.until;
        return 'running';
      }
      case 'after':
        return this.#standAtEndOf(found.before) ?? 'ended';
    }
  }

  /** After a jump into time without history, the picture is the world as it was last known. */
  #standAtEndOf(before: MinuteRef | undefined): Standing | undefined {
    if (!this.#jumped) return undefined;
    if (before === undefined) {
      this.#hand({ keyframe: { frame: frameNo(0), world: emptyWorld() }, frames: [], jumped: true });
      return undefined;
    }
    const segment = this.#load(before);
    if (segment === 'waiting' || isFault(segment)) return segment;
    const fault = this.#handKeyframe(segment);
    if (fault !== undefined) return fault;
    this.#hand({ keyframe: undefined, frames: segment.frames, jumped: false });
    return undefined;
  }

  #load(ref: MinuteRef): LoadedSegment | Fault | 'waiting' {
    const segment = this.#store.get(ref);
    if (segment !== undefined) return segment;
    const fault = this.#store.faultOf(ref);
    if (fault !== undefined) return fault;
    this.#store.want(ref);
    return 'waiting';
  }

  #handKeyframe(segment: LoadedSegment): Fault | undefined {
    const keyframe = decodeKeyframe(segment.keyframe);
    if (!keyframe.ok) return keyframe.fault;
    this.#hand({ keyframe: keyframe.value, frames: [], jumped: this.#jumped });
    return undefined;
  }

  #play(cursor: Cursor, target: EpochMs): void {
    const first = cursor.next;
    while (cursor.next < cursor.frames.length && (cursor.frames[cursor.next]?.at ?? Infinity) <= target)
      cursor.next += 1;
    if (cursor.next > first)
      this.#hand({ keyframe: undefined, frames: cursor.frames.slice(first, cursor.next), jumped: false });
  }

  #hand(batch: FeedBatch): void {
    if (batch.keyframe !== undefined) this.#jumped = false;
    // A fault here is in the segment itself; the next minute brings its own keyframe.
    this.#listener?.onBatch(batch);
  }

  #fetchAhead(from: EpochMs): void {
    const minutes = Math.min(MOST_AHEAD, 2 + Math.ceil((this.#clock.speed * AHEAD_SECONDS) / 60));
    let at = from;
    let room = this.#store.roomAhead;
    for (let ahead = 0; ahead < minutes && room > 0; ahead++) {
      const found = this.#guide.lookUp(at);
      if (found === 'waiting' || isFault(found)) return;
      if (found.kind === 'gap') at = found.until;
      else if (found.kind === 'minute') {
        room -= this.#store.want(found.ref);
        at = found.ref.endsAt;
      } else return;
    }
  }

  #tellState(): void {
    const state = this.#stateNow();
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#listener?.onState(state);
  }

  #stateNow(): FeedState {
    const standing = this.#standing;
    if (isFault(standing)) return { kind: 'failed', fault: standing };
    if (standing === 'ended') return { kind: 'ended', at: this.#edge };
    if (standing === 'waiting') return { kind: 'loading' };
    if (!this.#clock.isPlaying) return { kind: 'paused' };
    if (!isGap(standing)) return { kind: 'playing' };
    return { kind: standing.isGone ? 'gone' : 'gap', until: standing.gapUntil };
  }
}
