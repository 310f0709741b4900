import type { EpochMs } from '@maplewall/shared/domain/units.ts';

/** After this long the base moves up: Float32 seconds would become coarser than 2 ms. */
const REBASE_AFTER_SECONDS = 4 * 3600;

/**
 * Moments as the graphics card holds them: Float32 seconds since a base that moves up every few hours, because
 * seconds since 1970 would be exact to two minutes only.
 */
export class ShownClock {
  #baseMs = 0;

  /** Seconds since the base; NaN-free, negative for what lies before it. */
  toSeconds(at: EpochMs | number): number {
    return (at - this.#baseMs) / 1000;
  }

  get isUnset(): boolean {
    return this.#baseMs === 0;
  }

  /** Whether the base is so far from `now` that everything should be written anew after `rebase`. */
  isFarFrom(now: EpochMs): boolean {
    return Math.abs(this.toSeconds(now)) > REBASE_AFTER_SECONDS;
  }

  /** Returns by how many seconds all times that were made before must be lowered. */
  rebase(now: EpochMs): number {
    const before = this.#baseMs;
    this.#baseMs = Math.floor(now / 1000) * 1000;
    return (this.#baseMs - before) / 1000;
  }
}
