import type { LayerSpecification } from 'maplibre-gl';
import type { UsualPlaces } from '@maplewall/shared/wire/history.ts';
import type { MapColours } from './map-colours.ts';
import { toCss } from './oklch.ts';
import type { PointCollection } from './style-context.ts';

export const USUAL_SOURCE = 'usual';
/** So faint that whoever does not look for it sees the streets. */
const STRONGEST = 0.12;
/** A blurred circle fades to its rim; so far it has to reach beyond its cell for a field without seams. */
const REACH = 1.7;

/** Places with the share that each has of the highest. */
export function usualPoints(usual: UsualPlaces | undefined): PointCollection {
  const places = usual?.places ?? [];
  const highest = Math.max(1e-9, ...places.map(({ perHour }) => perHour));
  return {
    type: 'FeatureCollection',
    features: places.map(({ lng, lat, perHour }) => ({
      type: 'Feature',
      properties: { share: perHour / highest },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    })),
  };
}

/** Where incidents are usual at this hour, as a faint warmth of light: true to scale, so it grows with the map. */
export function usualLayers(usual: UsualPlaces | undefined, colours: MapColours): LayerSpecification[] {
  if (usual === undefined) return [];
  const pixelsAtZoom0 = (usual.cellDegrees / 360) * 512 * REACH;
  return [
    {
      id: 'usual',
      type: 'circle',
      source: USUAL_SOURCE,
      paint: {
        'circle-radius': [
          'interpolate',
          ['exponential', 2],
          ['zoom'],
          0,
          pixelsAtZoom0,
          22,
          pixelsAtZoom0 * 2 ** 22,
        ],
        'circle-blur': 1,
        'circle-color': toCss(colours.quiet),
        'circle-opacity': ['*', STRONGEST, ['get', 'share']],
        'circle-pitch-alignment': 'map',
      },
    },
  ];
}
