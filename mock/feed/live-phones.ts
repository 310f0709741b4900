import { seededRandom, type Random } from '../seeded-random.ts';
import type { Life } from '../life/life.ts';
import type { Person } from '../life/people.ts';
import { FULL_RATE_SECONDS, Phone } from '../life/phone.ts';
import type { Chronicle } from './chronicle.ts';

/** A fix on its way. */
export interface SentFix {
  readonly person: Person;
  readonly atSecond: number;
  readonly x: number;
  readonly y: number;
  /** 0, or when the phone could send at last, in milliseconds since 1970. */
  readonly sentAt: number;
}

/** A phone that did not hear the answer sends its fix again. */
const REPEATED_SHARE = 0.002;

/** The phones of everybody on duty, as their fixes arrive: some late, after newer ones, and some twice. */
export class LivePhones {
  readonly #life: Life;
  readonly #chronicle: Chronicle;
  readonly #seed: number;
  readonly #random: Random;
  #phones: readonly Phone[] = [];
  #dayEnd = -Infinity;
  #until: number;
  #held: SentFix[] = [];

  /** Fixes from the moment `from` on. */
  constructor(life: Life, chronicle: Chronicle, seed: number, from: number) {
    this.#life = life;
    this.#chronicle = chronicle;
    this.#seed = seed;
    this.#random = seededRandom(seed, 'live phones');
    this.#until = from;
  }

  /** What arrives before a moment and after the one of the last call. */
  arrivingUntil(until: number): readonly SentFix[] {
    const arriving: SentFix[] = [];
    while (this.#until < until) {
      if (this.#until >= this.#dayEnd) this.#beginDay();
      const part = Math.min(until, this.#dayEnd);
      for (const phone of this.#phones)
        phone.runUntil(part, (person, atSecond, x, y, heldUntil) => {
          const fix = { person, atSecond, x, y, sentAt: heldUntil };
          if (heldUntil > part) this.#held.push(fix);
          else arriving.push(fix);
        });
      this.#until = part;
    }
    this.#phones = this.#phones.filter((phone) => !phone.isOver);
    arriving.push(...this.#held.filter(({ sentAt }) => sentAt <= until));
    this.#held = this.#held.filter(({ sentAt }) => sentAt > until);
    return [...arriving, ...arriving.filter(() => this.#random.chance(REPEATED_SHARE))];
  }

  #beginDay(): void {
    const { day, stretches } = this.#chronicle.dayAt(this.#until);
    this.#dayEnd = this.#life.calendar.startOf(day + 1);
    this.#phones = stretches
      .filter(({ to }) => to > this.#until)
      .map((stretch) => new Phone(stretch, FULL_RATE_SECONDS, this.#seed));
    for (const phone of this.#phones) phone.runUntil(this.#until);
  }
}
