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

export type MonthCounterName = keyof typeof MONTH_COUNTERS;

export interface MonthFigures {
  readonly diversion: Share | undefined;
  readonly hazardsOpen: number;
  readonly counters: readonly {
    readonly name: MonthCounterName;
    readonly count: number;
    /** The same days of the month before; undefined where history does not hold them all. */
    readonly before: number | undefined;
  }[];
}

/** @param month counts of MONTH_COUNTERS in their order */
export const monthFigures = (
  month: MonthCounts,
  diversion: Share | undefined,
  hazardsOpen: number,
): MonthFigures => ({
  diversion,
  hazardsOpen,
  counters: (Object.keys(MONTH_COUNTERS) as MonthCounterName[]).map((name, index) => ({
    name,
    count: month.counts[index] ?? 0,
    before: month.before === undefined ? undefined : Math.round(month.before[index] ?? 0),
  })),
});
