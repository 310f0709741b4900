import type { StorageGrowth } from '@maplewall/shared/wire/storage.ts';

/** What one day of data takes. */
export interface DayBytes {
  readonly positions: number;
  readonly events: number;
  readonly history: number;
}

export interface ForecastParts {
  /** The days that were measured; at least one. */
  readonly days: readonly DayBytes[];
  /** What the two files take that is not free within them. */
  readonly usedBytes: number;
  /** What they may still take: the disk's free room, and theirs. */
  readonly roomBytes: number;
  /** Of how many days the log holds positions now. */
  readonly daysHeld: number;
  /** Undefined: for ever. */
  readonly keepPositionsDays: number | undefined;
}

const YEAR = 365;
const FOR_EVER_DAYS = 36_500;

/** How storage goes on when each day is as those measured were. Positions grow until as many days are held as are kept. */
export function forecast(parts: ForecastParts): StorageGrowth {
  const { days, usedBytes, roomBytes, daysHeld, keepPositionsDays } = parts;
  const mean = (of: (day: DayBytes) => number): number =>
    Math.round(days.reduce((sum, day) => sum + of(day), 0) / days.length);
  const positionsPerDay = mean(({ positions }) => positions);
  const eventsPerDay = mean(({ events }) => events);
  const historyPerDay = mean(({ history }) => history);
  const rest = eventsPerDay + historyPerDay;
  // Below zero where more is held than is to be kept: the next days take it out.
  const growing = keepPositionsDays === undefined ? Number.POSITIVE_INFINITY : keepPositionsDays - daysHeld;
  const grownBy = (day: number): number => rest * day + positionsPerDay * Math.min(day, growing);
  const atOnce = roomBytes / (rest + positionsPerDay);
  const full = atOnce <= growing ? atOnce : (roomBytes - positionsPerDay * growing) / rest;
  return {
    days: days.length,
    positionsPerDay,
    eventsPerDay,
    historyPerDay,
    daysUntilFull: full <= FOR_EVER_DAYS ? Math.floor(full) : null,
    bytesInAYear: Math.max(0, Math.round(usedBytes + grownBy(YEAR))),
    positionsAtMost: keepPositionsDays === undefined ? null : positionsPerDay * keepPositionsDays,
  };
}
