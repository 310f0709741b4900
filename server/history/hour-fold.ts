import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import type { HistoryIncident } from '@maplewall/shared/wire/history.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { advance, applyEvent } from '@maplewall/shared/world/fold.ts';
import { KEEP_HOURS, type World } from '@maplewall/shared/world/world.ts';
import type { PrecinctFold } from './precinct-fold.ts';
import { cellsOf, type CellCounts } from './usual-places.ts';

/** A record this much older than the newest one folded is late: the hours must be counted anew. */
const LATE_MS = 60_000;
const HOUR_MS = 3_600_000;

type ReceivedIncident = Extract<CityEvent, { kind: 'incident.received' }>;

/** One hour's counts and places. */
export interface HourFigures {
  readonly counts: readonly number[];
  readonly cells: CellCounts;
  /** What came in, as it came in. */
  readonly incidents: readonly HistoryIncident[];
}

/**
 * Counts by hour of all that ever happened, in the order of event time: a fold of the events alone. Days that are
 * long past have their figures within seconds, before a single minute of them is sealed.
 */
export class HourFold {
  #world: World = emptyWorld();
  #newest = 0;
  #isDisordered = false;
  readonly #changed = new Set<number>();
  /** What came in, by hour. */
  readonly #incidents = new Map<number, HistoryIncident[]>();
  readonly #precincts: PrecinctFold;

  /** @param precincts counts along */
  constructor(precincts: PrecinctFold) {
    this.#precincts = precincts;
  }

  /** Whether events came out of order, by less than what is late: a stage before its order counts for nothing. */
  get isDisordered(): boolean {
    return this.#isDisordered;
  }

  /** False when the event is late: then begin anew with all of them. */
  take(record: EventRecord): boolean {
    if (record.at < this.#newest - LATE_MS) return false;
    if (record.at < this.#newest) this.#isDisordered = true;
    if (record.at > this.#newest) {
      this.#newest = record.at;
      advance(this.#world, record.at);
    }
    const { event } = record;
    const isNew = event.kind === 'incident.received' && !this.#world.incidents.has(event.incidentId);
    this.#precincts.take(this.#world, record, () => applyEvent(this.#world, record).changed);
    if (isNew) this.#note(record, event);
    this.#changed.add(Math.floor(record.at / HOUR_MS));
    return true;
  }

  /** Counts that changed since the last call, hour by hour, and where the hour's incidents were. */
  changed(): ReadonlyMap<number, HourFigures> {
    const found = new Map<number, HourFigures>();
    for (const hour of this.#changed) {
      const counts = this.#world.hours.get(hour);
      if (counts === undefined) continue;
      const incidents = this.#incidents.get(hour) ?? [];
      found.set(hour, {
        counts: [...counts],
        cells: cellsOf(incidents),
        incidents: incidents.toSorted((a, b) => a.at - b.at),
      });
    }
    this.#changed.clear();
    return found;
  }

  #note(
    { at, receivedAt }: EventRecord,
    { incidentId, category, priority, lng, lat, place }: ReceivedIncident,
  ): void {
    const hour = Math.floor(at / HOUR_MS);
    const isLate = receivedAt > at + LATE_MS;
    const incident: HistoryIncident = {
      incidentId,
      at,
      category,
      priority,
      lng,
      lat,
      place,
      ...(isLate ? { knownAt: receivedAt } : {}),
    };
    const known = this.#incidents.get(hour);
    if (known !== undefined) {
      known.push(incident);
      return;
    }
    this.#incidents.set(hour, [incident]);
    // Hours come in their order; what is long past is kept elsewhere.
    for (const old of this.#incidents.keys()) if (old < hour - KEEP_HOURS) this.#incidents.delete(old);
  }
}
