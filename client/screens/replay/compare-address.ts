import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { DateTimeFault, momentInCity } from './moment-in-city.ts';
import type { Span } from './time-scale.ts';

/** A day, or some hours of one. */
export interface Stretch {
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

const DAY_MS = 86_400_000;
/** Parts of a day that are compared by one touch, in hours of the city's clock. */
export const DAY_PARTS = [
  [0, 6],
  [6, 12],
  [12, 18],
  [18, 24],
] as const;

/** Some hours of a day by the city's clock; what a clock change leaves out is not there. */
export function partOfDay(
  day: string,
  [from, to]: readonly [number, number],
  timeZone: string,
): Span | undefined {
  const begin = hourOf(day, from, timeZone);
  const end = to === 24 ? hourOf(dayAfter(day), 0, timeZone) : hourOf(day, to, timeZone);
  return begin === undefined || end === undefined ? undefined : { from: begin, to: end };
}

function hourOf(day: string, hour: number, timeZone: string): EpochMs | undefined {
  const moment = momentInCity(day, `${String(hour).padStart(2, '0')}:00`, timeZone);
  return moment instanceof DateTimeFault ? undefined : moment;
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** Whether a stretch goes on behind the midnight of the day on which it begins, where the page of two maps ends. */
export function passesMidnight({ startsAt, endsAt }: Stretch, day: string, timeZone: string): boolean {
  const midnight = hourOf(dayAfter(day), 0, timeZone);
  return midnight !== undefined && startsAt < midnight && endsAt > midnight;
}

/** As long as a passage, from a time of the city's clock on another day; undefined where that names no moment. */
export function stretchOn(
  day: string,
  clock: string,
  { from, to }: Span,
  timeZone: string,
): Stretch | undefined {
  if (!/^\d{2}:\d{2}(:\d{2})?$/.test(clock)) return undefined;
  const startsAt = momentInCity(day, clock, timeZone);
  return startsAt instanceof DateTimeFault
    ? undefined
    : { startsAt, endsAt: epochMs(startsAt + (to - from)) };
}

/**
 * The address of two stretches beside each other: if one is not over, both only as far as it has come; undefined where one
 * has not begun.
 */
export function compareAddress(own: Stretch, other: Stretch, now: EpochMs): string | undefined {
  const elapsed = Math.min(
    ...[own, other].map(({ startsAt, endsAt }) => (endsAt > now ? now - startsAt : Number.POSITIVE_INFINITY)),
  );
  if (elapsed <= 0) return undefined;
  const range = ({ startsAt, endsAt }: Stretch): string => {
    const to = Math.min(endsAt, startsAt + elapsed);
    return `${new Date(startsAt).toISOString()}/${new Date(to).toISOString()}`;
  };
  return `/api/history/compare?${new URLSearchParams({ a: range(other), b: range(own) }).toString()}`;
}

/** The moment shown, kept within the stretch that it is of and `until`, and the one as long since the other began. */
export function momentsBeside(
  own: Stretch,
  other: Stretch,
  shownAt: EpochMs,
  until: EpochMs | undefined,
): { readonly own: EpochMs; readonly other: EpochMs } {
  const at = Math.max(own.startsAt, Math.min(shownAt, until ?? own.endsAt));
  return { own: epochMs(at), other: epochMs(at - own.startsAt + other.startsAt) };
}

/** Words of an address that hold on the page of two maps as well. */
const KEPT_WORDS = ['lang', 'theme', 'visitor', 'width', 'farthest', 'look', 'debug', 'as'];

/** The page that plays two stretches beside each other; each as `2026-11-20T18:00:00`, `seconds` long. */
export function besideAddress(
  other: { readonly day: string; readonly clock: string },
  own: { readonly day: string; readonly clock: string },
  seconds: number,
  search: string,
): string {
  const words = new URLSearchParams(
    [...new URLSearchParams(search)].filter(([word]) => KEPT_WORDS.includes(word)),
  );
  words.set('seconds', String(Math.round(seconds)));
  return `/compare/${other.day}T${other.clock}/${own.day}T${own.clock}?${words.toString()}`;
}
