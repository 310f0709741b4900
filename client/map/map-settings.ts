import type { UsualPlaces } from '@maplewall/shared/wire/history.ts';
import type { MapLayerVisibility, MapScreen } from './map-handle.ts';
import type { MapLanguage, MapTheme } from './map-words.ts';
import type { ReachedStreets } from './reached-streets.ts';

/** What a map was told to look like. */
export interface MapSettings {
  readonly language: MapLanguage;
  readonly theme: MapTheme;
  readonly screen: MapScreen;
  readonly visible: MapLayerVisibility;
  readonly usual: UsualPlaces | undefined;
  readonly reach: ReachedStreets;
}
