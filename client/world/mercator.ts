/**
 * Where things lie for drawing: web Mercator units of 1/512 of the world at zoom 0, as an offset from the city's
 * centre. As Float32 an offset of 30 km is exact to 3 cm, where degrees would jump in steps of 0.75 m.
 */
export interface Mercator {
  readonly originX: number;
  readonly originY: number;
  /** Metres on the ground per unit, at the centre's latitude. */
  readonly metresPerUnit: number;
}

const WORLD_SIZE = 512;
const EARTH_CIRCUMFERENCE_METRES = 40_075_016.686;

export const mercatorX = (lng: number): number => ((lng + 180) / 360) * WORLD_SIZE;

/** North is up: y grows with the latitude, as deck.gl's common space has it. */
export const mercatorY = (lat: number): number => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 + Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD_SIZE;
};

export const mercatorAround = (centre: { readonly lng: number; readonly lat: number }): Mercator => ({
  originX: mercatorX(centre.lng),
  originY: mercatorY(centre.lat),
  metresPerUnit: (EARTH_CIRCUMFERENCE_METRES * Math.cos((centre.lat * Math.PI) / 180)) / WORLD_SIZE,
});

export const offsetX = (mercator: Mercator, lng: number): number => mercatorX(lng) - mercator.originX;
export const offsetY = (mercator: Mercator, lat: number): number => mercatorY(lat) - mercator.originY;

/** Longitude and latitude of an offset. */
export function placeAt(
  mercator: Mercator,
  x: number,
  y: number,
): { readonly lng: number; readonly lat: number } {
  const north = ((mercator.originY + y) / WORLD_SIZE - 0.5) * 2 * Math.PI;
  return {
    lng: ((mercator.originX + x) / WORLD_SIZE) * 360 - 180,
    lat: (Math.atan(Math.sinh(north)) * 180) / Math.PI,
  };
}
