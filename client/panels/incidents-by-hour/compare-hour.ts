import type { UsualDay } from '@maplewall/shared/rules/usual-day.ts';

/** The last whole hour against the usual one. */
export interface HourComparison {
  readonly hour: number;
  readonly count: number;
  readonly median: number;
  readonly is: 'above' | 'below' | 'usual';
  /** By how much, in per cent; undefined where the usual count is too small for a percentage. */
  readonly percent: number | undefined;
}

/** Of fewer incidents than this no percentage is told: one more would be a jump. */
const LEAST_FOR_PERCENT = 5;

/** Undefined where there is no whole hour yet or no usual day. An hour within the band is as usual. */
export function compareHour(
  today: readonly (number | undefined)[],
  ghost: UsualDay | undefined,
  hoursSinceMidnight: number,
): HourComparison | undefined {
  const hour = Math.floor(hoursSinceMidnight) - 1;
  const count = today[hour];
  const median = ghost?.median[hour];
  if (ghost === undefined || count === undefined || median === undefined) return undefined;
  const isAbove = count > (ghost.high[hour] ?? 0);
  const isBelow = count < (ghost.low[hour] ?? 0);
  return {
    hour,
    count,
    median,
    is: isAbove ? 'above' : isBelow ? 'below' : 'usual',
    percent: median < LEAST_FOR_PERCENT ? undefined : Math.round((count / median - 1) * 100),
  };
}
