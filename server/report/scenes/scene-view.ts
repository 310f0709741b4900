import { latOf, lngOf, localPlane, planeX, planeY } from '@maplewall/shared/geo/local-plane.ts';
import type { Bounds } from '@maplewall/shared/rules/chapters/focus-bounds.ts';
import type { Place, Rect } from './flat-shapes.ts';

/** How a part of the city lies on paper: north is up, a metre is as long everywhere. */
export interface SceneView {
  readonly rect: Rect;
  /** What the rectangle shows, in degrees: more than was asked for where the shapes differ. */
  readonly shown: Bounds;
  readonly metresPerPoint: number;
  place(lng: number, lat: number): Place;
}

/** The view that shows all of `bounds` as large as a rectangle allows. */
export function viewOf({ west, south, east, north }: Bounds, rect: Rect): SceneView {
  const plane = localPlane({ lng: (west + east) / 2, lat: (south + north) / 2 });
  const [width, height] = [rect.right - rect.left, rect.bottom - rect.top];
  const metresPerPoint = Math.max(
    ((east - west) * plane.metresPerDegreeLng) / width,
    ((north - south) * plane.metresPerDegreeLat) / height,
  );
  const [middleX, middleY] = [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2];
  const [halfWide, halfHigh] = [(width / 2) * metresPerPoint, (height / 2) * metresPerPoint];
  return {
    rect,
    shown: {
      west: lngOf(plane, -halfWide),
      south: latOf(plane, -halfHigh),
      east: lngOf(plane, halfWide),
      north: latOf(plane, halfHigh),
    },
    metresPerPoint,
    place: (lng, lat) => [
      middleX + planeX(plane, lng) / metresPerPoint,
      middleY - planeY(plane, lat) / metresPerPoint,
    ],
  };
}

/** The longest round length (1, 2 or 5 of a power of ten) that is at most `widest` points on paper. */
export function scaleBar(
  metresPerPoint: number,
  widest: number,
): { readonly metres: number; readonly points: number } {
  const most = metresPerPoint * widest;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2].find((step) => step * power <= most) ?? 1) * power;
  return { metres, points: metres / metresPerPoint };
}
