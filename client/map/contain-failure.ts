import type { MapFailure } from './map-handle.ts';

/** A part that fails this often is left out: drawing it again would fail again, sixty times a second. */
const GIVE_UP_AFTER = 3;

/**
 * Keeps one broken part from taking the map with it: what it throws is reported once, and a part that keeps failing
 * is left alone until `forgive`.
 */
export class FailureContainer {
  readonly #report: (failure: MapFailure) => void;
  readonly #counts = new Map<string, number>();

  constructor(report: (failure: MapFailure) => void) {
    this.#report = report;
  }

  hasGivenUp(part: string): boolean {
    return (this.#counts.get(part) ?? 0) >= GIVE_UP_AFTER;
  }

  /** Reports the first failure of a part, counts the others. */
  take(part: string, error: unknown): void {
    const count = (this.#counts.get(part) ?? 0) + 1;
    this.#counts.set(part, count);
    if (count === 1) this.#report({ part, message: error instanceof Error ? error.message : String(error) });
  }

  /** Runs `act` unless the part was given up. */
  run(part: string, act: () => void): void {
    if (this.hasGivenUp(part)) return;
    try {
      act();
    } catch (error) {
      this.take(part, error);
    }
  }

  forgive(): void {
    this.#counts.clear();
  }
}
