import type { FlatMap } from '../life/flat-map.ts';
import { SECOND_MS } from '../life/calendar.ts';

/** The API takes no larger batch. */
export const MOST_FIXES = 20_000;

/** Fixes in columns, as the positions API takes them. */
export class FixBatch {
  readonly #map: FlatMap;
  readonly #responders: string[] = [];
  readonly #whoOf = new Map<string, number>();
  readonly #who: number[] = [];
  readonly #lng: number[] = [];
  readonly #lat: number[] = [];
  readonly #fixAt: number[] = [];
  readonly #deviceAt: (number | null)[] = [];
  #isAnyHeld = false;

  constructor(map: FlatMap) {
    this.#map = map;
  }

  get count(): number {
    return this.#who.length;
  }

  /** `x`, `y` in metres of the flat map; `sentAt` is 0 where the phone sent at once, else milliseconds since 1970. */
  add(responderId: string, atSecond: number, x: number, y: number, sentAt: number): void {
    let who = this.#whoOf.get(responderId);
    if (who === undefined) {
      who = this.#responders.length;
      this.#responders.push(responderId);
      this.#whoOf.set(responderId, who);
    }
    this.#who.push(who);
    this.#lng.push(this.#map.lngOf(x));
    this.#lat.push(this.#map.latOf(y));
    this.#fixAt.push(atSecond * SECOND_MS);
    this.#deviceAt.push(sentAt === 0 ? null : sentAt);
    if (sentAt !== 0) this.#isAnyHeld = true;
  }

  toJson(key: string | undefined): string {
    return JSON.stringify({
      key,
      responders: this.#responders,
      who: this.#who,
      lng: this.#lng,
      lat: this.#lat,
      fixAt: this.#fixAt,
      deviceAt: this.#isAnyHeld ? this.#deviceAt : undefined,
    });
  }
}
