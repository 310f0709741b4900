import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { City } from '@maplewall/shared/domain/city.ts';
import type { CityShape } from './city-shape.ts';
import { mapColours, RISK_EDGES, riskRamp, type MapColours } from './map-colours.ts';
import { fontFaces, MAP_FONT } from './map-fonts.ts';
import type { MapLanguage, MapTheme } from './map-handle.ts';
import { toCss } from './oklch.ts';

export interface BaseStyleOptions {
  readonly cityUrl: string;
  readonly city: City;
  readonly shape: CityShape;
  readonly hasBuildings: boolean;
  readonly language: MapLanguage;
  readonly theme: MapTheme;
  /** CSS pixels per pixel of a 1080-line screen: a large wall is read from further away. */
  readonly scale: number;
  readonly showRisk: boolean;
  readonly showLabels: boolean;
}

/** Layers that setLayers hides. */
export const RISK_LAYER = 'risk';
export const RISK_SOURCE = 'grids';

type Roads = 'motorway' | 'arterial' | 'street' | 'lane' | 'path';

/**
 * The quiet ground on which things are seen: everything of low contrast, streets by class, the city's edge lit and
 * what lies outside dimmed. Sizes grow with the screen; so do the zooms at which things appear, because a screen of
 * twice the lines shows the same ground one zoom further in.
 */
export function baseStyle(options: BaseStyleOptions): StyleSpecification {
  const colours = mapColours(options.theme);
  const source = (file: string): StyleSpecification['sources'][string] => ({
    type: 'geojson',
    data: `${options.cityUrl}/${file}`,
    tolerance: 0.5,
  });
  return {
    version: 8,
    'font-faces': fontFaces(),
    sources: {
      land: { type: 'geojson', data: options.shape.land },
      outside: { type: 'geojson', data: options.shape.outside },
      communityNames: { type: 'geojson', data: options.shape.communityNames },
      water: source('water'),
      blocks: source('blocks'),
      roads: source('roads'),
      communities: source('communities'),
      places: source('places'),
      [RISK_SOURCE]: { type: 'geojson', data: `${options.cityUrl}/grids`, promoteId: 'id' },
      ...(options.hasBuildings ? { buildings: source('buildings') } : {}),
    },
    layers: [
      ...ground(options, colours),
      ...streets(options, colours),
      ...edge(options, colours),
      ...(options.showLabels ? names(options, colours) : []),
    ],
    transition: { duration: 0, delay: 0 },
  };
}

/** A zoom of a 1080-line screen, on this screen. */
const zoomOn = ({ scale }: BaseStyleOptions, zoom: number): number => zoom + Math.log2(scale);

/** A width or size in pixels of a 1080-line screen by zoom, on this screen. */
const byZoom = (
  options: BaseStyleOptions,
  ...stops: readonly (readonly [zoom: number, pixels: number])[]
): ExpressionSpecification =>
  [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    ...stops.flatMap(([zoom, pixels]) => [zoomOn(options, zoom), pixels * options.scale]),
  ] as ExpressionSpecification;

