import type { Logger } from 'pino';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Clock } from '../clock.ts';
import type { Cut, WorldKeeper } from './world-keeper.ts';

const FRAME_MS = 1_000;
const FRAMES_PER_SNAPSHOT = 60;
const MIN_BETWEEN_CUTS_MS = 200;
/** A timer may fire this much before its time. */
const EARLY_MS = 10;

/**
 * Cuts a frame at each full second, and saves a snapshot each minute. A listener that throws stops the cutting
 * of nobody.
 */
export class FrameCutter {
  readonly #keeper: WorldKeeper;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #listeners = new Set<(cut: Cut) => void>();
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #lastCutAt = 0;
  #cuts = 0;

  constructor(keeper: WorldKeeper, clock: Clock, logger: Logger) {
    this.#keeper = keeper;
    this.#clock = clock;
    this.#logger = logger;
  }

  onCut(listener: (cut: Cut) => void): void {
    this.#listeners.add(listener);
  }

  start(): void {
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
  }

  /** Somebody has just come: a cut in this turn of the loop, unless there was one a moment ago. */
  cutSoon(): void {
    if (this.#soon !== undefined) return;
    const sinceLast = this.#clock.now() - this.#lastCutAt;
    this.#soon = setTimeout(
      () => {
        this.#soon = undefined;
        this.cutNow();
      },
      Math.max(0, MIN_BETWEEN_CUTS_MS - sinceLast),
    );
  }

  /** One cut now; `start` does it by the clock. @param at the time that it bears */
  cutNow(at: EpochMs = this.#clock.now()): void {
    this.#lastCutAt = this.#clock.now();
    const cut = this.#keeper.cut(at);
    for (const listener of this.#listeners) {
      try {
        listener(cut);
      } catch (error) {
        this.#logger.error({ error }, 'a listener of frames failed');
      }
    }
    this.#cuts += 1;
    if (this.#cuts % FRAMES_PER_SNAPSHOT === 0)
      this.#keeper
        .saveSnapshot()
        .catch((error: unknown) => this.#logger.warn({ error }, 'the snapshot could not be written'));
  }

  #schedule(): void {
    this.#timer = setTimeout(
      () => {
        this.#schedule();
        // It bears the full second, however many milliseconds later it is: a replay shows the world of that moment.
        this.cutNow(epochMs(Math.floor((this.#clock.now() + EARLY_MS) / FRAME_MS) * FRAME_MS));
      },
      FRAME_MS - (this.#clock.now() % FRAME_MS),
    );
  }
}
