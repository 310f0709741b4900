import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { ReplayDay } from '../replay/use-replay-day.ts';

/** What is known of a side at the moment that it shows; undefined for what is not worked out. */
export interface SideFigures {
  readonly open: number | undefined;
  /** Since the stretch began. */
  readonly received: number | undefined;
  readonly onDuty: number | undefined;
  /** The share of buildings that somebody reaches in half a minute. */
  readonly coverage: number | undefined;
}

/** A figure by the minute says nothing of a moment that lies further behind it. */
const LONGEST_MS = 5 * 60_000;

function lastOf<T extends { readonly at: EpochMs }>(course: readonly T[], at: EpochMs): T | undefined {
  const found = course.findLast((one) => one.at <= at);
  return found !== undefined && at - found.at <= LONGEST_MS ? found : undefined;
}

export function figuresOf(
  day:
    | (Pick<ReplayDay, 'whole' | 'coverage' | 'staff'> & {
        readonly incidents: readonly { readonly at: EpochMs }[];
      })
    | undefined,
  at: EpochMs,
  open: number | undefined,
): SideFigures {
  return {
    open,
    received: day?.incidents.filter((incident) => incident.at >= day.whole.from && incident.at <= at).length,
    onDuty: day && lastOf(day.staff, at)?.people,
    coverage: day && lastOf(day.coverage, at)?.share,
  };
}
