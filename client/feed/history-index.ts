import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { HistoryDay, KnownDay, KnownDayDetail } from '@maplewall/shared/wire/history.ts';

const MINUTE_MS = 60_000;

/** One minute that can be fetched. */
export interface MinuteRef {
  readonly day: string;
  readonly minute: string;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  /** Which version of it the day named; '' while it was not made, '~' and the end as far as a running minute has come. */
  readonly version: string;
}

/**
 *   minute   history has this moment
 *   gap      it has not; `before` is the last minute that it has, `until` where the next one begins; `isGone`: it had, and its
 *            replay has ended
 *   unknown  which minutes `day` has is still to be asked
 *   after    nothing lies at this moment or later; `before` is the last minute of all
 */
export type Lookup =
  | { readonly kind: 'minute'; readonly ref: MinuteRef }
  | {
      readonly kind: 'gap';
      readonly before: MinuteRef | undefined;
      readonly until: EpochMs;
      readonly isGone: boolean;
    }
  | { readonly kind: 'unknown'; readonly day: string }
  | { readonly kind: 'after'; readonly before: MinuteRef | undefined };

/** The minutes of a day, in the order of time. */
export const minutesOf = ({ day, minutes }: KnownDayDetail): readonly MinuteRef[] =>
  minutes
    .map(({ minute, startsAt, etag, until }) => ({
      day,
      minute,
      startsAt,
      endsAt: until ?? epochMs(startsAt + MINUTE_MS),
      version: until === undefined ? etag : `~${until}`,
    }))
    .toSorted((a, b) => a.startsAt - b.startsAt);

/** Which minutes history has, as far as it was asked. */
export class HistoryIndex {
  #days: readonly KnownDay[] = [];
  readonly #minutes = new Map<string, readonly MinuteRef[]>();
  /** Where the days end of which nothing can be replayed any more. */
  #goneUntil = 0;

  setDays(days: readonly (KnownDay & Pick<HistoryDay, 'replayGone'>)[]): void {
    this.#goneUntil = Math.max(
      0,
      ...days.filter(({ replayGone }) => replayGone === true).map(({ endsAt }) => endsAt),
    );
    this.#days = days
      .filter(({ minutesWithRecords, replayGone }) => minutesWithRecords > 0 && replayGone !== true)
      .toSorted((a, b) => a.startsAt - b.startsAt);
  }

  setDay(detail: KnownDayDetail): void {
    this.#minutes.set(detail.day, minutesOf(detail));
  }

  get lastDay(): string | undefined {
    return this.#days.at(-1)?.day;
  }

  lookUp(at: EpochMs): Lookup {
    const later = this.#days.findIndex(({ endsAt }) => endsAt > at);
    const here = later === -1 ? undefined : this.#days[later];
    const earlier = later === -1 ? this.#days.at(-1) : this.#days[later - 1];
    const refs = here === undefined ? [] : this.#minutes.get(here.day);
    if (here !== undefined && here.startsAt <= at && refs === undefined)
      return { kind: 'unknown', day: here.day };
    const found = refs?.findIndex(({ endsAt }) => endsAt > at) ?? -1;
    const ref = refs?.[found];
    if (ref !== undefined && ref.startsAt <= at) return { kind: 'minute', ref };
    let before = found === -1 ? refs?.at(-1) : refs?.[found - 1];
    if (before === undefined && earlier !== undefined) {
      const its = this.#minutes.get(earlier.day);
      if (its === undefined) return { kind: 'unknown', day: earlier.day };
      before = its.at(-1);
    }
    const until = ref?.startsAt ?? this.#nextDayAfter(at)?.startsAt;
    if (until === undefined) return { kind: 'after', before };
    return { kind: 'gap', before, until, isGone: at < this.#goneUntil };
  }

  #nextDayAfter(at: EpochMs): KnownDay | undefined {
    return this.#days.find(({ startsAt }) => startsAt > at);
  }
}
