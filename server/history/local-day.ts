import { DateTime } from 'luxon';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';

const DAY_MS = 86_400_000;

/** A day of the city's calendar: 23, 24 or 25 hours. */
export interface LocalDay {
  readonly day: string;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

/** The day named YYYY-MM-DD in a time zone; undefined when there is no such day. */
export function localDay(day: string, timeZone: string): LocalDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const start = firstMoment(DateTime.fromISO(day, { zone: timeZone }));
  if (!start.isValid || start.toISODate() !== day) return undefined;
  // Its noon is the same clock time as the next day's, whatever its midnights are.
  const next = firstMoment(start.set({ hour: 12 }).plus({ days: 1 }));
  return { day, startsAt: epochMs(start.toMillis()), endsAt: epochMs(next.toMillis()) };
}

/** The first moment of a day: its midnight, the first of two (Havana), or the hour after one that it has not (Cairo). */
function firstMoment(within: DateTime): DateTime {
  const start = within.startOf('day');
  const before = start.minus({ hours: 1 });
  return before.toISODate() === start.toISODate() ? before : start;
}

/** The day in which a moment lies. */
export function localDayOf(at: EpochMs, timeZone: string): LocalDay {
  const name = DateTime.fromMillis(at, { zone: timeZone }).toISODate();
  const day = name === null ? undefined : localDay(name, timeZone);
  if (day === undefined) throw new Error(`${timeZone} has no day at ${at}`);
  return day;
}

/** The same weekday so many weeks before. */
export function weeksBefore({ startsAt }: LocalDay, weeks: number, timeZone: string): LocalDay {
  const before = DateTime.fromMillis(startsAt, { zone: timeZone }).minus({ weeks });
  return localDayOf(epochMs(before.toMillis()), timeZone);
}

/** HH:MM of a moment of a day; '+1' behind the minutes that a clock change brings a second time. */
export function minuteName(at: EpochMs, timeZone: string): string {
  const local = DateTime.fromMillis(at, { zone: timeZone });
  const name = local.toFormat('HH:mm');
  const whole = local.toFormat('yyyy-MM-dd HH:mm');
  // By an hour nearly everywhere; by half of one on Lord Howe Island.
  const isSecond = [60, 30].some(
    (minutes) =>
      DateTime.fromMillis(at - minutes * 60_000, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm') === whole,
  );
  return isSecond ? `${name}+1` : name;
}

/** The same of a moment of this day, for a day's list of minutes: on one without a clock change the calendar is not asked. */
export function minuteNameIn({ startsAt, endsAt }: LocalDay, at: EpochMs, timeZone: string): string {
  if (endsAt - startsAt !== DAY_MS) return minuteName(at, timeZone);
  const minutes = Math.floor((at - startsAt) / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The moment of a minute's name within a day; undefined when the day has no such minute. */
export function momentOf(day: LocalDay, minute: string, timeZone: string): EpochMs | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(\+1)?$/.exec(minute);
  if (match === null) return undefined;
  const wanted = Number(match[1]) * 60 + Number(match[2]);
  // No clock change: counting is enough, and asking the calendar would take longer than reading the minute.
  if (day.endsAt - day.startsAt === DAY_MS)
    return match[3] === undefined ? epochMs(day.startsAt + wanted * 60_000) : undefined;
  // A clock change moves a minute by an hour, seldom by less; so its moment is one of these.
  for (const shift of [0, -60, 60, -30, 30]) {
    const at = epochMs(day.startsAt + (wanted + shift) * 60_000);
    if (at >= day.startsAt && at < day.endsAt && minuteName(at, timeZone) === minute) return at;
  }
  return undefined;
}
