import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { Course, type CourseSample } from './course.ts';
import type { Coverage, Reach } from './coverage.ts';

/** Coverage as it was measured last, and how it went. */
export interface CoverageNow extends Reach {
  readonly at: EpochMs;
  /** Of 100; undefined for a city without blocks. */
  readonly percent: number | undefined;
  readonly course: readonly CourseSample[];
}

const MEASURE_EVERY_MS = 5_000;
const COURSE_STEP_MS = 60_000;
/** Twelve hours by the minute. */
const COURSE_LENGTH = 720;

/** Measures coverage now and then and remembers how it went. */
export class CoverageWatch {
  readonly #coverage: Coverage;
  readonly #course = new Course(COURSE_LENGTH, COURSE_STEP_MS);
  #measuredMs = Number.NEGATIVE_INFINITY;
  #now: CoverageNow | undefined;

  constructor(coverage: Coverage) {
    this.#coverage = coverage;
  }

  /**
   * The last measurement, at most five seconds old.
   * @param at the moment shown · @param elapsedMs a clock that only goes forward
   */
  look(world: World, at: EpochMs, elapsedMs: number): CoverageNow {
    const known = this.#now;
    if (known !== undefined && elapsedMs - this.#measuredMs < MEASURE_EVERY_MS) return known;
    this.#measuredMs = elapsedMs;
    const reach = this.#coverage.measure(world, at);
    const percent = reach.blocks === 0 ? undefined : (100 * reach.covered) / reach.blocks;
    const taken = percent !== undefined && this.#course.take(at, percent);
    this.#now = {
      ...reach,
      at,
      percent,
      course: known === undefined || taken ? this.#course.samples() : known.course,
    };
    return this.#now;
  }
}
