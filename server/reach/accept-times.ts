import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { USUAL_ACCEPT_SECONDS } from '@maplewall/shared/rules/travel.ts';

/** The median is that of so many acceptances, some hours of an evening, … */
const WINDOW = 200;
/** … and of no fewer than these. */
const NEEDED = 20;

/** Some years; then the older half is forgotten. */
const MOST_KEPT = 1_000_000;

/** How long it took until orders were accepted, as the log tells it. */
export class AcceptTimes {
  readonly #offeredAt = new Map<string, number>();
  #accepted: { readonly at: number; readonly seconds: number }[] = [];
  #isSorted = true;

  take({ at, event }: EventRecord): void {
    if (event.kind === 'order.offered') this.#offeredAt.set(event.orderId, at);
    if (event.kind !== 'order.stage') return;
    const offeredAt = this.#offeredAt.get(event.orderId);
    if (offeredAt === undefined) return;
    // Whatever is said of an order next ends the wait for its acceptance.
    this.#offeredAt.delete(event.orderId);
    if (event.stage !== 'accepted' || at < offeredAt) return;
    this.#isSorted &&= at >= (this.#accepted.at(-1)?.at ?? 0);
    this.#accepted.push({ at, seconds: (at - offeredAt) / 1_000 });
    if (this.#accepted.length > MOST_KEPT) this.#accepted = this.#accepted.slice(MOST_KEPT / 2);
  }

  /** The median of the last acceptances before a moment; the usual seconds while there are too few. */
  medianAt(moment: EpochMs): number {
    if (!this.#isSorted) this.#accepted.sort((a, b) => a.at - b.at);
    this.#isSorted = true;
    const before = this.#accepted.findLastIndex(({ at }) => at <= moment) + 1;
    if (before < NEEDED) return USUAL_ACCEPT_SECONDS;
    const seconds = this.#accepted
      .slice(Math.max(0, before - WINDOW), before)
      .map((one) => one.seconds)
      .toSorted((a, b) => a - b);
    return seconds[seconds.length >> 1] ?? USUAL_ACCEPT_SECONDS;
  }
}
