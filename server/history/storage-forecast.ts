import type { StorageGrowth } from '@maplewall/shared/wire/storage.ts';
import type { RetentionRules } from './retention-rules.ts';

/** What one day of data takes. */
export interface DayBytes {
  readonly positions: number;
  readonly events: number;
  readonly history: number;
  readonly known: number;
}

export interface ForecastParts {
  /** The days that were measured; at least one. */
  readonly days: readonly DayBytes[];
  /** What the course of coverage takes a day, of which nothing is ever removed. */
  readonly coveragePerDay: number;
  /** What the files take that is not free within them. */
  readonly usedBytes: number;
  /** What they may still take: the disk's free room, and theirs. */
  readonly roomBytes: number;
  /** Of how many days the log holds positions now as they came, and of how many thinned ones. */
  readonly daysHeld: number;
  readonly daysThinned: number;
  /** How much of a day's positions thinning leaves; 1 where it was not seen yet. */
  readonly thinnedShare: number;
  /** How many days can be replayed. */
  readonly daysReplayed: number;
  readonly rules: RetentionRules;
}

const YEAR = 365;
const FOR_EVER_DAYS = 36_500;

/** How storage goes on when each day is as those measured were: positions are thinned, and they and segments go by the rules. */
export function forecast(parts: ForecastParts): StorageGrowth {
  const { days, coveragePerDay, usedBytes, roomBytes } = parts;
  const { daysHeld, daysThinned, thinnedShare, daysReplayed, rules } = parts;
  const mean = (of: (day: DayBytes) => number): number =>
    Math.round(days.reduce((sum, day) => sum + of(day), 0) / days.length);
  const positionsPerDay = mean(({ positions }) => positions);
  const eventsPerDay = mean(({ events }) => events);
  const historyPerDay = mean(({ history }) => history);
  const knownPerDay = mean(({ known }) => known);
  const kept = rules.keepPositionsDays ?? Number.POSITIVE_INFINITY;
  const whole = Math.min(kept, rules.thinPositions?.afterDays ?? Number.POSITIVE_INFINITY);
  const replayed = rules.keepSegmentsDays ?? Number.POSITIVE_INFINITY;
  /** Positions of so many days, by their age. */
  const positionsOf = (held: number): number =>
    positionsPerDay *
    (Math.min(held, whole) + thinnedShare * Math.max(0, Math.min(held, kept) - Math.min(held, whole)));
  const positionsNow = positionsPerDay * (daysHeld + thinnedShare * daysThinned);
  // Below zero where more is held than is to be: the next days take it out.
  const grownBy = (day: number): number =>
    (eventsPerDay + coveragePerDay) * day +
    (historyPerDay + knownPerDay) * (Math.min(daysReplayed + day, replayed) - daysReplayed) +
    positionsOf(daysHeld + daysThinned + day) -
    positionsNow;
  let full = 0;
  while (full < FOR_EVER_DAYS && grownBy(full + 1) <= roomBytes) full += 1;
  return {
    days: days.length,
    positionsPerDay,
    eventsPerDay,
    historyPerDay,
    knownPerDay,
    coveragePerDay,
    daysUntilFull: full < FOR_EVER_DAYS ? full : null,
    bytesInAYear: Math.max(0, Math.round(usedBytes + grownBy(YEAR))),
    positionsAtMost: Number.isFinite(kept) ? Math.round(positionsOf(kept)) : null,
  };
}
