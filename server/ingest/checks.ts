import type { FaultCode } from '@maplewall/shared/domain/fault.ts';
import { E5_PER_DEGREE } from '@maplewall/shared/domain/units.ts';

/** West, south, east, north in degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** ING6: clocks may differ by this much. */
export const MAX_AHEAD_MS = 5 * 60_000;
/** ING9: fixes younger than this are live: they need somebody on duty. */
export const LIVE_MS = 10 * 60_000;

const MAX_METRES_PER_SECOND = 300 / 3.6;
const METRES_PER_E5 = 111_195 / E5_PER_DEGREE;
const RADIANS_PER_E5 = Math.PI / 180 / E5_PER_DEGREE;

/** ING6, ING7: what is wrong with a place and a time, whoever was there. */
export function checkPlaceAndTime(
  lng: number,
  lat: number,
  fixAtMs: number,
  nowMs: number,
  bounds: Bounds,
): FaultCode | undefined {
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) return 'ingest.position.notANumber';
  if (lng === 0 && lat === 0) return 'ingest.position.nullIsland';
  if (lng < bounds[0] || lng > bounds[2] || lat < bounds[1] || lat > bounds[3])
    return 'ingest.position.outOfBounds';
  if (Number.isNaN(fixAtMs)) return 'ingest.time.unreadable';
  return fixAtMs > nowMs + MAX_AHEAD_MS ? 'ingest.time.future' : undefined;
}

/**
 * ING7: whether nobody on the ground gets from one place to the other in this time. On a plane, which is exact to
 * a few per cent over the distances where it matters; across the date line it takes the short way.
 */
export function isTooFast(
  fromLngE5: number,
  fromLatE5: number,
  toLngE5: number,
  toLatE5: number,
  seconds: number,
): boolean {
  const reach = (MAX_METRES_PER_SECOND * seconds) / METRES_PER_E5;
  const north = Math.abs(toLatE5 - fromLatE5);
  if (north > reach) return true;
  const apart = Math.abs(toLngE5 - fromLngE5);
  const east = Math.min(apart, 360 * E5_PER_DEGREE - apart) * Math.cos(fromLatE5 * RADIANS_PER_E5);
  return east * east + north * north > reach * reach;
}