function ground(options: BaseStyleOptions, colours: MapColours): LayerSpecification[] {
  const ramp = riskRamp(colours);
  const level: ExpressionSpecification = ['coalesce', ['feature-state', 'level'], 0];
  const stepped = (values: readonly (string | number)[], below: string | number): ExpressionSpecification =>
    [
      'step',
      level,
      below,
      // A level at the edge still belongs to the step below it, as riskStep says.
      ...RISK_EDGES.flatMap((from, step) => [from + 0.5, values[step] ?? below]),
    ] as ExpressionSpecification;
  return [
    { id: 'background', type: 'background', paint: { 'background-color': toCss(colours.land) } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': toCss(colours.land) } },
    { id: 'blocks', type: 'fill', source: 'blocks', paint: { 'fill-color': toCss(colours.blocks) } },
    { id: 'water', type: 'fill', source: 'water', paint: { 'fill-color': toCss(colours.water) } },
    {
      id: 'water-edge',
      type: 'line',
      source: 'water',
      paint: { 'line-color': toCss(colours.waterEdge), 'line-width': options.scale },
    },
    {
      id: RISK_LAYER,
      type: 'fill',
      source: RISK_SOURCE,
      layout: { visibility: options.showRisk ? 'visible' : 'none' },
      paint: {
        'fill-color': stepped(
          ramp.map(({ colour }) => toCss(colour)),
          toCss(colours.land),
        ),
        'fill-opacity': stepped(
          ramp.map(({ opacity }) => opacity),
          0,
        ),
        'fill-antialias': false,
      },
    },
    {
      id: 'community-lines',
      type: 'line',
      source: 'communities',
      paint: {
        'line-color': toCss(colours.communityLine),
        'line-width': 0.8 * options.scale,
        'line-opacity': 0.45,
        'line-dasharray': [4, 3],
      },
    },
    ...(options.hasBuildings
      ? [
          {
            id: 'buildings',
            type: 'fill',
            source: 'buildings',
            minzoom: zoomOn(options, 14),
            paint: { 'fill-color': toCss(colours.buildings) },
          } satisfies LayerSpecification,
        ]
      : []),
  ];
}

interface StreetLook {
  readonly class: Roads;
  readonly from: number;
  readonly widths: readonly (readonly [number, number])[];
  readonly colour: 'lane' | 'street' | 'arterial';
}

/** From below to above. */
const STREETS: readonly StreetLook[] = [
  {
    class: 'path',
    from: 14.5,
    widths: [
      [14.5, 0.5],
      [18, 3],
    ],
    colour: 'lane',
  },
  {
    class: 'lane',
    from: 12.5,
    widths: [
      [12.5, 0.3],
      [14, 1],
      [18, 9],
    ],
    colour: 'lane',
  },
  {
    class: 'street',
    from: 10.5,
    widths: [
      [10.5, 0.3],
      [12, 0.8],
      [14, 2.4],
      [18, 16],
    ],
    colour: 'street',
  },
  {
    class: 'arterial',
    from: 0,
    widths: [
      [9, 0.6],
      [12, 1.7],
      [14, 4.2],
      [18, 24],
    ],
    colour: 'arterial',
  },
  {
    class: 'motorway',
    from: 0,
    widths: [
      [9, 0.9],
      [12, 2.4],
      [14, 5.6],
      [18, 28],
    ],
    colour: 'arterial',
  },
];

function streets(options: BaseStyleOptions, colours: MapColours): LayerSpecification[] {
  const line = (look: StreetLook, part: 'casing' | 'street'): LayerSpecification => ({
    id: `${look.class}-${part}`,
    type: 'line',
    source: 'roads',
    minzoom: Math.max(0, zoomOn(options, look.from)),
    filter: ['==', ['get', 'class'], look.class] satisfies FilterSpecification,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': toCss(part === 'casing' ? colours.casing : colours[look.colour]),
      'line-width': byZoom(
        options,
        ...look.widths.map(([zoom, pixels]) => [zoom, part === 'casing' ? pixels + 1.6 : pixels] as const),
      ),
    },
  });
  return [
    ...STREETS.filter(({ class: name }) => name !== 'path').map((look) => line(look, 'casing')),
    ...STREETS.map((look) => line(look, 'street')),
  ];
}

function edge({ scale }: BaseStyleOptions, colours: MapColours): LayerSpecification[] {
  return [
    {
      id: 'outside',
      type: 'fill',
      source: 'outside',
      paint: { 'fill-color': toCss(colours.outside), 'fill-opacity': 0.82, 'fill-antialias': false },
    },
    {
      id: 'city-edge-glow',
      type: 'line',
      source: 'land',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': toCss(colours.cityEdge),
        'line-width': 12 * scale,
        'line-blur': 12 * scale,
        'line-opacity': 0.35,
      },
    },
    {
      id: 'city-edge',
      type: 'line',
      source: 'land',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': toCss(colours.cityEdge), 'line-width': 1.4 * scale },
    },
  ];
}

function names(options: BaseStyleOptions, colours: MapColours): LayerSpecification[] {
  const { scale, language } = options;
  const [first, second] = language === 'en' ? ['nameEn', 'name'] : ['name', 'nameEn'];
  const main: ExpressionSpecification = ['case', ['!=', ['get', first], ''], ['get', first], ['get', second]];
  const other: ExpressionSpecification = [
    'case',
    ['any', ['==', ['get', first], ''], ['==', ['get', second], ''], ['==', ['get', first], ['get', second]]],
    '',
    ['get', second],
  ];
  const stacked: ExpressionSpecification = [
    'case',
    ['==', other, ''],
    main,
    ['format', main, {}, '\n', {}, other, { 'font-scale': 0.72 }],
  ];
  const inLine: ExpressionSpecification = [
    'concat',
    main,
    ['case', ['==', other, ''], '', ['concat', '  ', other]],
  ];
  const halo = { 'text-halo-color': toCss(colours.halo), 'text-halo-width': 1.6 * scale };
  const font = { 'text-font': [MAP_FONT] };
  const streetNames = (ofClass: Roads, from: number, size: number): LayerSpecification => ({
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
      'text-size': size * scale,
      'text-max-angle': 30,
      'text-padding': 6 * scale,
    },
    paint: { ...halo, 'text-color': toCss(colours.streetName) },
  });
  return [
    streetNames('lane', 15, 11),
    streetNames('street', 13.2, 11),
    streetNames('arterial', 11.4, 12.5),
    streetNames('motorway', 10, 12.5),
    {
      id: 'place-names',
      type: 'symbol',
      source: 'places',
      minzoom: zoomOn(options, 13.6),
      filter: ['!=', main, ''],
      layout: {
        ...font,
        'text-field': stacked,
        'text-size': 11.5 * scale,
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
      minzoom: zoomOn(options, 11.8),
      layout: {
        ...font,
        'text-field': stacked,
        'text-size': 12.5 * scale,
        'text-max-width': 9,
        'text-padding': 14 * scale,
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { ...halo, 'text-color': toCss(colours.communityName) },
    },
  ];
}
