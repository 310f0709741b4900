import { offsetX, offsetY, placeAt, type Mercator } from './mercator.ts';

/** Side of the squares that a place is coarsened to for visitors. */
export const COARSE_METRES = 250;
/** The inner part of a square that is used, so that two squares never touch. */
const MARGIN = 0.15;

/**
 * Where something is drawn for visitors: somewhere in the square of 250 m in which it is. The spot follows from the
 * square and from who or what it is, never from the place itself, so watching it for an evening tells no more than the
 * square, and it does not tremble. `x`, `y` are Mercator offsets.
 */
export function coarsePlace(
  { metresPerUnit }: Pick<Mercator, 'metresPerUnit'>,
  x: number,
  y: number,
  id: string,
): { readonly x: number; readonly y: number } {
  const size = COARSE_METRES / metresPerUnit;
  const column = Math.floor(x / size);
  const row = Math.floor(y / size);
  const seed = mixed(`${id} ${column} ${row}`);
  const within = (bits: number): number => MARGIN + (1 - 2 * MARGIN) * ((bits & 0xffff) / 0x10000);
  return { x: (column + within(seed)) * size, y: (row + within(seed >>> 16)) * size };
}

type Box = readonly [west: number, south: number, east: number, north: number];

/**
 * The squares in which a box lies, as a box of their own: of the same squares as `coarsePlace`, so that both together tell no
 * more than one of them.
 */
export function coarseBox([west, south, east, north]: Box, mercator: Mercator): Box {
  const size = COARSE_METRES / mercator.metresPerUnit;
  const down = (offset: number): number => Math.floor(offset / size) * size;
  const least = placeAt(mercator, down(offsetX(mercator, west)), down(offsetY(mercator, south)));
  const most = placeAt(mercator, down(offsetX(mercator, east)) + size, down(offsetY(mercator, north)) + size);
  return [least.lng, least.lat, most.lng, most.lat];
}

/** FNV-1a with a final mix, 32 bits. */
function mixed(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
