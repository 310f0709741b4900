import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';

/** Samples that are looked at: about a minute of frames. */
const SAMPLES = 60;
/** The shown time may run this much faster or slower than ours while it is brought right. */
const SLEW_MS_PER_MS = 0.05;
/**
 * Of so many first samples each may set the clock forward at once: a page that is still being built hears its first
 * messages up to seconds late, and slewing that away would take a minute.
 */
const FIRST_SAMPLES = 15;
/** An error beyond this is not slewed: the shown time jumps, also backwards. */
const JUMP_MS = 10_000;
/** So many messages in a row must say that it is earlier than we thought: one alone was only held up on its way. */
const LATE_SAMPLES = 10;

/**
 * The server's time, from the times that its messages carry and our own steady clock. A message is never younger
 * than its time says, so of the last minute's samples the one that travelled fastest is nearest to the truth.
 * The time given out never steps back, unless the server's clock was set back by more than ten seconds.
 */
export class ServerClock {
  readonly #offsets: number[] = [];
  #offset: number | undefined;
  #newest = Number.NEGATIVE_INFINITY;
  #lastNow = Number.NEGATIVE_INFINITY;
  #lateInARow = 0;

  /** A message that left the server at `serverTime` was here at `now` of our clock. */
  addSample(serverTime: EpochMs, now: number): void {
    const sample = serverTime - now;
    const estimate = this.#offsets.length === 0 ? sample : Math.max(...this.#offsets);
    this.#lateInARow = sample < estimate - JUMP_MS ? this.#lateInARow + 1 : 0;
    // Far off from what was so far: one of the two clocks was set, or this machine slept.
    if (sample > estimate + JUMP_MS || this.#lateInARow >= LATE_SAMPLES) {
      this.#offsets.length = 0;
      this.#lateInARow = 0;
    }
    this.#offsets.push(sample);
    if (this.#offsets.length > SAMPLES) this.#offsets.shift();
  }

  /** The server's time at `now` of our clock; 0 before the first sample. */
  at(now: number): EpochMs {
    if (this.#offsets.length === 0) return epochMs(0);
    const wanted = Math.max(...this.#offsets);
    if (this.#offset === undefined || Math.abs(wanted - this.#offset) > JUMP_MS) {
      this.#offset = wanted;
      this.#lastNow = now;
      this.#newest = now + wanted;
      return epochMs(this.#newest);
    }
    const step = Math.max(0, now - this.#lastNow) * SLEW_MS_PER_MS;
    const forward = this.#offsets.length <= FIRST_SAMPLES ? Number.POSITIVE_INFINITY : step;
    this.#offset += Math.min(forward, Math.max(-step, wanted - this.#offset));
    this.#lastNow = Math.max(this.#lastNow, now);
    this.#newest = Math.max(this.#newest, now + this.#offset);
    return epochMs(this.#newest);
  }

  /** The same for any moment of our clock, as far as is known now; does not move the time given out. */
  toServerTime(moment: number): EpochMs {
    return epochMs(this.#offset === undefined ? 0 : moment + this.#offset);
  }
}
