import type { Frame } from '@maplewall/shared/frame/frame.ts';
import { SlotTrack } from '@maplewall/shared/frame/prediction.ts';
import { fromE5 } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';

/** A position as a usual system sends it, one object for each update. */
export interface UsualFix {
  readonly id: string;
  readonly lng: number;
  readonly lat: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Metres a second and degrees from north; missing before the second fix. */
  readonly speed?: number;
  readonly course?: number;
  /** Metres. */
  readonly accuracy?: number;
}

const METRES_PER_E5 = 1.11195;

/** A fix that does not know yet whose it is. */
export type FixOfSlot = Omit<UsualFix, 'id'> & { readonly slot: number };

/**
 * The fixes of a frame as objects, made from what a viewer holds before it applies the frame. Speed and course, which
 * our viewer makes of two fixes, are said here, because a usual viewer is told them; so is an accuracy of 3 to 10 m
 * where `hasAccuracy`.
 */
export function toUsualFixes(
  before: World,
  { at, fixes, clearedSlots }: Frame,
  hasAccuracy: boolean,
): readonly FixOfSlot[] {
  const usual: FixOfSlot[] = [];
  const track = new SlotTrack();
  const cleared = new Set(clearedSlots);
  let tracked = -1;
  for (let row = 0; row < fixes.count; row += 1) {
    const slot = fixes.slot[row] ?? 0;
    if (slot !== tracked) {
      track.load(before.positions, slot);
      if (cleared.has(slot)) track.clear();
      tracked = slot;
    }
    const atSeconds = Math.floor(at / 1_000) - (fixes.ageSeconds[row] ?? 0);
    track.predict(atSeconds);
    const lngE5 = track.predictedLngE5 + (fixes.lngResidual[row] ?? 0);
    const latE5 = track.predictedLatE5 + (fixes.latResidual[row] ?? 0);
    usual.push({
      slot,
      lng: fromE5(lngE5),
      lat: fromE5(latE5),
      at: atSeconds * 1_000,
      ...(track.hasFix ? motion(track, lngE5, latE5, atSeconds) : {}),
      ...(hasAccuracy ? { accuracy: 3 + ((lngE5 + latE5 + atSeconds) % 8) } : {}),
    });
    track.take(lngE5, latE5, atSeconds);
  }
  return usual;
}

function motion(last: SlotTrack, lngE5: number, latE5: number, atSeconds: number) {
  const north = (latE5 - last.latE5) * METRES_PER_E5;
  const east = (lngE5 - last.lngE5) * METRES_PER_E5 * Math.cos((fromE5(latE5) * Math.PI) / 180);
  const speed = Math.hypot(north, east) / (atSeconds - last.fixAtSeconds);
  const course = (Math.atan2(east, north) * 180) / Math.PI;
  return { speed: Math.round(speed * 10) / 10, course: Math.round(course + 360) % 360 };
}
