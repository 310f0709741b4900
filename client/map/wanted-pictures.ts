import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { CLOCK_RING_SECONDS } from '../world/ring-state.ts';
import type { WantedPictures } from './frame-loop.ts';
import { picturesPerSecond } from './frame-pace.ts';
import type { MapOptions } from './map-handle.ts';

/** A new incident arrives with a short movement, seen best at full rate. */
const ARRIVAL_SECONDS = 0.5;
const RING_PICTURES_PER_SECOND = 12;
/** Ageing is seen within a second. */
const AGEING_PICTURES_PER_SECOND = 1;

/** Time that stands (a replay that is paused, or waits) is looked at again so often. */
const LOOKS_PER_SECOND = 5;

/**
 * How often the marks have to be drawn now, and what for; undefined before there is a world. `stoodAt` is the moment
 * that the last two pictures showed, if they showed the same: a third one would look no different.
 */
export function wantedPictures(
  { clientWorld, now, pace }: Pick<MapOptions, 'clientWorld' | 'now' | 'pace'>,
  metresPerPixel: number,
  stoodAt: EpochMs | undefined,
): WantedPictures {
  const speed = pace?.() ?? 1;
  const at = now();
  if (clientWorld.version === 0) return undefined;
  if (at === stoodAt || speed === 0) return { reason: undefined, perSecond: LOOKS_PER_SECOND };
  const { motion, incidentMarks, clock } = clientWorld;
  const seconds = clock.toSeconds(at);
  const { floats, count } = incidentMarks.table;
  let isRinging = false;
  for (let row = 0; row < count; row++) {
    const received = floats[row * 8 + 2] ?? 0;
    const firstShown = floats[row * 8 + 5] ?? 0;
    if (seconds - firstShown < ARRIVAL_SECONDS) return { reason: 'arrival', perSecond: 60 };
    isRinging ||= seconds - received < CLOCK_RING_SECONDS + 1;
  }
  const ring = isRinging ? Math.min(60, RING_PICTURES_PER_SECOND * speed) : 0;
  const motionRate = motion.isMoving(at)
    ? picturesPerSecond(motion.fastestMetresPerSecond * speed, metresPerPixel)
    : 0;
  if (motionRate >= ring && motionRate > 0) return { reason: 'motion', perSecond: motionRate };
  if (ring > 0) return { reason: 'ring', perSecond: ring };
  if (motion.table.count > 0 || count > 0) return { reason: 'ageing', perSecond: AGEING_PICTURES_PER_SECOND };
  return undefined;
}
