import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Span } from '../time-scale.ts';

/** How a passage becomes a film. */
export interface FilmPlan {
  readonly passage: Span;
  /** Shown seconds per second of the film. */
  readonly speed: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
}

export const FILM_SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600] as const;
export const FRAME_RATES = [25, 30] as const;
export const FILM_SIZES = [
  { width: 1_920, height: 1_080 },
  { width: 1_280, height: 720 },
] as const;

/** The film is in memory until it is whole; ten minutes are half a gigabyte at the most. */
export const LONGEST_SECONDS = 600;
/** What a person looks at without impatience: the speed is chosen for it at first. */
const USUAL_SECONDS = 60;
/** So that a last frame does not come of a rounding. */
const TINY = 1e-6;

export const secondsOf = ({ passage, speed }: Pick<FilmPlan, 'passage' | 'speed'>): number =>
  (passage.to - passage.from) / 1_000 / speed;

/** The end of the passage is not part of it, but an empty film is no film. */
export const frameCount = (plan: FilmPlan): number =>
  Math.max(1, Math.ceil(secondsOf(plan) * plan.framesPerSecond - TINY));

/** When a frame is shown in the film, in seconds. */
export const frameStart = ({ framesPerSecond }: FilmPlan, frame: number): number => frame / framesPerSecond;

/** The moment of the replay that a frame shows. */
export const momentOf = ({ passage, speed, framesPerSecond }: FilmPlan, frame: number): EpochMs =>
  epochMs(passage.from + Math.round((frame * speed * 1_000) / framesPerSecond));

/** The slowest speed at which the passage is over in a minute, real time at the least; the fastest there is where it never is. */
export const usualSpeed = (passage: Span): number =>
  FILM_SPEEDS.find((speed) => speed >= 1 && secondsOf({ passage, speed }) <= USUAL_SECONDS) ??
  FILM_SPEEDS.at(-1) ??
  1;

/** Seconds until all frames are done, if the rest takes as long as those that are; undefined while there is nothing to go by. */
export const secondsLeft = (done: number, frames: number, sinceMs: number): number | undefined =>
  done === 0 ? undefined : ((frames - done) * sinceMs) / done / 1_000;
