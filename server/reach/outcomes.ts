import type { IncidentId, OrderId } from '@maplewall/shared/domain/ids.ts';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { ORDER_MOVES } from '@maplewall/shared/rules/order-states.ts';

/** How an incident that needed somebody went, as the log tells it; times are undefined where it never came to that. */
export interface Outcome {
  readonly incidentId: IncidentId;
  readonly receivedAt: EpochMs;
  readonly lng: number;
  readonly lat: number;
  readonly precinctId: string;
  firstOfferedAt: EpochMs | undefined;
  firstAcceptedAt: EpochMs | undefined;
  arrivedAt: EpochMs | undefined;
  /** Given to another department, merged or called off before anybody arrived. */
  leftAt: EpochMs | undefined;
}

/** A year, and the month in which it is looked back on. */
const KEPT_MS = 400 * 86_400_000;

const earlier = (known: EpochMs | undefined, at: EpochMs): EpochMs =>
  known === undefined || at < known ? at : known;

/** Follows every incident from report to arrival. Consultations (priority 4) need nobody there and are left out. */
export class Outcomes {
  readonly #incidents = new Map<string, Outcome>();
  readonly #incidentOf = new Map<OrderId, IncidentId>();

  take({ at, event }: EventRecord): void {
    switch (event.kind) {
      case 'incident.received':
        if (event.priority === 4 || this.#incidents.has(event.incidentId)) return;
        this.#incidents.set(event.incidentId, {
          incidentId: event.incidentId,
          receivedAt: at,
          lng: event.lng,
          lat: event.lat,
          precinctId: event.precinctId ?? '',
          firstOfferedAt: undefined,
          firstAcceptedAt: undefined,
          arrivedAt: undefined,
          leftAt: undefined,
        });
        this.#forgetOld(at);
        return;
      case 'incident.stage': {
        const found = this.#incidents.get(event.incidentId);
        if (found === undefined) return;
        if (event.stage === 'offered') found.firstOfferedAt = earlier(found.firstOfferedAt, at);
        if (event.stage === 'accepted') found.firstAcceptedAt = earlier(found.firstAcceptedAt, at);
        if (event.stage === 'onScene') found.arrivedAt = earlier(found.arrivedAt, at);
        return;
      }
      case 'incident.diverted':
      case 'incident.merged':
      case 'incident.cancelled': {
        const found = this.#incidents.get(event.incidentId);
        if (found !== undefined) found.leftAt = earlier(found.leftAt, at);
        return;
      }
      case 'order.offered': {
        this.#incidentOf.set(event.orderId, event.incidentId);
        const found = this.#incidents.get(event.incidentId);
        if (found !== undefined) found.firstOfferedAt = earlier(found.firstOfferedAt, at);
        return;
      }
      case 'order.stage': {
        const found = this.#incidents.get(this.#incidentOf.get(event.orderId) ?? '');
        // What has ended tells nothing more, and orders come by the million in a year.
        if (ORDER_MOVES[event.stage].length === 0) this.#incidentOf.delete(event.orderId);
        if (found === undefined) return;
        if (event.stage === 'accepted' || event.stage === 'enRoute' || event.stage === 'onScene')
          found.firstAcceptedAt = earlier(found.firstAcceptedAt, at);
        if (event.stage === 'onScene') found.arrivedAt = earlier(found.arrivedAt, at);
      }
    }
  }

  /** The oldest come first in the map, but for those that came late; these go with the next. */
  #forgetOld(now: EpochMs): void {
    for (const [id, { receivedAt }] of this.#incidents) {
      if (receivedAt >= now - KEPT_MS) return;
      this.#incidents.delete(id);
    }
  }

  /** Incidents received from `from` up to `to` for which somebody was to come, in the order of their time. */
  between(from: EpochMs, to: EpochMs): readonly Outcome[] {
    return [...this.#incidents.values()]
      .filter(({ receivedAt }) => receivedAt >= from && receivedAt < to)
      .filter(({ leftAt, arrivedAt }) => leftAt === undefined || (arrivedAt ?? Infinity) <= leftAt)
      .toSorted((a, b) => a.receivedAt - b.receivedAt);
  }
}
