import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { LEAST_TEXT_PIXELS } from './layers/text-sizes.ts';
import type { MapColours } from './map-colours.ts';
import { MAP_FONT } from './map-fonts.ts';
import { toCss } from './oklch.ts';
import { byZoom, zoomOn, type StyleContext } from './style-context.ts';

export const OBSTACLE_SOURCE = 'obstacles';

/** In pixels of a screen of 1080 lines. */
const SMALL = LEAST_TEXT_PIXELS;
const LARGER = 15;
/** A halo as wide as this, of the screen's own pixels, is the ground that a letter is seen on. */
export const LEAST_HALO_PIXELS = 1.5;

/** Names of streets, places, communities and stations, in both languages; what matters more is placed first. */
export function nameLayers(options: StyleContext, colours: MapColours): LayerSpecification[] {
  const { scale, language } = options;
  const [first, second] = language === 'en' ? ['nameEn', 'name'] : ['name', 'nameEn'];
  const main: ExpressionSpecification = ['case', ['!=', ['get', first], ''], ['get', first], ['get', second]];
  const other: ExpressionSpecification = [
    'case',
    ['any', ['==', ['get', first], ''], ['==', ['get', second], ''], ['==', ['get', first], ['get', second]]],
    '',
    ['get', second],
  ];
  const stacked = (size: number): ExpressionSpecification => [
    'case',
    ['==', other, ''],
    main,
    ['format', main, {}, '\n', {}, other, { 'font-scale': SMALL / size }],
  ];
  const inLine: ExpressionSpecification = [
    'concat',
    main,
    ['case', ['==', other, ''], '', ['concat', '  ', other]],
  ];
  const halo = {
    'text-halo-color': toCss(colours.halo),
    'text-halo-width': Math.max(LEAST_HALO_PIXELS, 1.8 * scale),
  };
  const font = { 'text-font': [MAP_FONT] };
  const streetNames = (ofClass: RoadClass, from: number, size: number): LayerSpecification => ({
    id: `${ofClass}-names`,
    type: 'symbol',
    source: 'roads',
    minzoom: zoomOn(options, from),
    filter: ['all', ['==', ['get', 'class'], ofClass], ['!=', main, '']],
    layout: {
      ...font,
      'symbol-placement': 'line',
      'symbol-spacing': 420 * scale,
      'text-field': inLine,
      'text-size': byZoom(options, [from, size], [from + 3, size * 1.35]),
      'text-max-angle': 30,
      'text-padding': 6 * scale,
    },
    paint: { ...halo, 'text-color': toCss(colours.streetName) },
  });
  return [
    streetNames('lane', 15, SMALL),
    streetNames('street', 13.2, SMALL),
    streetNames('arterial', 11.4, LARGER),
    streetNames('motorway', 10, LARGER),
    {
      id: 'place-names',
      type: 'symbol',
      source: 'places',
      minzoom: zoomOn(options, 13.6),
      filter: ['!=', main, ''],
      layout: {
        ...font,
        'text-field': stacked(SMALL),
        'text-size': SMALL * scale,
        'text-max-width': 9,
        'text-padding': 8 * scale,
        'symbol-sort-key': [
          'match',
          ['get', 'kind'],
          'government',
          0,
          'transport',
          1,
          'hospital',
          2,
          'market',
          3,
          'school',
          4,
          5,
        ],
      },
      paint: { ...halo, 'text-color': toCss(colours.placeName) },
    },
    {
      id: 'community-names',
      type: 'symbol',
      source: 'communityNames',
      minzoom: zoomOn(options, 11),
      layout: {
        ...font,
        // Seen with the whole city one language is enough.
        'text-field': ['step', ['zoom'], main, zoomOn(options, 13), stacked(LARGER)],
        'text-size': LARGER * scale,
        'text-max-width': 9,
        'text-padding': 16 * scale,
        'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
        'text-radial-offset': 0.9,
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { ...halo, 'text-color': toCss(colours.communityName) },
    },
    {
      id: 'station-names',
      type: 'symbol',
      source: 'stations',
      minzoom: zoomOn(options, 12.4),
      layout: {
        ...font,
        'text-field': stacked(LARGER),
        'text-size': LARGER * scale,
        'text-max-width': 10,
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
        'text-radial-offset': 0.7,
        'text-padding': 4 * scale,
      },
      paint: { ...halo, 'text-color': toCss(colours.quiet) },
    },
    {
      // Never seen: what is placed first takes its room from all names below.
      id: 'obstacles',
      type: 'symbol',
      source: OBSTACLE_SOURCE,
      layout: {
        ...font,
        'text-field': '口',
        'text-size': ['*', ['get', 'pixels'], scale],
        'text-allow-overlap': true,
        'text-padding': 0,
      },
      paint: { 'text-opacity': 0 },
    },
  ];
}
