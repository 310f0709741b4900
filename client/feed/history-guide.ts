import type { Fault, Result } from '@maplewall/shared/domain/fault.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { HistoryIndex, type Lookup } from './history-index.ts';
import type { HistorySource } from './history-source.ts';

/** What history has at a moment; 'waiting' while that is being asked, a fault if asking failed. */
export type Guidance = Exclude<Lookup, { kind: 'unknown' }> | 'waiting' | Fault;

/** The key of the list of days, beside those of each day. */
const DAYS = 'days';

/** Knows which minutes there are, and asks for what it does not know, each thing once at a time. */
export class HistoryGuide {
  readonly #source: HistorySource;
  readonly #onSettled: () => void;
  readonly #now: () => number;
  readonly #lookAgainMs: number;
  readonly #index = new HistoryIndex();
  readonly #asked = new Map<string, 'underWay' | Fault>();
  #hasDays = false;

  /** When each day, and the list of them, was asked for last. */
  readonly #askedAt = new Map<string, number>();

  /**
   * `onSettled` is called whenever an answer came, or failed to; `now` in milliseconds of a steady clock. A day that is
   * played is asked for again every `lookAgainMs`.
   */
  constructor(source: HistorySource, onSettled: () => void, now: () => number, lookAgainMs: number) {
    this.#lookAgainMs = lookAgainMs;
    this.#source = source;
    this.#onSettled = onSettled;
    this.#now = now;
  }

  lookUp(at: EpochMs): Guidance {
    if (!this.#hasDays) return this.#askDays();
    const found = this.#index.lookUp(at);
    if (found.kind === 'unknown') return this.#askDay(found.day);
    // What came late makes other versions of its minutes; until that is known, those known are played.
    if (found.kind === 'minute' && this.#isLongAgo(found.ref.day)) this.#askDay(found.ref.day);
    // Whoever is a little behind the present asks before the end is reached.
    if (found.kind === 'after' && this.#isLongAgo(DAYS)) this.refresh();
    return found;
  }

  #isLongAgo(asked: string): boolean {
    return this.#now() - (this.#askedAt.get(asked) ?? 0) > this.#lookAgainMs;
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
    this.#askedAt.set(DAYS, this.#now());
    return this.#ask(
      DAYS,
      () => this.#source.days(),
      ({ days }) => {
        this.#index.setDays(days);
        this.#hasDays = true;
      },
    );
  }

  #askDay(day: string): 'waiting' | Fault {
    this.#askedAt.set(day, this.#now());
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
