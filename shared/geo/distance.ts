import { metres, type Metres } from '../domain/units.ts';

/** Mean radius of the Earth (IUGG). */
const EARTH_RADIUS_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Great-circle distance between two points in degrees, WGS84 taken as a sphere (error below 0.6 %). */
export function distanceMetres(lngA: number, latA: number, lngB: number, latB: number): Metres {
  const north = Math.sin(((latB - latA) * RADIANS) / 2) ** 2;
  const east = Math.sin(((lngB - lngA) * RADIANS) / 2) ** 2;
  const part = north + Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS) * east;
  return metres(2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(part))));
}
