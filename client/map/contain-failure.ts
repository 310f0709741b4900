import type { MapFailure } from './map-handle.ts';

/** A part that fails this often is left out: drawing it again would fail again, sixty times a second. */
const GIVE_UP_AFTER = 3;
/** After so long without a fault those before count no more: three in months are no reason to do without a part. */
const FORGET_AFTER_MS = 60_000;
/** A part that was given up is tried again after so long: what it failed of may be over. */
const TRY_AGAIN_AFTER_MS = 300_000;

/**
 * Keeps one broken part from taking the map with it: the first of its faults in a row is reported, and a part that keeps failing
 * is left alone for some minutes, or until `forgive`.
 */
export class FailureContainer {
  readonly #report: (failure: MapFailure) => void;
  readonly #now: () => number;
  readonly #faults = new Map<string, { readonly count: number; readonly at: number }>();

  /** `now` is of a steady clock. */
  constructor(report: (failure: MapFailure) => void, now: () => number = () => performance.now()) {
    this.#report = report;
    this.#now = now;
  }

  hasGivenUp(part: string): boolean {
    return this.#count(part) >= GIVE_UP_AFTER;
  }

  /** The parts that are left out now. */
  givenUp(): string[] {
    return [...this.#faults.keys()].filter((part) => this.hasGivenUp(part));
  }

  /** Reports the first failure of a part, counts the others. */
  take(part: string, error: unknown): void {
    const count = this.#count(part) + 1;
    this.#faults.set(part, { count, at: this.#now() });
    if (count === 1) this.#report({ part, message: error instanceof Error ? error.message : String(error) });
  }

  /**
   * Runs `act` unless the part was given up.
   * @returns what `act` answers; undefined where it failed or was not run
   */
  run<T>(part: string, act: () => T): T | undefined {
    if (this.hasGivenUp(part)) return undefined;
    try {
      return act();
    } catch (error) {
      this.take(part, error);
      return undefined;
    }
  }

  forgive(): void {
    this.#faults.clear();
  }

  #count(part: string): number {
    const { count = 0, at = 0 } = this.#faults.get(part) ?? {};
    const forgottenAfterMs = count < GIVE_UP_AFTER ? FORGET_AFTER_MS : TRY_AGAIN_AFTER_MS;
    return this.#now() - at < forgottenAfterMs ? count : 0;
  }
}
