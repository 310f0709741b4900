import type { GeoJSONSource, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { MapColours } from './map-colours.ts';
import type { StyleContext } from './style-context.ts';

/** What a source of the ground can be given. */
export type GroundData = Parameters<GeoJSONSource['setData']>[0];

/** What a screen draws into the ground beside the city: above the streets, below the names. */
export interface GroundExtra {
  /** As they are now: asked again whenever the style is made anew. */
  readonly sources: () => StyleSpecification['sources'];
  readonly layers: (context: StyleContext, colours: MapColours) => LayerSpecification[];
}
