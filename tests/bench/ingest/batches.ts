import { Walkers } from '../support/walkers.ts';
import { toRequest } from './http-lane.ts';

/** A batch holds one second of so many people. */
export const FIXES_PER_BATCH = 1_000;
const PEOPLE = 20_000;

/** Batches of positions in columns, ready to be sent: person by person, second by second. */
export class Batches {
  readonly #walkers = new Walkers(PEOPLE);
  readonly #key: string;
  #second: number;
  #ready: Buffer[] = [];

  constructor(key: string, firstSecond: number) {
    this.#key = key;
    this.#second = firstSecond;
  }

  take(count: number): Buffer[] {
    while (this.#ready.length < count) this.#makeSecond();
    return this.#ready.splice(0, count);
  }

  #makeSecond(): void {
    const fixes = this.#walkers.step(this.#second);
    const who = Array.from({ length: FIXES_PER_BATCH }, (_, index) => index);
    const fixAt = who.map(() => this.#second * 1_000);
    const speed = who.map(() => 1.4);
    for (let first = 0; first < PEOPLE; first += FIXES_PER_BATCH) {
      const degrees = (column: Int32Array): number[] =>
        Array.from(column.subarray(first, first + FIXES_PER_BATCH), (e5) => e5 / 100_000);
      const body = JSON.stringify({
        responders: this.#walkers.ids.slice(first, first + FIXES_PER_BATCH),
        who,
        lng: degrees(fixes.lngE5),
        lat: degrees(fixes.latE5),
        fixAt,
        speed,
      });
      const headers = [`authorization: Bearer ${this.#key}`, 'content-type: application/json'];
      this.#ready.push(toRequest('POST', '/api/ingest/positions', headers, body));
    }
    this.#second += 1;
  }
}
