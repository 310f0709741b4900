export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A day of life begins when the city is at its quietest, so that little goes on across its edge. */
const DAY_BEGINS_AT_HOUR = 4;

/**
 * Days of life by number (0 is 1 January 1970), from four in the morning to four in the morning, in a zone that is a
 * fixed time away from UTC: of a zone with summer time the offset of `at` is taken.
 */
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
    this.#offsetMs = Math.round((local - at) / MINUTE_MS) * MINUTE_MS;
  }

  dayOf(at: number): number {
    return Math.floor((at + this.#offsetMs - DAY_BEGINS_AT_HOUR * HOUR_MS) / DAY_MS);
  }

  /** Four in the morning. */
  startOf(day: number): number {
    return this.atHour(day, DAY_BEGINS_AT_HOUR);
  }

  /** A moment by hours after the day's midnight; hours from 24 on lie in the night after it. */
  atHour(day: number, hour: number): number {
    return Math.round(day * DAY_MS + hour * HOUR_MS - this.#offsetMs);
  }

  /** Hours since midnight, 0 to 24. */
  hourOf(at: number): number {
    const local = at + this.#offsetMs;
    return (local - Math.floor(local / DAY_MS) * DAY_MS) / HOUR_MS;
  }

  isWeekend(day: number): boolean {
    // Day 0 was a Thursday.
    const weekday = (((day + 4) % 7) + 7) % 7;
    return weekday === 0 || weekday === 6;
  }

  /** Local date and time as YYYYMMDD and HHMMSS. */
  nameOf(at: number): { readonly date: string; readonly time: string } {
    const text = new Date(at + this.#offsetMs).toISOString();
    return { date: text.slice(0, 10).replaceAll('-', ''), time: text.slice(11, 19).replaceAll(':', '') };
  }
}
