import type { Fault, Result } from '@maplewall/shared/domain/fault.ts';
import type { EpochMs, FrameNo } from '@maplewall/shared/domain/units.ts';
import type { SentFrame } from '@maplewall/shared/frame/frame.ts';
import type { Refusal } from '@maplewall/shared/wire/down.ts';
import type { World } from '@maplewall/shared/world/world.ts';

/**
 * Where frames come from: the gateway's socket or history's segments. Whoever draws does not ask which; what
 * only some feeds can do is a capability, and the controls for it are there or not.
 *
 *   FED1  The first batch carries a keyframe. So does every batch that does not continue the one before.
 *   FED2  Frames arrive in order and without gaps: each one's `from` is the `to` of the one before.
 *   FED3  A listener that cannot apply a batch answers with a fault; the feed then brings a keyframe.
 *   FED4  The shown time never steps back, except by `seek`, or where the server's clock was set back by more
 *         than ten seconds.
 *   FED5  After `stop` nothing is called any more.
 */
export interface Feed {
  readonly capabilities: FeedCapabilities;
  /** Replaced by a new object on every change, never changed in place. */
  readonly state: FeedState;
  /** There exactly if `capabilities.canSeek` or `capabilities.canSetSpeed`. */
  readonly playback: Playback | undefined;
  /** The moment that the picture shows: the server's time now, or the replayed time. 0 before anything is known. */
  shownAt(): EpochMs;
  start(listener: FeedListener): void;
  stop(): void;
}

export interface FeedCapabilities {
  /** It shows the real present; a feed that does not gets the frame that says REPLAY. */
  readonly showsPresent: boolean;
  readonly canSeek: boolean;
  readonly canSetSpeed: boolean;
}

export interface FeedListener {
  onBatch(batch: FeedBatch): Result<void>;
  onState(state: FeedState): void;
}

/** What arrives together is applied together: first the keyframe if there is one, then the frames. */
export interface FeedBatch {
  /** The listener may keep and change this world; the feed has no other hand on it. */
  readonly keyframe: { readonly frame: FrameNo; readonly world: World } | undefined;
  readonly frames: readonly SentFrame[];
  /** Somebody jumped in time: nothing may glide from where it was drawn. */
  readonly jumped: boolean;
}

/**
 *   connecting   nothing was shown yet
 *   live         the picture is the present
 *   behind       connected, but the newest frame is old
 *   lost         not connected; tried again at `retryAt` (in server time, like `shownAt`)
 *   refused      the gateway will not have this viewer, and says why
 *   loading      a replay waits for bytes
 *   playing, paused
 *   gap          the replay runs through time of which there is no history, up to `until`
 *   gone         the same, of which history is not kept for replay any more
 *   ended        the replay reached the end of what history has
 *   failed       history answered with a fault; seeking or playing tries again
 *
 * Every state in which the present stands still has `since`: the time of the newest frame that is shown, undefined where
 * there is none yet.
 */
export type FeedState =
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'live' }
  | { readonly kind: 'behind'; readonly since: EpochMs }
  | { readonly kind: 'lost'; readonly since: EpochMs; readonly retryAt: EpochMs; readonly attempt: number }
  | {
      readonly kind: 'refused';
      readonly since: EpochMs | undefined;
      readonly code: Refusal['code'];
      readonly sentence: string;
    }
  | { readonly kind: 'loading' }
  | { readonly kind: 'playing' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'gap' | 'gone'; readonly until: EpochMs }
  | { readonly kind: 'ended'; readonly at: EpochMs }
  | { readonly kind: 'failed'; readonly fault: Fault };

/**
 * What a replay shows of a moment:
 *
 *   now    as it is known now: everything at the time when it happened
 *   then   as the wall knew it: everything from when it arrived
 */
export type Knowledge = 'now' | 'then';

/** Controls of a feed that shows recorded time. */
export interface Playback {
  readonly knowledge: Knowledge;
  /** Whether both can be shown. */
  readonly canChangeKnowledge: boolean;
  /** Shows the same moment as it was known then, or is known now. */
  setKnowledge(knowledge: Knowledge): void;
  readonly isPlaying: boolean;
  /** Shown seconds per second of ours, 0.25 to 600. */
  readonly speed: number;
  play(): void;
  pause(): void;
  /** Values outside 0.25–600 are brought to the nearest. */
  setSpeed(speed: number): void;
  seek(at: EpochMs): void;
  /**
   * Shows a later moment without a jump: what lies between is applied, and no minute is read again that is there. Where bytes
   * are missing it stands at the last moment that is there, and the state says so; whoever wants to get further steps again.
   * To an earlier moment it seeks.
   */
  stepTo(at: EpochMs): void;
  /**
   * Stands at the next (or the previous) moment at which an event of the log changed the picture; minutes that are not there
   * are fetched, some hours of them at the most. Where there is no such moment it stays.
   */
  stepToEvent(direction: 1 | -1): void;
}
