import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { FixColumns } from '@maplewall/shared/domain/position.ts';
import type { FixRow } from './fix-row.ts';

/** Fixes of one minute, in columns that grow, on their way into one record. */
export class FixGroup {
  count = 0;
  readonly #responders: ResponderId[] = [];
  /** Place in the responder table of each name above. */
  readonly #places: number[] = [];
  readonly #whoOfPlace = new Map<number, number>();
  #capacity: number;
  #who: Uint32Array;
  #lngE5: Int32Array;
  #latE5: Int32Array;
  #fixAtSeconds: Uint32Array;
  #deviceAtSeconds: Uint32Array;
  #speed: Uint16Array;
  #course: Uint16Array;
  #accuracy: Uint16Array;
  #battery: Uint8Array;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#who = new Uint32Array(capacity);
    this.#lngE5 = new Int32Array(capacity);
    this.#latE5 = new Int32Array(capacity);
    this.#fixAtSeconds = new Uint32Array(capacity);
    this.#deviceAtSeconds = new Uint32Array(capacity);
    this.#speed = new Uint16Array(capacity);
    this.#course = new Uint16Array(capacity);
    this.#accuracy = new Uint16Array(capacity);
    this.#battery = new Uint8Array(capacity);
  }

  add(row: FixRow, place: number, lngE5: number, latE5: number, seconds: number): void {
    if (this.count === this.#capacity) this.#grow();
    let who = this.#whoOfPlace.get(place);
    if (who === undefined) {
      who = this.#responders.length;
      this.#responders.push(row.responderId as ResponderId);
      this.#places.push(place);
      this.#whoOfPlace.set(place, who);
    }
    const at = this.count;
    this.#who[at] = who;
    this.#lngE5[at] = lngE5;
    this.#latE5[at] = latE5;
    this.#fixAtSeconds[at] = seconds;
    this.#deviceAtSeconds[at] = row.deviceAtSeconds;
    this.#speed[at] = row.speed;
    this.#course[at] = row.course;
    this.#accuracy[at] = row.accuracy;
    this.#battery[at] = row.battery;
    this.count = at + 1;
  }

  /** The columns, cut to their length; nothing may be added afterwards. */
  columns(): FixColumns {
    const { count } = this;
    return {
      count,
      responders: this.#responders,
      who: this.#who.subarray(0, count),
      lngE5: this.#lngE5.subarray(0, count),
      latE5: this.#latE5.subarray(0, count),
      fixAtSeconds: this.#fixAtSeconds.subarray(0, count),
      deviceAtSeconds: this.#deviceAtSeconds.subarray(0, count),
      speed: this.#speed.subarray(0, count),
      course: this.#course.subarray(0, count),
      accuracy: this.#accuracy.subarray(0, count),
      battery: this.#battery.subarray(0, count),
    };
  }

  /** Calls `visit` with the place in the responder table and the second of each fix. */
  forEach(visit: (place: number, seconds: number) => void): void {
    for (let index = 0; index < this.count; index += 1)
      visit(this.#places[this.#who[index] ?? 0] ?? 0, this.#fixAtSeconds[index] ?? 0);
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    const grown = <T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(from: T, into: T): T => {
      into.set(from);
      return into;
    };
    this.#who = grown(this.#who, new Uint32Array(capacity));
    this.#lngE5 = grown(this.#lngE5, new Int32Array(capacity));
    this.#latE5 = grown(this.#latE5, new Int32Array(capacity));
    this.#fixAtSeconds = grown(this.#fixAtSeconds, new Uint32Array(capacity));
    this.#deviceAtSeconds = grown(this.#deviceAtSeconds, new Uint32Array(capacity));
    this.#speed = grown(this.#speed, new Uint16Array(capacity));
    this.#course = grown(this.#course, new Uint16Array(capacity));
    this.#accuracy = grown(this.#accuracy, new Uint16Array(capacity));
    this.#battery = grown(this.#battery, new Uint8Array(capacity));
    this.#capacity = capacity;
  }
}
