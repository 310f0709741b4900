import type { Layer } from '@deck.gl/core';
import { baseStyle } from './base-style.ts';
import type { CityShape } from './city-shape.ts';
import { FailureContainer } from './contain-failure.ts';
import { UNITS_PER_PIXEL } from './layers/text-sizes.ts';
import { mapColours } from './map-colours.ts';
import type { MapOptions } from './map-handle.ts';
import type { MapSettings } from './map-settings.ts';
import type { Marks } from './marks.ts';
import type { Obstacles } from './obstacles.ts';
import { NOTHING_REACHED } from './reached-streets.ts';

export interface MapLookParts {
  readonly options: MapOptions;
  readonly shape: CityShape;
  readonly figureFont: string;
  readonly marks: Marks;
  readonly obstacles: Obstacles;
}

/** What a map was told to look like, and the style and the layers that follow from it. */
export class MapLook {
  settings: MapSettings;
  /** Somebody has come so near that buildings are seen. */
  hasBuildings = false;
  /** What keeps marks from being drawn: a part that fails again and again is not among the layers. */
  readonly failures: FailureContainer;
  readonly #parts: MapLookParts;
  readonly #calm: MediaQueryList;

  constructor(parts: MapLookParts, calm: MediaQueryList) {
    const { language, theme, screen } = parts.options;
    this.#parts = parts;
    this.failures = new FailureContainer((failure) => parts.options.onFailure?.(failure));
    this.#calm = calm;
    this.settings = { language, theme, screen, visible: {}, usual: undefined, reach: NOTHING_REACHED };
  }

  /** How much larger than on a 1080-line screen everything is drawn. */
  get scale(): number {
    return Math.max(0.25, this.settings.screen.unit * UNITS_PER_PIXEL);
  }

  style(): ReturnType<typeof baseStyle> {
    const { options, shape, obstacles } = this.#parts;
    const { language, theme, visible, usual, reach } = this.settings;
    return baseStyle(
      {
        cityUrl: options.cityUrl,
        city: options.city,
        shape,
        hasBuildings: this.hasBuildings,
        language,
        theme,
        scale: this.scale,
        showRisk: visible.risk !== false,
        showLabels: visible.labels !== false,
        obstacles: obstacles.points,
        usual,
        reach,
      },
      options.ground,
    );
  }

  layers(): Layer[] {
    const { marks, figureFont } = this.#parts;
    const { theme, language, visible } = this.settings;
    return marks.layers({
      colours: mapColours(theme),
      scale: this.scale,
      isCalm: this.#calm.matches,
      figureFont,
      language,
      visible,
      hasGivenUp: (part) => this.failures.hasGivenUp(part),
    });
  }
}
