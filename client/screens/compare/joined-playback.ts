import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Playback } from '../../feed/feed.ts';

/** One of the stretches that are played together. */
export interface Side {
  readonly startsAt: EpochMs;
  readonly playback: Playback;
  shownAt(): EpochMs;
}

/** Nobody sees that one side is so far ahead, in milliseconds of ours. */
const TOLERANCE_MS = 40;

/**
 * Two replays on one clock, which counts from where each began. Each plays by itself; whoever reads ahead of the other waits
 * for it, so that neither shows a moment that the other has not.
 */
export class JoinedPlayback {
  readonly #sides: readonly [Side, Side];
  readonly #lengthMs: number;
  #isPlaying = false;
  #speed = 1;
  /** The side that waits for the other. */
  #held: Side | undefined;

  constructor(sides: readonly [Side, Side], lengthMs: number) {
    this.#sides = sides;
    this.#lengthMs = lengthMs;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Milliseconds since both began: of the one that is less far. */
  get elapsedMs(): number {
    return Math.min(...this.#sides.map(elapsedOf));
  }

  play(): void {
    if (this.elapsedMs >= this.#lengthMs) this.seek(0);
    this.#isPlaying = true;
    this.#letGo();
  }

  pause(): void {
    this.#isPlaying = false;
    this.#held = undefined;
    for (const { playback } of this.#sides) playback.pause();
    this.#even();
  }

  setSpeed(speed: number): void {
    for (const { playback } of this.#sides) playback.setSpeed(speed);
    this.#speed = this.#sides[0].playback.speed;
  }

  /** Both show the same time since they began, which stays within the stretch. */
  seek(elapsedMs: number): void {
    const to = Math.max(0, Math.min(this.#lengthMs, elapsedMs));
    for (const { playback, startsAt } of this.#sides) playback.seek(epochMs(startsAt + to));
    if (this.#isPlaying) this.#letGo();
  }

  /** To be called some twenty times a second. */
  align(): void {
    if (!this.#isPlaying) return;
    if (this.elapsedMs >= this.#lengthMs) {
      this.pause();
      return;
    }
    const [one, other] = this.#sides;
    const ahead = elapsedOf(one) >= elapsedOf(other) ? one : other;
    const lead = elapsedOf(ahead) - this.elapsedMs;
    if (lead > TOLERANCE_MS * this.#speed) {
      if (this.#held === ahead) return;
      this.#letGo();
      this.#held = ahead;
      ahead.playback.pause();
    } else if (this.#held !== undefined) {
      this.#even();
      this.#letGo();
    }
  }

  #letGo(): void {
    this.#held = undefined;
    for (const { playback } of this.#sides) playback.play();
  }

  #even(): void {
    const to = Math.max(...this.#sides.map(elapsedOf));
    for (const side of this.#sides)
      if (elapsedOf(side) < to) side.playback.stepTo(epochMs(side.startsAt + to));
  }
}

const elapsedOf = ({ shownAt, startsAt }: Side): number => shownAt() - startsAt;
