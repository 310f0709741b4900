import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { RISK_EDGES, riskRamp, type MapColours } from './map-colours.ts';
import { toCss } from './oklch.ts';
import { BUILDINGS_FROM_ZOOM, zoomOn, type StyleContext } from './style-context.ts';

export const RISK_SOURCE = 'grids';

/** Land, water, blocks, risk by grid, buildings: what lies under the streets. */
export function groundLayers(options: StyleContext, colours: MapColours): LayerSpecification[] {
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
  const opacities = (part: number): ExpressionSpecification =>
    stepped(
      ramp.map(({ opacity }) => opacity * part),
      0,
    );
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
      id: 'risk',
      type: 'fill',
      source: RISK_SOURCE,
      layout: { visibility: options.showRisk ? 'visible' : 'none' },
      paint: {
        'fill-color': stepped(
          ramp.map(({ colour }) => toCss(colour)),
          toCss(colours.land),
        ),
        // In the streets risk says nothing any more that a stroller could use: there it steps back.
        'fill-opacity': [
          'interpolate',
          ['linear'],
          ['zoom'],
          zoomOn(options, 13.5),
          opacities(1),
          zoomOn(options, 15.5),
          opacities(0.35),
        ],
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
            minzoom: zoomOn(options, BUILDINGS_FROM_ZOOM),
            paint: { 'fill-color': toCss(colours.buildings) },
          } satisfies LayerSpecification,
        ]
      : []),
  ];
}

/** The city's edge lit, and what lies outside dimmed: above the streets, below the names. */
export function edgeLayers({ scale }: StyleContext, colours: MapColours): LayerSpecification[] {
  return [
    {
      id: 'outside',
      type: 'fill',
      source: 'outside',
      paint: { 'fill-color': toCss(colours.outside), 'fill-opacity': 0.72, 'fill-antialias': false },
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
