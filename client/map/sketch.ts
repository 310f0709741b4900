import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { GroundData, GroundExtra } from './ground-extra.ts';
import type { MapColours } from './map-colours.ts';
import { LEAST_TEXT_PIXELS } from './layers/text-sizes.ts';
import { MAP_FONT } from './map-fonts.ts';
import { toCss } from './oklch.ts';
import { byZoom, type StyleContext } from './style-context.ts';

/** A circle that fills its cell of half a hundredth of a degree and reaches a little beyond. */
const CELL_PIXELS_AT_ZOOM_0 = (0.005 / 360) * 512 * 0.9;
const SKETCH_SOURCE = 'sketch';

/**
 * What a question put on the map:
 *
 *   way       who comes which way; `rank` 1 is the first
 *   track     where somebody has been
 *   streets   streets that are reached, with
 *   area      the area round them
 *   warmth    a cell of half a kilometre; `share` from -1 (fewer: green, never the hue of people) to 1 (more), with a short text or none
 *   gap       a place that nobody reaches; `share` from 0 to 1, by how much happens round it
 *   spot      a place with a short text in a circle
 *   number    a short text above what stands there
 *   difference  an area that has more or less than at another moment, by `points`
 *   points    the text of that, in its middle
 */
export interface SketchFeature {
  readonly type: 'Feature';
  readonly properties:
    | { readonly what: 'way'; readonly rank: number }
    | { readonly what: 'streets' | 'area' | 'track' }
    | { readonly what: 'warmth'; readonly share: number; readonly label: string }
    | { readonly what: 'gap'; readonly share: number }
    | { readonly what: 'spot' | 'number'; readonly label: string }
    | { readonly what: 'difference'; readonly points: number }
    | { readonly what: 'points'; readonly points: number; readonly label: string };
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

const isOf = (what: SketchFeature['properties']['what']): ExpressionSpecification => [
  '==',
  ['get', 'what'],
  what,
];

/** Draws answers into the ground. It knows no map: `data` is to be given to it whenever it changes. */
export class Sketch implements GroundExtra {
  /** The source that `data` is for. */
  readonly source = SKETCH_SOURCE;
  #features: readonly SketchFeature[] = [];

  show(features: readonly SketchFeature[]): void {
    this.#features = features;
  }

