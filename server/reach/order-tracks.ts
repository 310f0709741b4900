import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { IncidentId, OrderId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { ORDER_MOVES } from '@maplewall/shared/rules/order-states.ts';
import { MODE_OF_KIND, type TravelMode } from '@maplewall/shared/rules/travel.ts';

/** What became of one order, as the log tells it; times are undefined where it never came to that. */
export interface OrderTrack {
  readonly incidentId: IncidentId;
  readonly responderId: ResponderId;
  /** How somebody of this kind sets out. */
  readonly mode: TravelMode;
  readonly offeredAt: EpochMs;
  acceptedAt: EpochMs | undefined;
  /** Declined, or not answered until the offer ran out. */
  refusedAt: EpochMs | undefined;
  /** By whoever made the offer. */
  takenBackAt: EpochMs | undefined;
  arrivedAt: EpochMs | undefined;
  releasedAt: EpochMs | undefined;
  /** The matter was seen to. */
  doneAt: EpochMs | undefined;
}

/** Some months of a large city; then the older half is forgotten. */
const MOST_KEPT = 200_000;

const earlier = (known: EpochMs | undefined, at: EpochMs): EpochMs =>
  known === undefined || at < known ? at : known;

/** Follows every order from offer to end, by incident. Orders to people who never checked in have no kind, and are left out. */
export class OrderTracks {
  readonly #modes = new Map<ResponderId, TravelMode>();
  readonly #open = new Map<OrderId, OrderTrack>();
  readonly #byIncident = new Map<IncidentId, OrderTrack[]>();
  #kept = 0;

  take({ at, event }: EventRecord): void {
    if (event.kind === 'responder.checkedIn')
      this.#modes.set(event.responderId, MODE_OF_KIND[event.responderKind]);
    if (event.kind === 'order.offered') this.#offer(at, event);
    if (event.kind === 'order.stage') this.#move(at, event);
  }

  /** Those of an incident, in the order of their offers. */
  of(incidentId: IncidentId): readonly OrderTrack[] {
    return (this.#byIncident.get(incidentId) ?? []).toSorted((a, b) => a.offeredAt - b.offeredAt);
  }

  /** The last so many that were offered before a moment. */
  before(moment: EpochMs, most: number): readonly OrderTrack[] {
    return [...this.#byIncident.values()]
      .flat()
      .filter(({ offeredAt }) => offeredAt < moment)
      .toSorted((a, b) => b.offeredAt - a.offeredAt)
      .slice(0, most);
  }

  #offer(at: EpochMs, { orderId, incidentId, responderId }: Extract<CityEvent, { kind: 'order.offered' }>) {
    const mode = this.#modes.get(responderId);
    if (mode === undefined || this.#open.has(orderId)) return;
    const track: OrderTrack = {
      incidentId,
      responderId,
      mode,
      offeredAt: at,
      acceptedAt: undefined,
      refusedAt: undefined,
      takenBackAt: undefined,
      arrivedAt: undefined,
      releasedAt: undefined,
      doneAt: undefined,
    };
    this.#open.set(orderId, track);
    const known = this.#byIncident.get(incidentId);
    if (known === undefined) this.#byIncident.set(incidentId, [track]);
    else known.push(track);
    this.#kept += 1;
    if (this.#kept > MOST_KEPT) this.#forgetOld();
  }

  #move(at: EpochMs, { orderId, stage }: Extract<CityEvent, { kind: 'order.stage' }>): void {
    const track = this.#open.get(orderId);
    if (track === undefined) return;
    if (stage === 'accepted' || stage === 'enRoute' || stage === 'onScene')
      track.acceptedAt = earlier(track.acceptedAt, at);
    if (stage === 'onScene') track.arrivedAt = earlier(track.arrivedAt, at);
    if (stage === 'declined' || stage === 'expired') track.refusedAt = at;
    if (stage === 'withdrawn') track.takenBackAt = at;
    if (stage === 'released') track.releasedAt = at;
    if (stage === 'done') track.doneAt = at;
    if (ORDER_MOVES[stage].length === 0) this.#open.delete(orderId);
  }

  /** Incidents come in the order in which they were first heard of. */
  #forgetOld(): void {
    for (const [id, tracks] of this.#byIncident) {
      if (this.#kept <= MOST_KEPT / 2) break;
      this.#byIncident.delete(id);
      this.#kept -= tracks.length;
    }
    for (const [id, { incidentId }] of this.#open)
      if (!this.#byIncident.has(incidentId)) this.#open.delete(id);
  }
}
