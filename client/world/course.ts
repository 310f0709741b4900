/** One sample; `undefined` where nothing was known for a while, so that a line breaks there. */
export interface CourseSample {
  readonly at: number;
  readonly value: number | undefined;
}

/** A gap in time this many steps long breaks the course. */
const GAP_STEPS = 3;

/**
 * The course of one figure: a ring of fixed length, so that a page that lives for months does not grow. A step back in
 * time (a replay that was taken back) begins it anew.
 */
export class Course {
  readonly #stepMs: number;
  readonly #at: Float64Array;
  /** NaN for a break. */
  readonly #values: Float64Array;
  #next = 0;
  #count = 0;

  /** @param length samples kept · @param stepMs least time between two */
  constructor(length: number, stepMs: number) {
    this.#at = new Float64Array(length);
    this.#values = new Float64Array(length);
    this.#stepMs = stepMs;
  }

  /** Takes a sample; one that comes sooner than a step after the last is passed over. Answers whether it was taken. */
  take(at: number, value: number): boolean {
    if (this.#count > 0) {
      const last = this.#at[(this.#next + this.#at.length - 1) % this.#at.length] ?? 0;
      if (at < last) this.#count = 0;
      else if (at - last < this.#stepMs) return false;
      else if (at - last > GAP_STEPS * this.#stepMs) this.#put(last + this.#stepMs, Number.NaN);
    }
    this.#put(at, value);
    return true;
  }

  /** Oldest first. */
  samples(): readonly CourseSample[] {
    return Array.from({ length: this.#count }, (_, index) => {
      const place = (this.#next + this.#at.length - this.#count + index) % this.#at.length;
      const value = this.#values[place] ?? Number.NaN;
      return { at: this.#at[place] ?? 0, value: Number.isNaN(value) ? undefined : value };
    });
  }

  #put(at: number, value: number): void {
    this.#at[this.#next] = at;
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#at.length;
    this.#count = Math.min(this.#at.length, this.#count + 1);
  }
}
