import type { FlatRing } from '@maplewall/shared/geo/contour.ts';
import { latOf, lngOf, type LocalPlane } from '@maplewall/shared/geo/local-plane.ts';
import type { Geometry } from './geo-json.ts';

/** A place of the plane in degrees, to a tenth of a metre. */
export const placeOf = (plane: LocalPlane, x: number, y: number): [number, number] => [
  Number(lngOf(plane, x).toFixed(6)),
  Number(latOf(plane, y).toFixed(6)),
];

const pairsOf = (flat: readonly number[]): readonly (readonly [x: number, y: number])[] =>
  Array.from({ length: flat.length / 2 }, (_, index) => [flat[index * 2] ?? 0, flat[index * 2 + 1] ?? 0]);

/** A line along x, y, x, y …, each position that repeats the one before left out; null where they are all the same. */
export function lineOf(plane: LocalPlane, flat: readonly number[]): Geometry | null {
  const positions = pairsOf(flat).map(([x, y]) => placeOf(plane, x, y));
  const coordinates = positions.filter((at, index) => String(at) !== String(positions[index - 1]));
  return coordinates.length < 2 ? null : { type: 'LineString', coordinates };
}

export function closedRing(plane: LocalPlane, flat: FlatRing): [number, number][] {
  const points = pairsOf(flat).map(([x, y]) => placeOf(plane, x, y));
  const [first] = points;
  return first === undefined ? [] : [...points, first];
}
