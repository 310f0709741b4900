import { seededRandom, type Random } from '../seeded-random.ts';
import { SECOND_MS } from './calendar.ts';
import type { Itinerary } from './itinerary.ts';
import type { Person } from './people.ts';
import type { Stretch } from './stretch.ts';

/** How often the app measures while its owner moves: as phones do, or once a minute for days long past. */
export const FULL_RATE_SECONDS = 5;
export const SPARSE_RATE_SECONDS = 60;
const STANDING_SECONDS = 60;

/** Among houses an error of so many metres each way that lasts about a minute (first-order Gauss–Markov). */
const SIGMA_METRES = 3;
const TAU_SECONDS = 60;
const FADE = Array.from({ length: STANDING_SECONDS + 1 }, (_, seconds) => Math.exp(-seconds / TAU_SECONDS));
const FRESH = FADE.map((fade) => SIGMA_METRES * Math.sqrt(1 - fade * fade));

/** No signal in a building, or the phone asleep: now and then for a minute, seldom for ten. */
const BETWEEN_GAPS_SECONDS = 6_000;
const SLEEPING_SHARE = 0.08;
/** Where the app could measure but not send; what it measured comes when the gap is over. */
const HELD_SHARE = 0.35;
/** The last fix is sent before the check-out that ends its being taken. */
const BEFORE_CHECK_OUT_MS = 5 * SECOND_MS;

/** Takes what a phone sends; `heldUntil` is 0, or when a fix that had to wait is sent, in milliseconds since 1970. */
export type TakeFix = (person: Person, atSecond: number, x: number, y: number, heldUntil: number) => void;

/** The app of one person during one stretch. It runs forward only; the same stretch gives the same fixes. */
export class Phone {
  readonly #person: Person;
  readonly #itinerary: Itinerary;
  readonly #endSecond: number;
  readonly #everySeconds: number;
  readonly #random: Random;
  #second: number;
  #piece = 0;
  #errorX: number;
  #errorY: number;
  #gapFrom = 0;
  #gapTo = 0;
  #isHeld = false;

  constructor({ person, patrol, from, to }: Stretch, everySeconds: number, seed: number) {
    patrol.layOutUntil(to);
    this.#person = person;
    this.#itinerary = patrol.itinerary;
    this.#everySeconds = everySeconds;
    this.#random = seededRandom(seed, `phone/${person.id}/${from}/${everySeconds}`);
    this.#endSecond = Math.floor((to - BEFORE_CHECK_OUT_MS) / SECOND_MS);
    this.#second = Math.ceil(from / SECOND_MS) + 1 + this.#random.below(everySeconds);
    this.#errorX = this.#random.normal(0, SIGMA_METRES);
    this.#errorY = this.#random.normal(0, SIGMA_METRES);
    this.#drawGap(this.#second);
  }

  /** Whether nothing more will come. */
  get isOver(): boolean {
    return this.#second > this.#endSecond;
  }

  /** Hands over the fixes before a moment; without `take` they are passed over. */
  runUntil(at: number, take?: TakeFix): void {
    const end = Math.min(this.#endSecond, Math.ceil(at / SECOND_MS) - 1);
    while (this.#second <= end) {
      const second = this.#second;
      const ms = second * SECOND_MS;
      while (this.#itinerary.endOfPiece(this.#piece) <= ms) this.#piece += 1;
      const { x, y, isMoving } = this.#itinerary.inPiece(this.#piece, ms);
      while (second >= this.#gapTo) this.#drawGap(this.#gapTo);
      const isInGap = second >= this.#gapFrom;
      if (take !== undefined && (!isInGap || this.#isHeld))
        take(this.#person, second, x + this.#errorX, y + this.#errorY, isInGap ? this.#gapTo * SECOND_MS : 0);
      this.#second = this.#nextAfter(second, isMoving);
      this.#drift(this.#second - second);
    }
  }

  #nextAfter(second: number, isMoving: boolean): number {
    if (isMoving || this.#everySeconds === STANDING_SECONDS) return second + this.#everySeconds;
    // The first step wakes the app.
    const leaves = Math.ceil(this.#itinerary.endOfPiece(this.#piece) / SECOND_MS) + 1;
    return Math.min(second + STANDING_SECONDS, Math.max(second + this.#everySeconds, leaves));
  }

  #drift(seconds: number): void {
    const fade = FADE[seconds] ?? 0;
    const fresh = FRESH[seconds] ?? SIGMA_METRES;
    // Both numbers of Box and Muller's pair are used.
    const radius = fresh * Math.sqrt(-2 * Math.log(1 - this.#random.next()));
    const angle = 2 * Math.PI * this.#random.next();
    this.#errorX = fade * this.#errorX + radius * Math.cos(angle);
    this.#errorY = fade * this.#errorY + radius * Math.sin(angle);
  }

  #drawGap(after: number): void {
    this.#gapFrom = after + this.#random.exponential(BETWEEN_GAPS_SECONDS);
    const isAsleep = this.#random.chance(SLEEPING_SHARE);
    const seconds = isAsleep ? this.#random.between(240, 720) : this.#random.between(20, 120);
    this.#gapTo = Math.ceil(this.#gapFrom + seconds);
    // What could not be sent before the check-out is lost.
    this.#isHeld = !isAsleep && this.#random.chance(HELD_SHARE) && this.#gapTo <= this.#endSecond;
  }
}
