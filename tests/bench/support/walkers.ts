import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { FixColumns } from '@maplewall/shared/domain/position.ts';
import { seededRandom } from './seeded-random.ts';

/** Somewhere in the middle of the made-up city of tests. */
const CENTRE_LNG_E5 = 12_055_000;
const CENTRE_LAT_E5 = 2_755_000;
const SPREAD_E5 = 8_000;
const STEP_E5 = 1.4;
const TURN_RADIANS = 0.5;
/** Each fix lies up to so far beside the truth on each axis, most of them nearer. */
const NOISE_E5 = 4;

/** People who walk about at 1.4 m/s; each step is a second of all of them. */
export class Walkers {
  readonly ids: readonly ResponderId[];
  readonly #random = seededRandom(20_261_123);
  readonly #lngE5: Float64Array;
  readonly #latE5: Float64Array;
  readonly #heading: Float64Array;

  constructor(count: number) {
    this.ids = Array.from({ length: count }, (_, index) => `volunteer-${index}` as ResponderId);
    const scattered = (centre: number): Float64Array =>
      Float64Array.from(this.ids, () => centre + (this.#random() * 2 - 1) * SPREAD_E5);
    this.#lngE5 = scattered(CENTRE_LNG_E5);
    this.#latE5 = scattered(CENTRE_LAT_E5);
    this.#heading = Float64Array.from(this.ids, () => this.#random() * Math.PI * 2);
  }

  /** One second later: everybody has moved, and has a fix of `second`. */
  step(second: number): FixColumns {
    const count = this.ids.length;
    for (let index = 0; index < count; index += 1) {
      const heading = (this.#heading[index] ?? 0) + (this.#random() - 0.5) * TURN_RADIANS;
      this.#heading[index] = heading;
      this.#lngE5[index] = (this.#lngE5[index] ?? 0) + Math.cos(heading) * STEP_E5;
      this.#latE5[index] = (this.#latE5[index] ?? 0) + Math.sin(heading) * STEP_E5;
    }
    const noisy = (truth: number): number =>
      Math.round(truth + (this.#random() + this.#random() - 1) * NOISE_E5);
    return {
      count,
      responders: this.ids,
      who: Uint32Array.from({ length: count }, (_, index) => index),
      lngE5: Int32Array.from(this.#lngE5, noisy),
      latE5: Int32Array.from(this.#latE5, noisy),
      fixAtSeconds: new Uint32Array(count).fill(second),
      deviceAtSeconds: new Uint32Array(count),
      speed: new Uint16Array(count).fill(14),
      course: new Uint16Array(count).fill(90),
      accuracy: new Uint16Array(count).fill(5),
      battery: new Uint8Array(count).fill(80),
    };
  }
}
