import type { City } from '@maplewall/shared/domain/city.ts';
import type { Bounds } from '../../map/camera.ts';
import type { View } from './layout.ts';

export function cityBounds({ bounds }: City): Bounds {
  const [west = -180, south = -85, east = 180, north = 85] = bounds;
  return [west, south, east, north];
}

/**
 * Which part of the city a screen shows: the western or eastern half of its extent, a little over the middle; undefined for
 * all.
 */
export function cityPart([west, south, east, north]: Bounds, view: View): Bounds | undefined {
  const half = (east - west) * 0.54;
  if (view === 'west') return [west, south, west + half, north];
  if (view === 'east') return [east - half, south, east, north];
  return undefined;
}
