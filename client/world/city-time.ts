import type { EpochMs } from '@maplewall/shared/domain/units.ts';

/** The shortest day, on which clocks are put forward, is not over by then. */
const SURELY_THE_DAY_MS = 22 * 3_600_000;

/** Times as the city's clocks show them, whatever zone this browser stands in. */
export class CityTime {
  readonly #parts: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #weekday: Intl.DateTimeFormat;
  #startOfDay = Number.NEGATIVE_INFINITY;

  constructor(timeZone: string, language: string) {
    this.#parts = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    this.#date = new Intl.DateTimeFormat(language, {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'short',
    });
    // 周一, Monday: as each stands in a sentence.
    this.#weekday = new Intl.DateTimeFormat(language, {
      timeZone,
      weekday: language.startsWith('zh') ? 'short' : 'long',
    });
  }

  /** HH:MM:SS. */
  clock(at: EpochMs): string {
    const { hour, minute, second } = this.#read(at);
    return `${hour}:${minute}:${second}`;
  }

  /** HH:MM. */
  minute(at: EpochMs): string {
    return this.clock(at).slice(0, 5);
  }

  /** YYYY-MM-DD. */
  day(at: EpochMs): string {
    const { year, month, day } = this.#read(at);
    return `${year}-${month}-${day}`;
  }

  /** The date in words of the language, with the weekday. */
  date(at: EpochMs): string {
    return this.#date.format(at);
  }

  /** The weekday in words of the language. */
  weekday(at: EpochMs): string {
    return this.#weekday.format(at);
  }

  /** Hour of the day, 0–23. */
  hour(at: EpochMs): number {
    return Number(this.#read(at).hour);
  }

  /** The day's first moment, where no clock change lies between it and `at`. */
  startOfDay(at: EpochMs): number {
    // Asked for several times a second; no day is shorter.
    if (at >= this.#startOfDay && at < this.#startOfDay + SURELY_THE_DAY_MS) return this.#startOfDay;
    this.#startOfDay = this.#readStartOfDay(at);
    return this.#startOfDay;
  }

  #readStartOfDay(at: EpochMs): number {
    const { hour, minute, second } = this.#read(at);
    const sinceMidnight =
      (Number(hour) * 3_600 + Number(minute) * 60 + Number(second)) * 1_000 + (at % 1_000);
    return at - sinceMidnight;
  }

  #read(at: EpochMs): Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>> {
    const found = { year: '', month: '', day: '', hour: '', minute: '', second: '' };
    for (const { type, value } of this.#parts.formatToParts(at))
      if (type in found) found[type as 'hour'] = value;
    return found;
  }
}
