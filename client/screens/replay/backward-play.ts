import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Timer } from '../../feed/timer.ts';

/** A minute begins with a whole picture, from which each step is made; more of them a second would not be seen in time. */
const STEP_EVERY_MS = 250;
const FASTEST = 64;

/** What is stepped backward. */
export interface Steppable {
  pause(): void;
  seek(at: EpochMs): void;
  shownAt(): EpochMs;
  /** Whether the last step is shown; bytes may be missing. */
  isThere(): boolean;
}

/**
 * A replay that goes back like a film, in steps of some pictures a second: frames only lead forward, so each is made from the
 * beginning of its minute. While a picture is fetched it waits, and is slower than it says.
 */
export class BackwardPlay {
  readonly #played: Steppable;
  readonly #timer: Timer;
  readonly #onStep: () => void;
  #speed = 0;
  #halt: (() => void) | undefined;

  /** `onStep` is called whenever it moved, began or stopped. */
  constructor(played: Steppable, timer: Timer, onStep: () => void) {
    this.#played = played;
    this.#timer = timer;
    this.#onStep = onStep;
  }

  get isGoing(): boolean {
    return this.#speed > 0;
  }

  /** Shown seconds per second of ours, backward; 0 while it does not go back. */
  get speed(): number {
    return this.#speed;
  }

  /** Goes back, or twice as fast. */
  faster(): void {
    if (!this.isGoing) {
      this.#played.pause();
      this.#halt = this.#timer.every(STEP_EVERY_MS, () => this.#step());
    }
    this.#speed = Math.min(FASTEST, Math.max(1, 2 * this.#speed));
    this.#onStep();
  }

  /** Stands where it has come to. */
  stop(): void {
    if (!this.isGoing) return;
    this.#halt?.();
    this.#halt = undefined;
    this.#speed = 0;
    this.#onStep();
  }

  #step(): void {
    if (!this.#played.isThere()) return;
    this.#played.seek(epochMs(this.#played.shownAt() - this.#speed * STEP_EVERY_MS));
    this.#onStep();
  }
}
