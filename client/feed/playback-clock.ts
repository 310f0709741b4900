import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';

export const SLOWEST = 0.25;
export const FASTEST = 600;

/**
 * Which moment of the past is shown at which moment of ours. Pure: every change gives a new clock that goes on
 * from where the one before stood.
 *
 *   PBC1  The moment shown never steps back, except by `seek`.
 *   PBC2  Pausing, going on and changing the speed leave the moment shown as it is.
 *   PBC3  While held (bytes are missing) it stands still, and whether it plays afterwards is unchanged.
 */
export interface PlaybackClock {
  readonly anchorShown: EpochMs;
  /** Of our steady clock. */
  readonly anchorNow: number;
  readonly speed: number;
  readonly isPlaying: boolean;
  readonly isHeld: boolean;
}

export const newPlaybackClock = (at: EpochMs, now: number): PlaybackClock => ({
  anchorShown: at,
  anchorNow: now,
  speed: 1,
  isPlaying: true,
  isHeld: true,
});

export const shownAt = (
  { anchorShown, anchorNow, speed, isPlaying, isHeld }: PlaybackClock,
  now: number,
): EpochMs =>
  isPlaying && !isHeld ? epochMs(anchorShown + Math.max(0, now - anchorNow) * speed) : anchorShown;

/** The same moment shown, counted from `now` on. */
const anchored = (clock: PlaybackClock, now: number): PlaybackClock => ({
  ...clock,
  anchorShown: shownAt(clock, now),
  anchorNow: now,
});

export const play = (clock: PlaybackClock, now: number): PlaybackClock => ({
  ...anchored(clock, now),
  isPlaying: true,
});

export const pause = (clock: PlaybackClock, now: number): PlaybackClock => ({
  ...anchored(clock, now),
  isPlaying: false,
});

/** Brought to the nearest of 0.25–600; what is no number leaves the speed as it is. */
export const setSpeed = (clock: PlaybackClock, speed: number, now: number): PlaybackClock => ({
  ...anchored(clock, now),
  speed: Number.isNaN(speed) ? clock.speed : Math.min(FASTEST, Math.max(SLOWEST, speed)),
});

export const seek = (clock: PlaybackClock, at: EpochMs, now: number): PlaybackClock => ({
  ...clock,
  anchorShown: at,
  anchorNow: now,
});

export const hold = (clock: PlaybackClock, now: number): PlaybackClock =>
  clock.isHeld ? clock : { ...anchored(clock, now), isHeld: true };

export const release = (clock: PlaybackClock, now: number): PlaybackClock =>
  clock.isHeld ? { ...anchored(clock, now), isHeld: false } : clock;

/** Stands still at `at` at the latest: where the bytes end. */
export const holdAt = (clock: PlaybackClock, at: EpochMs, now: number): PlaybackClock =>
  shownAt(clock, now) < at ? clock : { ...clock, anchorShown: at, anchorNow: now, isHeld: true };
