/** Wrong keys from one address that are answered as such within a window; after them it has to wait. */
export const MOST_WRONG_KEYS = 10;
export const WRONG_KEYS_WINDOW_MS = 60_000;
/** Addresses that are remembered; the oldest are forgotten first. */
const MOST_ADDRESSES = 10_000;

interface Strikes {
  count: number;
  readonly until: number;
}

/**
 * Counts wrong keys by address. Keys are too long to be guessed; this keeps a broken or hostile client from filling the
 * gateway's time and tells an operator's mistake from an attack.
 */
export class WrongKeys {
  readonly #strikes = new Map<string, Strikes>();

  /** Milliseconds that this address has to wait before its keys are looked at again; 0 for none. */
  waitMs(address: string, now: number): number {
    const strikes = this.#strikes.get(address);
    if (strikes === undefined || strikes.count < MOST_WRONG_KEYS) return 0;
    return Math.max(0, strikes.until - now);
  }

  strike(address: string, now: number): void {
    const strikes = this.#strikes.get(address);
    if (strikes !== undefined && strikes.until > now) {
      strikes.count += 1;
      return;
    }
    this.#strikes.delete(address);
    this.#strikes.set(address, { count: 1, until: now + WRONG_KEYS_WINDOW_MS });
    const [oldest] = this.#strikes.keys();
    if (this.#strikes.size > MOST_ADDRESSES && oldest !== undefined) this.#strikes.delete(oldest);
  }
}
