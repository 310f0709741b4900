import type { Focus } from './chapter.ts';

/** So much is seen round a point, to each side. */
const SURROUNDINGS_METRES = 450;
const METRES_PER_DEGREE = 111_320;

/** A part of the map in degrees. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The part of the map that a chapter is seen in, on a screen or on paper. */
export function boundsOf(focus: Focus): Bounds {
  if (focus.kind === 'box') {
    const [west, south, east, north] = focus.box;
    // A box of one place alone has no size.
    if (west < east && south < north) return { west, south, east, north };
    return around((west + east) / 2, (south + north) / 2);
  }
  return around(focus.lng, focus.lat);
}

function around(lng: number, lat: number): Bounds {
  const high = SURROUNDINGS_METRES / METRES_PER_DEGREE;
  const wide = high / Math.cos((lat * Math.PI) / 180);
  return { west: lng - wide, south: lat - high, east: lng + wide, north: lat + high };
}
