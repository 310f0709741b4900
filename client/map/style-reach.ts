import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { MapColours } from './map-colours.ts';
import { toCss } from './oklch.ts';
import { byZoom, zoomOn, type StyleContext } from './style-context.ts';

export const REACH_SOURCE = 'reach';
/** Further out a half minute is a dot. */
const FROM_ZOOM = 13;
const FULL_ZOOM = 14.5;

/** What staffed posts reach in half a minute: a quiet glow on the streets, and the edge of the area round them. */
export function reachLayers(options: StyleContext, colours: MapColours): LayerSpecification[] {
  const colour = toCss(colours.present);
  const opacity = (most: number): ExpressionSpecification => [
    'interpolate',
    ['linear'],
    ['zoom'],
    zoomOn(options, FROM_ZOOM),
    0,
    zoomOn(options, FULL_ZOOM),
    most,
  ];
  const of = (what: 'streets' | 'area'): ExpressionSpecification => ['==', ['get', 'what'], what];
  const head = { source: REACH_SOURCE, minzoom: zoomOn(options, FROM_ZOOM) };
  return [
    {
      id: 'reach-area',
      type: 'fill',
      ...head,
      filter: of('area'),
      paint: { 'fill-color': colour, 'fill-opacity': opacity(0.06) },
    },
    {
      id: 'reach-edge',
      type: 'line',
      ...head,
      filter: of('area'),
      paint: {
        'line-color': colour,
        'line-opacity': opacity(0.4),
        'line-width': byZoom(options, [FROM_ZOOM, 0.5], [17, 1.2]),
      },
    },
    {
      id: 'reach-streets',
      type: 'line',
      ...head,
      filter: of('streets'),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': colour,
        'line-opacity': opacity(0.45),
        'line-width': byZoom(options, [FROM_ZOOM, 1], [17, 5]),
        'line-blur': byZoom(options, [FROM_ZOOM, 0.5], [17, 3]),
      },
    },
  ];
}
