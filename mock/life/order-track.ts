import type { OrderId } from '@maplewall/shared/domain/ids.ts';
import type { OrderState } from '@maplewall/shared/domain/order.ts';
import type { Stretch } from './stretch.ts';

type Stage = Exclude<OrderState, 'offered'>;

/** What becomes of one order: who was asked, and what he or she did when. Milliseconds since 1970. */
export class OrderTrack {
  readonly id: OrderId;
  readonly stretch: Stretch;
  readonly offeredAt: number;
  readonly #stages: { readonly stage: Stage; readonly at: number }[] = [];

  constructor(id: OrderId, stretch: Stretch, offeredAt: number) {
    this.id = id;
    this.stretch = stretch;
    this.offeredAt = offeredAt;
  }

  get stages(): readonly { readonly stage: Stage; readonly at: number }[] {
    return this.#stages;
  }

  reach(stage: Stage, at: number): void {
    this.#stages.push({ stage, at: Math.round(at) });
  }

  timeOf(stage: Stage): number | undefined {
    return this.#stages.find((reached) => reached.stage === stage)?.at;
  }

  /** The offer is not answered: it lapses, or is taken back before it does. */
  letLapse(expiresAt: number, withdrawnAt: number): void {
    const isWithdrawn = withdrawnAt > this.offeredAt && withdrawnAt < expiresAt;
    const at = isWithdrawn ? withdrawnAt : expiresAt;
    this.reach(isWithdrawn ? 'withdrawn' : 'expired', at);
    this.stretch.busyUntil = Math.max(this.stretch.busyUntil, at);
  }

  /** Who turns back was never on the spot. */
  dropArrival(): void {
    if (this.#stages.at(-1)?.stage === 'onScene') this.#stages.pop();
  }

  /** Not on to the spot, or not needed any more: the person goes back to patrol. */
  release(at: number): void {
    const left = this.timeOf('enRoute');
    if (left !== undefined && at < left) this.#stages.pop();
    this.reach('released', at);
    this.#freeAt(at);
  }

  /** The work on the spot is over. */
  finish(at: number): void {
    this.reach('done', at);
    this.#freeAt(at);
  }

  /** Somebody called the whole matter off: what lies after is undone, and the order ends as it must from where it stands. */
  callOff(at: number): void {
    const later = this.#stages.findIndex((reached) => reached.at >= at);
    if (later === -1) return;
    this.#stages.length = later;
    const last = this.#stages.at(-1)?.stage;
    if (last === undefined) this.reach('withdrawn', at);
    else if (last === 'onScene') this.finish(at);
    else if (last === 'accepted' || last === 'enRoute') this.release(at);
  }

  #freeAt(at: number): void {
    this.stretch.patrol.release(at);
    this.stretch.busyUntil = at + 30_000;
  }
}
