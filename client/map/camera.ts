import { mercatorX, mercatorY } from '../world/mercator.ts';

/** Where the map looks: the point in the middle of a picture, and how near. */
export interface Camera {
  readonly lng: number;
  readonly lat: number;
  readonly zoom: number;
}

/** The whole picture in CSS pixels, and the part of it that this screen shows. */
export interface MapPicture {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly screenWidth: number;
  readonly screenHeight: number;
}

/** CSS pixels at the edges that panels cover; the city is centred in what is left. */
export interface MapInsets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** west, south, east, north */
export type Bounds = readonly [number, number, number, number];

const WORLD_SIZE = 512;
const longitude = (x: number): number => (x / WORLD_SIZE) * 360 - 180;
const latitude = (y: number): number =>
  (Math.atan(Math.sinh((y / WORLD_SIZE) * 2 * Math.PI - Math.PI)) * 180) / Math.PI;

const moved = ({ lng, lat, zoom }: Camera, rightPixels: number, upPixels: number): Camera => {
  const scale = 2 ** zoom;
  return {
    lng: longitude(mercatorX(lng) + rightPixels / scale),
    lat: latitude(mercatorY(lat) + upPixels / scale),
    zoom,
  };
};

/** A picture narrower than its insets has nothing free; then they are left out of account. */
const LEAST_FREE_PIXELS = 80;

function freeOf(picture: MapPicture, insets: MapInsets, margin: number) {
  const left = insets.left + margin;
  const right = insets.right + margin;
  const top = insets.top + margin;
  const bottom = insets.bottom + margin;
  const wide = picture.width - left - right > LEAST_FREE_PIXELS;
  const high = picture.height - top - bottom > LEAST_FREE_PIXELS;
  return {
    width: wide ? picture.width - left - right : picture.width,
    height: high ? picture.height - top - bottom : picture.height,
    /** From the middle of the picture to the middle of what is free. */
    right: wide ? (left - right) / 2 : 0,
    down: high ? (top - bottom) / 2 : 0,
  };
}

/** The camera of the whole picture that shows `bounds` as large as what the insets leave free allows. */
export function fitCamera(
  [west, south, east, north]: Bounds,
  picture: MapPicture,
  insets: MapInsets,
  margin: number,
): Camera {
  const free = freeOf(picture, insets, margin);
  const wide = Math.max(1e-9, mercatorX(east) - mercatorX(west));
  const high = Math.max(1e-9, mercatorY(north) - mercatorY(south));
  const zoom = Math.log2(Math.min(free.width / wide, free.height / high));
  const middle = {
    lng: (west + east) / 2,
    lat: latitude((mercatorY(south) + mercatorY(north)) / 2),
    zoom,
  };
  return moved(middle, -free.right, free.down);
}

/** The camera of the whole picture that has a point in the middle of what the insets leave free. */
export function centredCamera(at: Camera, picture: MapPicture, insets: MapInsets): Camera {
  const free = freeOf(picture, insets, 0);
  return moved(at, -free.right, free.down);
}

/** The camera of one screen that shows its part of the whole picture. */
export const screenCamera = (camera: Camera, picture: MapPicture): Camera =>
  moved(
    camera,
    picture.left + picture.screenWidth / 2 - picture.width / 2,
    picture.height / 2 - (picture.top + picture.screenHeight / 2),
  );

/** Begins and ends gently: the share of a move that is done when `share` of its time is over. */
const gentle = (share: number): number => (share < 0.5 ? 4 * share ** 3 : 1 - (-2 * share + 2) ** 3 / 2);

/**
 * A camera on its way from one to another, `share` of the time gone. The point moves in step with the scale, so that the
 * ground seems to flow evenly while it grows.
 */
export function easedCamera(from: Camera, to: Camera, share: number): Camera {
  if (share <= 0) return from;
  if (share >= 1) return to;
  const part = gentle(share);
  const zoom = from.zoom + (to.zoom - from.zoom) * part;
  const scales = [2 ** -from.zoom, 2 ** -to.zoom, 2 ** -zoom] as const;
  const way = Math.abs(to.zoom - from.zoom) < 1e-6 ? part : (scales[0] - scales[2]) / (scales[0] - scales[1]);
  const between = (a: number, b: number): number => a + (b - a) * way;
  return {
    lng: longitude(between(mercatorX(from.lng), mercatorX(to.lng))),
    lat: latitude(between(mercatorY(from.lat), mercatorY(to.lat))),
    zoom,
  };
}

export const isSameCamera = (a: Camera, b: Camera): boolean =>
  Math.abs(a.lng - b.lng) < 1e-9 && Math.abs(a.lat - b.lat) < 1e-9 && Math.abs(a.zoom - b.zoom) < 1e-7;
