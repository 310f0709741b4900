import { epochMs, minuteOf, startOfMinute, type EpochMs } from '@maplewall/shared/domain/units.ts';

const MINUTE_MS = 60_000;
/** A minute is sealed some seconds after it is over. */
const MINUTES_BACK = 2;

/**
 * The moment that is asked about, and what is told where history does not have its minute yet, since it runs or has only just
 * ended: the last moments of the minutes before, the newest first. Of an older moment nothing else is told, nor of one to come.
 */
export function momentsToTry(at: EpochMs, now: EpochMs): readonly EpochMs[] {
  const minute = startOfMinute(minuteOf(at));
  const isRecent = at <= now && minute >= startOfMinute(minuteOf(now)) - MINUTE_MS;
  const before = Array.from({ length: MINUTES_BACK }, (_, back) => epochMs(minute - back * MINUTE_MS - 1));
  return isRecent ? [at, ...before] : [at];
}
