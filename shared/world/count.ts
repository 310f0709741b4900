import type { EpochMs } from '../domain/units.ts';
import { emptyHourCounts, HOUR_COUNTER_INDEX, type HourCounter } from './hour-counts.ts';
import { KEEP_HOURS, type World } from './world.ts';

const HOUR_MS = 3_600_000;

/** The first hour whose counts the world still keeps. */
export const firstKeptHour = (at: EpochMs): number => Math.floor(at / HOUR_MS) - KEEP_HOURS + 1;

/** Adds one to a counter of the hour of `at`; an hour that the world keeps no more counts nothing. */
export function count(world: World, counter: HourCounter, at: EpochMs): boolean {
  const hour = Math.floor(at / HOUR_MS);
  if (hour < firstKeptHour(world.at)) return false;
  let counts = world.hours.get(hour);
  if (counts === undefined) {
    counts = emptyHourCounts();
    world.hours.set(hour, counts);
  }
  const index = HOUR_COUNTER_INDEX.get(counter) ?? 0;
  counts[index] = (counts[index] ?? 0) + 1;
  return true;
}
