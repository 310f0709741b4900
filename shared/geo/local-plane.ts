/** Metres east and north of a point, as on a flat map: good to a part in ten thousand within 50 km. */
export interface LocalPlane {
  readonly lng: number;
  readonly lat: number;
  readonly metresPerDegreeLng: number;
  readonly metresPerDegreeLat: number;
}

/** Length of a degree on the meridian, mean of WGS84. */
const METRES_PER_DEGREE = 111_195;

export const localPlane = ({ lng, lat }: { readonly lng: number; readonly lat: number }): LocalPlane => ({
  lng,
  lat,
  metresPerDegreeLng: METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180),
  metresPerDegreeLat: METRES_PER_DEGREE,
});

export const planeX = (plane: LocalPlane, lng: number): number =>
  (lng - plane.lng) * plane.metresPerDegreeLng;
export const planeY = (plane: LocalPlane, lat: number): number =>
  (lat - plane.lat) * plane.metresPerDegreeLat;
export const lngOf = (plane: LocalPlane, x: number): number => plane.lng + x / plane.metresPerDegreeLng;
export const latOf = (plane: LocalPlane, y: number): number => plane.lat + y / plane.metresPerDegreeLat;