  get data(): GroundData {
    return { type: 'FeatureCollection', features: [...this.#features] } as GroundData;
  }

  sources(): StyleSpecification['sources'] {
    return { [SKETCH_SOURCE]: { type: 'geojson', data: this.data } };
  }

  layers(context: StyleContext, colours: MapColours): LayerSpecification[] {
    const strong = toCss(colours.text);
    const ground = toCss(colours.halo);
    const { scale } = context;
    const isFirst: ExpressionSpecification = ['==', ['get', 'rank'], 1];
    const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
    const head = { source: SKETCH_SOURCE };
    const isMore: ExpressionSpecification = ['>', ['get', 'points'], 0];
    const points: ExpressionSpecification = ['abs', ['get', 'points']];
    const moreOrLess: ExpressionSpecification = ['case', isMore, toCss(colours.good), toCss(colours.danger)];
    // Seen beside the streets from the first point on, and never so full that they are lost.
    const byPoints: ExpressionSpecification = ['interpolate', ['linear'], points, 0, 0.12, 30, 0.45];
    return [
      {
        id: 'sketch-differences',
        type: 'fill',
        ...head,
        filter: isOf('difference'),
        paint: { 'fill-color': moreOrLess, 'fill-opacity': byPoints },
      },
      {
        id: 'sketch-gained-edges',
        type: 'line',
        ...head,
        filter: ['all', isOf('difference'), isMore],
        paint: { 'line-color': moreOrLess, 'line-width': 1.6 * scale },
      },
      // Told from the others without their colour.
      {
        id: 'sketch-lost-edges',
        type: 'line',
        ...head,
        filter: ['all', isOf('difference'), ['!', isMore]],
        paint: { 'line-color': moreOrLess, 'line-width': 1.6 * scale, 'line-dasharray': [3, 2] },
      },
      // Below all answers, and the strongest above the others.
      {
        id: 'sketch-gaps',
        type: 'circle',
        ...head,
        filter: isOf('gap'),
        layout: { 'circle-sort-key': ['get', 'share'] },
        paint: {
          'circle-radius': byZoom(context, [11, 1.6], [14, 2.6], [17, 5]),
          'circle-color': strong,
          'circle-opacity': ['interpolate', ['linear'], ['get', 'share'], 0, 0.2, 1, 0.7],
        },
      },
      {
        id: 'sketch-area',
        type: 'fill',
        ...head,
        filter: isOf('area'),
        paint: { 'fill-color': strong, 'fill-opacity': 0.1 },
      },
      {
        id: 'sketch-edge',
        type: 'line',
        ...head,
        filter: isOf('area'),
        paint: { 'line-color': strong, 'line-opacity': 0.7, 'line-width': 1.2 * scale },
      },
      {
        id: 'sketch-streets',
        type: 'line',
        ...head,
        filter: isOf('streets'),
        layout: round,
        paint: {
          'line-color': strong,
          'line-opacity': 0.5,
          'line-width': byZoom(context, [13, 1.5], [17, 5]),
        },
      },
      {
        id: 'sketch-ways-ground',
        type: 'line',
        ...head,
        filter: isOf('way'),
        layout: round,
        paint: { 'line-color': ground, 'line-opacity': 0.8, 'line-width': 8 * scale },
      },
      {
        id: 'sketch-ways',
        type: 'line',
        ...head,
        filter: isOf('way'),
        layout: { ...round, 'line-sort-key': ['-', 0, ['get', 'rank']] },
        paint: {
          'line-color': strong,
          'line-opacity': ['case', isFirst, 1, 0.5],
          'line-width': ['case', isFirst, 4 * scale, 2 * scale],
        },
      },
      {
        id: 'sketch-tracks',
        type: 'line',
        ...head,
        filter: isOf('track'),
        layout: round,
        paint: {
          'line-color': toCss(colours.text),
          'line-opacity': 0.75,
          'line-width': 3 * scale,
          'line-dasharray': [0.6, 1.4],
        },
      },
      {
        id: 'sketch-warmth',
        type: 'circle',
        ...head,
        filter: isOf('warmth'),
        paint: {
          'circle-radius': [
            'interpolate',
            ['exponential', 2],
            ['zoom'],
            0,
            CELL_PIXELS_AT_ZOOM_0,
            22,
            CELL_PIXELS_AT_ZOOM_0 * 2 ** 22,
          ],
          'circle-blur': 0.6,
          'circle-color': ['case', ['>', ['get', 'share'], 0], strong, toCss(colours.good)],
          'circle-opacity': ['*', 0.55, ['abs', ['get', 'share']]],
          'circle-pitch-alignment': 'map',
        },
      },
      {
        id: 'sketch-warmth-labels',
        type: 'symbol',
        ...head,
        filter: isOf('warmth'),
        layout: {
          'text-font': [MAP_FONT],
          'text-field': ['get', 'label'],
          'text-size': LEAST_TEXT_PIXELS * scale,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': strong, 'text-halo-color': ground, 'text-halo-width': 2 * scale },
      },
      {
        id: 'sketch-spots',
        type: 'circle',
        ...head,
        filter: isOf('spot'),
        paint: {
          'circle-radius': 11 * scale,
          'circle-color': ground,
          'circle-stroke-color': strong,
          'circle-stroke-width': 2 * scale,
        },
      },
      {
        id: 'sketch-labels',
        type: 'symbol',
        ...head,
        filter: isOf('spot'),
        layout: {
          'text-font': [MAP_FONT],
          'text-field': ['get', 'label'],
          'text-size': LEAST_TEXT_PIXELS * scale,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': strong },
      },
      {
        id: 'sketch-numbers',
        type: 'symbol',
        ...head,
        filter: isOf('number'),
        layout: {
          'text-font': [MAP_FONT],
          'text-field': ['get', 'label'],
          'text-size': 17 * scale,
          'text-offset': [0, -1.15],
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': strong, 'text-halo-color': ground, 'text-halo-width': 2.5 * scale },
      },
      {
        id: 'sketch-points',
        type: 'symbol',
        ...head,
        filter: isOf('points'),
        layout: {
          'text-font': [MAP_FONT],
          'text-field': ['get', 'label'],
          'text-size': LEAST_TEXT_PIXELS * scale,
          // Beside the name of what it stands in; where there is no room for all, the greatest differences are told.
          'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
          'text-radial-offset': 1.5,
          'symbol-sort-key': ['-', 0, points],
        },
        paint: { 'text-color': strong, 'text-halo-color': ground, 'text-halo-width': 2.5 * scale },
      },
    ];
  }
}
