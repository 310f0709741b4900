import type { PositionColumns } from '../world/world.ts';

/** Longest time, in seconds, over which somebody is thought to keep on moving. */
const LONGEST_SECONDS = 180;
/** A wait so many times as long as the last one means that the device has slowed down, because it stands. */
const LONGER_WAIT = 3;
/** A step shorter than this on both axes, in hundred-thousandths of a degree, is a device's noise; */
const LEAST_STEP_E5 = 4;
/** noise that is older than this many seconds is another one altogether, and steps between the two are wider. */
const NOISE_LASTS_SECONDS = 30;
const LEAST_LATE_STEP_E5 = 24;
/** Of a step shorter than this a tenth is noise, as seen on walkers whose fixes err by 3 m and come every 5 s. */
const SURE_STEP_E5 = 12;

/**
 * The last two fixes of one slot, and where its next one is expected. Integers and a fixed order of exact
 * operations only: every reader must expect the very same place.
 *
 *   previous ──step──► last ──(nearly) the same velocity──► predicted     when it walks
 *                      last = predicted                                  when it stands, or nothing is known
 */
export class SlotTrack {
  hasFix = false;
  lngE5 = 0;
  latE5 = 0;
  fixAtSeconds = 0;
  #hasPrevious = false;
  #previousLngE5 = 0;
  #previousLatE5 = 0;
  #previousFixAtSeconds = 0;
  predictedLngE5 = 0;
  predictedLatE5 = 0;

  /** Reads what the world holds of a slot. */
  load(positions: PositionColumns, slot: number): void {
    this.hasFix = positions.hasFix[slot] === 1;
    this.lngE5 = positions.lngE5[slot] ?? 0;
    this.latE5 = positions.latE5[slot] ?? 0;
    this.fixAtSeconds = positions.fixAtSeconds[slot] ?? 0;
    this.#hasPrevious = positions.hasPrevious[slot] === 1;
    this.#previousLngE5 = positions.previousLngE5[slot] ?? 0;
    this.#previousLatE5 = positions.previousLatE5[slot] ?? 0;
    this.#previousFixAtSeconds = positions.previousFixAtSeconds[slot] ?? 0;
  }

  /** Knows nothing, as after a check-in. */
  clear(): void {
    this.hasFix = false;
    this.#hasPrevious = false;
  }

  /** Sets `predicted…` for a fix measured at this time. Without a fix that is 0/0. */
  predict(fixAtSeconds: number): void {
    this.predictedLngE5 = this.hasFix ? this.lngE5 : 0;
    this.predictedLatE5 = this.hasFix ? this.latE5 : 0;
    if (!this.#hasPrevious) return;
    const stepLng = this.lngE5 - this.#previousLngE5;
    const stepLat = this.latE5 - this.#previousLatE5;
    const longest = Math.max(Math.abs(stepLng), Math.abs(stepLat));
    const before = this.fixAtSeconds - this.#previousFixAtSeconds;
    const ahead = fixAtSeconds - this.fixAtSeconds;
    if (longest < (before <= NOISE_LASTS_SECONDS ? LEAST_STEP_E5 : LEAST_LATE_STEP_E5)) return;
    if (before <= 0 || ahead <= 0 || before > LONGEST_SECONDS) return;
    if (ahead > LONGEST_SECONDS || ahead > before * LONGER_WAIT) return;
    const tenths = longest < SURE_STEP_E5 ? 9 : 10;
    this.predictedLngE5 += Math.round((stepLng * ahead * tenths) / (10 * before));
    this.predictedLatE5 += Math.round((stepLat * ahead * tenths) / (10 * before));
  }

  /** The next fix is known now. */
  take(lngE5: number, latE5: number, fixAtSeconds: number): void {
    this.#hasPrevious = this.hasFix;
    this.#previousLngE5 = this.lngE5;
    this.#previousLatE5 = this.latE5;
    this.#previousFixAtSeconds = this.fixAtSeconds;
    this.hasFix = true;
    this.lngE5 = lngE5;
    this.latE5 = latE5;
    this.fixAtSeconds = fixAtSeconds;
  }
}
