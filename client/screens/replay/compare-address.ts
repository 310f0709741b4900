import type { EpochMs } from '@maplewall/shared/domain/units.ts';

export interface DaySpan {
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

/** The address of two days beside each other: if one is not over, both only up to the same time of day. */
export function compareAddress(own: DaySpan, other: DaySpan, now: EpochMs): string {
  const running = [own, other].find(({ endsAt }) => endsAt > now);
  const elapsed = running === undefined ? Number.POSITIVE_INFINITY : now - running.startsAt;
  const range = ({ startsAt, endsAt }: DaySpan): string => {
    const to = Math.min(endsAt, startsAt + elapsed);
    return `${new Date(startsAt).toISOString()}/${new Date(to).toISOString()}`;
  };
  return `/api/history/compare?${new URLSearchParams({ a: range(other), b: range(own) }).toString()}`;
}
