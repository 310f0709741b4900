import { seededRandom } from '../seeded-random.ts';
import type { Person } from './people.ts';

/** Milliseconds; `to` is the moment of check-out. */
export interface Duty {
  readonly from: number;
  readonly to: number;
}

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Days of the city's calendar by number, for a zone that is a fixed time away from UTC. */
export class Calendar {
  readonly #offsetMs: number;

  constructor(timeZone: string, at: number) {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(at);
    const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0);
    const local = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    this.#offsetMs = Math.round((local - at) / 60_000) * 60_000;
  }

  dayOf(at: number): number {
    return Math.floor((at + this.#offsetMs) / DAY_MS);
  }

  startOf(day: number): number {
    return day * DAY_MS - this.#offsetMs;
  }

  isWeekend(day: number): boolean {
    // Day 0, 1 January 1970, was a Thursday.
    const weekday = (((day + 4) % 7) + 7) % 7;
    return weekday === 0 || weekday === 6;
  }

  /** YYYYMMDD. */
  nameOf(day: number): string {
    return new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
  }
}

/**
 * When a person is on duty on a day; undefined for a day off. Volunteers come mostly in the evening, sentries and
 * officers in three shifts, grid workers in office hours. A duty may end on the next day.
 */
export function dutyOf(person: Person, day: number, calendar: Calendar, seed: number): Duty | undefined {
  const random = seededRandom(seed, `duty/${person.id}/${day}`);
  const start = calendar.startOf(day);
  const weekend = calendar.isWeekend(day);
  const duty = (fromHour: number, hours: number): Duty => {
    const from = Math.round(start + fromHour * HOUR_MS);
    return { from, to: Math.round(from + hours * HOUR_MS) };
  };
  switch (person.kind) {
    case 'volunteer': {
      if (!random.chance(weekend ? 0.42 : 0.31)) return undefined;
      const when = random.pickIndex(weekend ? [45, 45, 10] : [62, 28, 10]);
      if (when === 0) return duty(random.normal(18.6, 0.5), random.between(1.8, 3.6));
      if (when === 1) return duty(random.between(7.5, 15), random.between(2, 4));
      return duty(random.between(21.5, 23), random.between(3, 6));
    }
    case 'sentry':
      return duty(((person.shift + day) % 3) * 8 + random.normal(0, 0.06), 8 + random.normal(0, 0.05));
    case 'officer':
      return random.chance(0.08)
        ? undefined
        : duty(((person.shift + day) % 3) * 8 + random.normal(0.1, 0.08), 8);
    case 'gridWorker':
      return weekend && random.chance(0.7)
        ? undefined
        : duty(random.normal(8.4, 0.15), random.between(8.4, 9.4));
  }
}
