import type { FaultCode } from '@maplewall/shared/domain/fault.ts';
import type { SourceId } from '@maplewall/shared/domain/ids.ts';

/** What is counted: what was taken, what was put aside without being wrong, and every code of a fault. */
export type CounterName =
  | 'events.taken'
  | 'events.repeated'
  | 'positions.taken'
  /** Of those taken: older than the newest fix of the same responder, or older than ten minutes. */
  | 'positions.late'
  /** Messages of phones that are no position: heartbeats, waypoints, cards, fixes that the phone itself calls invalid. */
  | 'phones.ignored'
  | FaultCode;

/** ING11: nothing is put aside without being counted. Counts begin at zero when the gateway starts. */
export class Counters {
  readonly #bySource = new Map<SourceId, Map<CounterName, number>>();

  add(source: SourceId, name: CounterName, count = 1): void {
    let counts = this.#bySource.get(source);
    if (counts === undefined) {
      counts = new Map();
      this.#bySource.set(source, counts);
    }
    counts.set(name, (counts.get(name) ?? 0) + count);
  }

  of(source: SourceId): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#bySource.get(source) ?? []);
  }
}
