import type { Fault, Result } from '@maplewall/shared/domain/fault.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { HistoryIndex, type Lookup } from './history-index.ts';
import type { HistorySource } from './history-source.ts';

/** What history has at a moment; 'waiting' while that is being asked, a fault if asking failed. */
export type Guidance = Exclude<Lookup, { kind: 'unknown' }> | 'waiting' | Fault;

/** Knows which minutes there are, and asks for what it does not know, each thing once at a time. */
export class HistoryGuide {
  readonly #source: HistorySource;
  readonly #onSettled: () => void;
  readonly #index = new HistoryIndex();
  readonly #asked = new Map<string, 'underWay' | Fault>();
  #hasDays = false;

  /** `onSettled` is called whenever an answer came, or failed to. */
  constructor(source: HistorySource, onSettled: () => void) {
    this.#source = source;
    this.#onSettled = onSettled;
  }

  lookUp(at: EpochMs): Guidance {
    if (!this.#hasDays) return this.#askDays();
    const found = this.#index.lookUp(at);
    return found.kind === 'unknown' ? this.#askDay(found.day) : found;
  }

  /** What failed may be asked again; the days and the last one's minutes are, because there may be more by now. */
  refresh(): void {
    for (const [key, state] of this.#asked) if (state !== 'underWay') this.#asked.delete(key);
    if (!this.#hasDays) return;
    this.#askDays();
    const last = this.#index.lastDay;
    if (last !== undefined) this.#askDay(last);
  }

  #askDays(): 'waiting' | Fault {
    return this.#ask(
      'days',
      () => this.#source.days(),
      ({ days }) => {
        this.#index.setDays(days);
        this.#hasDays = true;
      },
    );
  }

  #askDay(day: string): 'waiting' | Fault {
    return this.#ask(
      day,
      () => this.#source.day(day),
      (detail) => {
        this.#index.setDay(detail);
      },
    );
  }

  #ask<T>(key: string, request: () => Promise<Result<T>>, take: (answer: T) => void): 'waiting' | Fault {
    const already = this.#asked.get(key);
    if (already !== undefined) return already === 'underWay' ? 'waiting' : already;
    this.#asked.set(key, 'underWay');
    void request().then((outcome) => {
      if (outcome.ok) {
        this.#asked.delete(key);
        take(outcome.value);
      } else this.#asked.set(key, outcome.fault);
      this.#onSettled();
    });
    return 'waiting';
  }
}
