import { seededRandom } from '../seeded-random.ts';
import { SHIFT_BEGINS, SHIFT_HOURS } from '../shifts.ts';
import { MINUTE_MS, type Calendar } from './calendar.ts';
import type { Person } from './people.ts';

/** From check-in to check-out, milliseconds since 1970. */
export interface Duty {
  readonly from: number;
  readonly to: number;
}

/** The fifth of a station works when most happens. */
const PEAK_CREW = 4;

/**
 * The duty that somebody begins on a day (from four in the morning on); undefined on a day off. Volunteers come in
 * the evening above all, sentries and officers in three shifts with a few minutes of overlap, grid workers in office hours.
 * Two duties of one person never touch.
 */
export function dutyOf(person: Person, day: number, calendar: Calendar, seed: number): Duty | undefined {
  const random = seededRandom(seed, `duty/${person.id}/${day}`);
  const isWeekend = calendar.isWeekend(day);
  const hours = (from: number, length: number): Duty => ({
    from: calendar.atHour(day, from),
    to: calendar.atHour(day, from + length),
  });
  switch (person.kind) {
    case 'volunteer': {
      const mood = seededRandom(seed, `turnout/${day}`).between(0.93, 1.08);
      const [evening, daytime, night] = isWeekend ? [0.25, 0.2, 0.052] : [0.25, 0.085, 0.048];
      const which = random.next() / mood;
      if (which < evening) return hours(bounded(random.normal(18.4, 0.6), 16.8, 21), random.between(2.2, 4));
      if (which < evening + daytime) return hours(random.between(6.6, 15.4), random.between(2, 4));
      if (which < evening + daytime + night)
        return hours(random.between(21.4, 22.8), random.between(4.4, 6.8));
      return undefined;
    }
    case 'sentry':
      return shift(person, day, calendar, random.next());
    case 'officer':
      if (person.crew !== PEAK_CREW)
        return random.chance(0.03) ? undefined : shift(person, day, calendar, random.next());
      return random.chance(2 / 7) ? undefined : hours(random.normal(13.6, 0.1), random.between(8.6, 9));
    case 'gridWorker':
      if (random.chance(isWeekend ? 0.7 : 0.05)) return undefined;
      return hours(bounded(random.normal(8.3, 0.15), 7.5, 9), random.between(8.6, 9.6));
  }
}

function shift(
  { crew, shiftLater }: Person,
  day: number,
  calendar: Calendar,
  share: number,
): Duty | undefined {
  // A crew works them in this order; its fourth day is off.
  const usual = SHIFT_BEGINS[(((day + crew) % 4) + 4) % 4];
  if (usual === undefined) return undefined;
  const begins = usual + shiftLater;
  const from = calendar.atHour(day, begins);
  return {
    from: Math.round(from - (1 + 7 * share) * MINUTE_MS),
    to: Math.round(calendar.atHour(day, begins + SHIFT_HOURS) + (9 - 8 * share) * MINUTE_MS),
  };
}

const bounded = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
