import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { advance, applyEvent } from '@maplewall/shared/world/fold.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { PrecinctFold } from './precinct-fold.ts';

/** A record this much older than the newest one folded is late: the hours must be counted anew. */
const LATE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Counts by hour of all that ever happened, in the order of event time: a fold of the events alone. Days that are
 * long past have their figures within seconds, before a single minute of them is sealed.
 */
export class HourFold {
  #world: World = emptyWorld();
  #newest = 0;
  #isDisordered = false;
  readonly #changed = new Set<number>();
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
    this.#precincts.take(this.#world, record, () => applyEvent(this.#world, record).changed);
    this.#changed.add(Math.floor(record.at / HOUR_MS));
    return true;
  }

  /** Counts that changed since the last call, hour by hour. */
  changed(): ReadonlyMap<number, readonly number[]> {
    const found = new Map<number, readonly number[]>();
    for (const hour of this.#changed) {
      const counts = this.#world.hours.get(hour);
      if (counts !== undefined) found.set(hour, [...counts]);
    }
    this.#changed.clear();
    return found;
  }
}
