import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, fromE5, toE5, type EpochMs } from '@maplewall/shared/domain/units.ts';

const YEAR_MS = 365 * 86_400_000;
/** Incidents within about ten metres happened at one spot. */
const STEP_E5 = 10;
/** More than all latitudes in steps: a spot goes into one number. */
const LATITUDES = 4_000_000;

/** A spot and how many incidents it had within a year. */
export interface Spot {
  readonly lng: number;
  readonly lat: number;
  readonly incidents: number;
}

/** The incidents of a year. */
export interface IncidentYear {
  /** The same as long as the same incidents are meant. */
  readonly key: string;
  readonly spots: () => readonly Spot[];
}

/** Where incidents were, by spots of about ten metres. Consultations (priority 4) need nobody there and do not count. */
export class PastIncidents {
  /** By incident, so that one sent again counts once. */
  readonly #known = new Map<string, { readonly at: number; readonly spot: number }>();
  /** How many there were in the year before a moment, as long as no more are known. */
  readonly #counts = new Map<EpochMs, number>();
  #newest = 0;

  get size(): number {
    return this.#known.size;
  }

  take({ at, event }: EventRecord): void {
    if (event.kind !== 'incident.received' || event.priority === 4) return;
    this.#newest = Math.max(this.#newest, at);
    const step = (degrees: number): number => Math.round(toE5(degrees) / STEP_E5);
    this.#known.set(event.incidentId, { at, spot: step(event.lng) * LATITUDES + step(event.lat) });
    this.#counts.clear();
  }

  /** Of the year before the newest incident, and with it. */
  latest(): readonly Spot[] {
    return this.#spots(epochMs(this.#newest + 1));
  }

  /** Of the year before a moment. */
  yearBefore(moment: EpochMs): IncidentYear {
    let count = this.#counts.get(moment);
    if (count === undefined) {
      count = 0;
      for (const { at } of this.#known.values()) if (at < moment && at >= moment - YEAR_MS) count += 1;
      this.#counts.set(moment, count);
    }
    return { key: `${moment} ${count}`, spots: () => this.#spots(moment) };
  }

  #spots(moment: EpochMs): readonly Spot[] {
    const counts = new Map<number, number>();
    for (const { at, spot } of this.#known.values())
      if (at < moment && at >= moment - YEAR_MS) counts.set(spot, (counts.get(spot) ?? 0) + 1);
    return [...counts].map(([spot, incidents]) => {
      const lng = Math.round(spot / LATITUDES);
      const lat = spot - lng * LATITUDES;
      return { lng: fromE5(lng * STEP_E5), lat: fromE5(lat * STEP_E5), incidents };
    });
  }
}
