import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { cityFile } from './city-file.ts';
import type { GroundExtra } from './ground-extra.ts';
import { mapColours } from './map-colours.ts';
import { fontFaces } from './map-fonts.ts';
import type { PointCollection, StyleContext } from './style-context.ts';
import { edgeLayers, groundLayers, RISK_SOURCE } from './style-ground.ts';
import { nameLayers, OBSTACLE_SOURCE } from './style-names.ts';
import { REACH_SOURCE, reachLayers } from './style-reach.ts';
import { streetLayers } from './style-streets.ts';
import { USUAL_SOURCE, usualLayers, usualPoints } from './style-usual.ts';

/**
 * The quiet ground on which things are seen: everything of low contrast, streets by class, the city's edge lit and
 * what lies outside dimmed. Sizes grow with the screen; so do the zooms at which things appear, because a screen of
 * twice the lines shows the same ground one zoom further in.
 */
export function baseStyle(options: StyleContext, extra?: GroundExtra): StyleSpecification {
  const colours = mapColours(options.theme);
  const source = (file: string): StyleSpecification['sources'][string] => ({
    type: 'geojson',
    data: cityFile(options.cityUrl, file),
    tolerance: 0.5,
  });
  const names = options.showLabels ? nameLayers(options, colours) : [];
  const isOfStreets = (layer: LayerSpecification): boolean => 'source' in layer && layer.source === 'roads';
  return {
    version: 8,
    'font-faces': fontFaces(),
    sources: {
      land: { type: 'geojson', data: options.shape.land },
      outside: { type: 'geojson', data: options.shape.outside },
      communityNames: { type: 'geojson', data: options.shape.communityNames },
      stations: { type: 'geojson', data: stationPoints(options) },
      [OBSTACLE_SOURCE]: { type: 'geojson', data: options.obstacles },
      [USUAL_SOURCE]: { type: 'geojson', data: usualPoints(options.usual) },
      [REACH_SOURCE]: { type: 'geojson', data: options.reach },
      water: source('water'),
      blocks: source('blocks'),
      roads: source('roads'),
      communities: source('communities'),
      places: source('places'),
      [RISK_SOURCE]: { type: 'geojson', data: cityFile(options.cityUrl, 'grids'), promoteId: 'id' },
      ...(options.hasBuildings ? { buildings: source('buildings') } : {}),
      ...extra?.sources(),
    },
    layers: [
      ...groundLayers(options, colours),
      ...usualLayers(options.usual, colours),
      ...streetLayers(options, colours),
      ...reachLayers(options, colours),
      // Below what dims the surroundings: a motorway's name out there is no louder than the motorway.
      ...names.filter(isOfStreets),
      ...edgeLayers(options, colours),
      ...(extra?.layers(options, colours) ?? []),
      ...names.filter((layer) => !isOfStreets(layer)),
    ],
    transition: { duration: 0, delay: 0 },
  };
}

const stationPoints = ({ city }: StyleContext): PointCollection => ({
  type: 'FeatureCollection',
  features: city.stations.map(({ name, lng, lat }) => ({
    type: 'Feature',
    properties: { name: name.zh, nameEn: name.en },
    geometry: { type: 'Point', coordinates: [lng, lat] },
  })),
});
