import type { MonthCounts, Share } from '../../stores/history-figures.ts';
import type { HourCounter } from '@maplewall/shared/world/hour-counts.ts';

/** Share of non-police incidents that Longgang diverted, by the article; the mark to compare with. */
export const ARTICLE_DIVERSION_PERCENT = 42.88;
/** Of fewer non-police incidents than this no share is told. */
export const LEAST_NON_POLICE = 20;

/** Counters of the month, in the order in which they stand. */
export const MONTH_COUNTERS = {
  disputes: 'dispute',
  hazards: 'hazard.resolved',
  services: 'service',
  requests: 'request.settled',
} as const satisfies Record<string, HourCounter>;

/** One of these has been heard of where somebody counts, so that 0 is known. */
const COUNTED_BY: Readonly<Record<MonthCounterName, readonly HourCounter[]>> = {
  disputes: ['dispute'],
  hazards: ['hazard.found', 'hazard.resolved'],
  services: ['service'],
  requests: ['request.received', 'request.settled'],
};

export type MonthCounterName = keyof typeof MONTH_COUNTERS;

export interface MonthFigures {
  readonly diversion: Share | undefined;
  readonly hazardsOpen: number;
  readonly counters: readonly {
    readonly name: MonthCounterName;
    /** Undefined where nothing of the kind was ever heard of. */
    readonly count: number | undefined;
    /** The same days of the month before; undefined where history does not hold them all. */
    readonly before: number | undefined;
  }[];
}

/**
 * @param month counts of MONTH_COUNTERS in their order
 * @param isHeardOf whether any of these was ever counted
 */
export const monthFigures = (
  month: MonthCounts,
  diversion: Share | undefined,
  hazardsOpen: number,
  isHeardOf: (names: readonly HourCounter[]) => boolean,
): MonthFigures => ({
  diversion,
  hazardsOpen,
  counters: (Object.keys(MONTH_COUNTERS) as MonthCounterName[]).map((name, index) =>
    isHeardOf(COUNTED_BY[name])
      ? {
          name,
          count: month.counts[index] ?? 0,
          before: month.before === undefined ? undefined : Math.round(month.before[index] ?? 0),
        }
      : { name, count: undefined, before: undefined },
  ),
});
