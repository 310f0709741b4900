import type { EpochMs } from '@maplewall/shared/domain/units.ts';

export interface DaySpan {
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

/** The address of two days beside each other: of one that is not over, both only up to the same time of day. */
export function compareAddress(own: DaySpan, other: DaySpan, now: EpochMs): string {
  const elapsed = Math.min(own.endsAt, now) - own.startsAt;
  const isOver = own.endsAt <= now;
  const range = ({ startsAt, endsAt }: DaySpan): string => {
    const to = isOver ? endsAt : Math.min(endsAt, startsAt + elapsed);
    return `${new Date(startsAt).toISOString()}/${new Date(to).toISOString()}`;
  };
  return `/api/history/compare?${new URLSearchParams({ a: range(other), b: range(own) }).toString()}`;
}
