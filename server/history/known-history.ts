import {
  epochMs,
  minuteNo,
  minuteOf,
  startOfMinute,
  type EpochMs,
  type MinuteNo,
} from '@maplewall/shared/domain/units.ts';
import type { KnownDay, KnownDayDetail, KnownDays } from '@maplewall/shared/wire/history.ts';
import type { Clock } from '../clock.ts';
import { localDayOf, minuteNameIn, momentOf, type LocalDay } from './local-day.ts';
import type { ArrivalMinute, KnownStore } from './known-store.ts';

/** What arrived in a second is on disk and indexed so much later. */
const SETTLE_MS = 2_000;
/** More than lies between two kept worlds. */
const LEAD_MINUTES = 11;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface KnownMinute {
  /** '' while the minute runs. */
  readonly etag: string;
  readonly bytes: Uint8Array;
}

export interface KnownHistoryParts {
  readonly store: KnownStore;
  readonly timeZone: string;
  readonly clock: Clock;
  /** Positions older than this may be gone from the log or thinned, and with them what the wall knew; undefined: none are. */
  readonly wholeDays: number | undefined;
  readonly segment: (minute: MinuteNo, until: EpochMs) => Promise<Uint8Array | undefined | 'unavailable'>;
}

/** Past days as the wall knew them, minute by minute, up to a moment ago. */
export class KnownHistory {
  readonly #parts: KnownHistoryParts;

  constructor(parts: KnownHistoryParts) {
    this.#parts = parts;
  }

  /** The first minute of which surely everything is in the log, and of the minutes that lead to it from a kept world. */
  from(): MinuteNo {
    const { wholeDays, clock, store } = this.#parts;
    const kept = wholeDays === undefined ? 0 : clock.now() - wholeDays * DAY_MS + HOUR_MS;
    // What an earlier setting had removed stays removed.
    const whole = store.wholeFrom();
    return minuteNo(
      Math.max(minuteOf(epochMs(Math.max(0, kept))), whole === undefined ? 0 : whole + LEAD_MINUTES),
    );
  }

  days(): KnownDays {
    const { store, timeZone } = this.#parts;
    const days: KnownDay[] = [];
    for (let minute = store.firstMinute(this.from()); minute !== undefined;) {
      const day = localDayOf(startOfMinute(minute), timeZone);
      const end = minuteOf(day.endsAt);
      days.push({ ...day, minutesWithRecords: this.#count(day) });
      minute = store.firstMinute(end);
    }
    return { timeZone, days };
  }

  day(day: LocalDay): KnownDayDetail {
    const { timeZone } = this.#parts;
    const settled = this.#settledAt();
    const minutes = this.#minutes(day).filter(({ minute }) => startOfMinute(minute) < settled);
    return {
      ...day,
      minutesWithRecords: minutes.length,
      minutes: minutes.map((arrivals) => {
        const startsAt = startOfMinute(arrivals.minute);
        const runs = startsAt + MINUTE_MS > settled;
        return {
          minute: minuteNameIn(day, startsAt, timeZone),
          startsAt,
          etag: runs ? '' : this.#nameOf(arrivals),
          ...(runs ? { until: settled } : {}),
        };
      }),
    };
  }

  /** The segment of a minute named HH:MM; of the running one, as far as it has come. */
  async minute(
    day: LocalDay,
    name: string,
  ): Promise<KnownMinute | 'noSuchMinute' | 'notYet' | 'unavailable'> {
    const { store, timeZone, segment } = this.#parts;
    const at = momentOf(day, name, timeZone);
    if (at === undefined) return 'noSuchMinute';
    const end = epochMs(at + MINUTE_MS);
    const until = epochMs(Math.min(end, this.#settledAt()));
    if (until <= at) return 'notYet';
    const minute = minuteOf(at);
    const bytes = await segment(minute, until);
    if (bytes === undefined) return 'notYet';
    if (bytes === 'unavailable') return bytes;
    const arrivals = until === end ? store.minute(minute) : undefined;
    return { bytes, etag: arrivals === undefined ? '' : this.#nameOf(arrivals) };
  }

  #minutes({ startsAt, endsAt }: LocalDay): readonly ArrivalMinute[] {
    const from = minuteNo(Math.max(minuteOf(startsAt), this.from()));
    return from < minuteOf(endsAt) ? this.#parts.store.minutes(from, minuteOf(endsAt)) : [];
  }

  #count({ startsAt, endsAt }: LocalDay): number {
    const from = minuteNo(Math.max(minuteOf(startsAt), this.from()));
    return this.#parts.store.count(from, minuteOf(endsAt));
  }

  /** Up to this full second everything that arrived is known. */
  #settledAt(): EpochMs {
    return epochMs(Math.floor((this.#parts.clock.now() - SETTLE_MS) / 1_000) * 1_000);
  }

  /** A minute that is over never changes: its records name it. Of the log's last minute the end is not known. */
  #nameOf({ minute, first, next }: ArrivalMinute): string {
    const { store } = this.#parts;
    const last = next ?? store.indexedSeq() + 1;
    return next === undefined && startOfMinute(minuteNo(minute + 1)) > this.#settledAt()
      ? ''
      : `${store.generation()}-${first}-${last}`;
  }
}
