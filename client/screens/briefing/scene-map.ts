import { SCENE_LAYERS, type Scene, type SceneMark } from '@maplewall/shared/domain/saved-briefing.ts';
import type { Bounds } from '../../map/camera.ts';
import type { MapLayerVisibility } from '../../map/map-handle.ts';
import type { SketchFeature } from '../../map/sketch.ts';

export const boundsOfScene = ({ bounds: { west, south, east, north } }: Pick<Scene, 'bounds'>): Bounds => [
  west,
  south,
  east,
  north,
];

/** What the camera is to see; undefined for a scene of the whole city, which the map knows more closely than its bounds. */
export function partOfScene(
  { bounds }: Pick<Scene, 'bounds'>,
  [west = 180, south = 90, east = -180, north = -90]: readonly number[],
): Bounds | undefined {
  const isWhole =
    bounds.west <= west && bounds.south <= south && bounds.east >= east && bounds.north >= north;
  return isWhole ? undefined : boundsOfScene({ bounds });
}

/** What the map is told to show and to hide. */
export const layersOf = ({ layers }: Pick<Scene, 'layers'>): MapLayerVisibility =>
  Object.fromEntries(SCENE_LAYERS.map((layer) => [layer, layers.includes(layer)]));

/** Marks as they are drawn: a ring with a number, and the words above it. */
export const marksOf = (marks: readonly SceneMark[]): readonly SketchFeature[] =>
  marks.flatMap(({ lng, lat, text }, index) => {
    const geometry = { type: 'Point', coordinates: [lng, lat] };
    return [
      { type: 'Feature', properties: { what: 'spot', label: String(index + 1) }, geometry },
      { type: 'Feature', properties: { what: 'number', label: text }, geometry },
    ] as const;
  });
