import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { ReplayDay } from '../replay/use-replay-day.ts';

/** What is known of a side at the moment that it shows; undefined for what is not worked out. */
export interface SideFigures {
  readonly open: number | undefined;
  /** Since the stretch began. */
  readonly received: number | undefined;
  readonly onDuty: number | undefined;
  /** Of the buildings, how many somebody reaches in half a minute. */
  readonly coveragePercent: number | undefined;
}

/** A figure by the minute says nothing of a moment that lies further behind it. */
const LONGEST_MS = 5 * 60_000;

function lastOf<T extends { readonly at: EpochMs }>(course: readonly T[], at: EpochMs): T | undefined {
  const found = course.findLast((one) => one.at <= at);
  return found !== undefined && at - found.at <= LONGEST_MS ? found : undefined;
}

export function figuresOf(
  day: Pick<ReplayDay, 'whole' | 'incidents' | 'coverage' | 'staff'> | undefined,
  at: EpochMs,
  open: number | undefined,
): SideFigures {
  const share = day && lastOf(day.coverage, at)?.share;
  return {
    open,
    received: day?.incidents.filter((incident) => incident.at >= day.whole.from && incident.at <= at).length,
    onDuty: day && lastOf(day.staff, at)?.people,
    coveragePercent: share === undefined ? undefined : Math.round(100 * share),
  };
}
