import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { fromE5, toE5 } from '@maplewall/shared/domain/units.ts';

const YEAR_MS = 365 * 86_400_000;
/** Incidents within about ten metres happened at one spot. */
const STEP_E5 = 10;

/** A spot and how many incidents it had within a year. */
export interface Spot {
  readonly lng: number;
  readonly lat: number;
  readonly incidents: number;
}

/** Where incidents were, by spots of about ten metres. Consultations (priority 4) need nobody there and do not count. */
export class PastIncidents {
  /** By incident, so that one sent again counts once. */
  readonly #known = new Map<string, { readonly at: number; readonly spot: string }>();

  #newest = 0;

  get size(): number {
    return this.#known.size;
  }

  take({ at, event }: EventRecord): void {
    if (event.kind !== 'incident.received' || event.priority === 4) return;
    this.#newest = Math.max(this.#newest, at);
    const spot = (degrees: number): number => Math.round(toE5(degrees) / STEP_E5) * STEP_E5;
    this.#known.set(event.incidentId, { at, spot: `${spot(event.lng)} ${spot(event.lat)}` });
  }

  /** The spots of the year before the newest incident; what is older is forgotten. */
  spots(): readonly Spot[] {
    const counts = new Map<string, number>();
    for (const [id, { at, spot }] of this.#known) {
      if (at < this.#newest - YEAR_MS) this.#known.delete(id);
      else counts.set(spot, (counts.get(spot) ?? 0) + 1);
    }
    return [...counts].map(([spot, incidents]) => {
      const [lngE5 = 0, latE5 = 0] = spot.split(' ').map(Number);
      return { lng: fromE5(lngE5), lat: fromE5(latE5), incidents };
    });
  }
}
