import type { ExpressionSpecification } from 'maplibre-gl';
import type { City } from '@maplewall/shared/domain/city.ts';
import type { UsualPlaces } from '@maplewall/shared/wire/history.ts';
import type { CityShape } from './city-shape.ts';
import type { MapLanguage, MapTheme } from './map-words.ts';
import type { ReachedStreets } from './reached-streets.ts';

export interface StyleContext {
  readonly cityUrl: string;
  readonly city: City;
  readonly shape: CityShape;
  /** Somebody has come so near that buildings are seen; before that their large file is not asked for. */
  readonly hasBuildings: boolean;
  readonly language: MapLanguage;
  readonly theme: MapTheme;
  /** CSS pixels per pixel of a 1080-line screen: a large wall is read from further away. */
  readonly scale: number;
  readonly showRisk: boolean;
  readonly showLabels: boolean;
  /** Marks that names leave room for. */
  readonly obstacles: PointCollection;
  /** What staffed posts reach in half a minute along the streets. */
  readonly reach: ReachedStreets;
  /** Where incidents are usual, while the ghost day is shown. */
  readonly usual: UsualPlaces | undefined;
}

/** GeoJSON of points. */
export interface PointCollection {
  readonly type: 'FeatureCollection';
  readonly features: {
    type: 'Feature';
    properties: Record<string, string | number>;
    geometry: { type: 'Point'; coordinates: number[] };
  }[];
}

/** A zoom of a 1080-line screen, on this screen. */
export const zoomOn = ({ scale }: StyleContext, zoom: number): number => zoom + Math.log2(scale);

/** A width or size in pixels of a 1080-line screen by zoom, on this screen. */
export const byZoom = (
  options: StyleContext,
  ...stops: readonly (readonly [zoom: number, pixels: number])[]
): ExpressionSpecification =>
  [
    'interpolate',
    ['exponential', 1.5],
    ['zoom'],
    ...stops.flatMap(([zoom, pixels]) => [zoomOn(options, zoom), pixels * options.scale]),
  ] as ExpressionSpecification;

/** On a 1080-line screen; from here on buildings are drawn. */
export const BUILDINGS_FROM_ZOOM = 14;
