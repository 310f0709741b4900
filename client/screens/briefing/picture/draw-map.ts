import type { City } from '@maplewall/shared/domain/city.ts';
import type { Scene } from '@maplewall/shared/domain/saved-briefing.ts';
import type { MapInsets } from '../../../map/camera.ts';
import { mountMap } from '../../../map/map-host.ts';
import type { MapTheme } from '../../../map/map-words.ts';
import type { ReachedStreets } from '../../../map/reached-streets.ts';
import { Sketch } from '../../../map/sketch.ts';
import type { Language } from '../../../i18n/i18n.ts';
import { fetchReachedStreets } from '../../../stores/coverage.ts';
import type { ClientWorld } from '../../../world/client-world.ts';
import { boundsOfScene, layersOf, marksOf } from '../scene-map.ts';

export interface MapPictureParts {
  readonly city: City;
  readonly scene: Scene;
  readonly clientWorld: ClientWorld;
  readonly theme: MapTheme;
  readonly language: Language;
  readonly width: number;
  readonly height: number;
  /** In pixels of the picture. */
  readonly insets: MapInsets;
}

/**
 * Draws a scene's map into a context, in the pixels of the picture whatever this screen has. The map is one of its own, out
 * of sight, so that the one that is looked at stays as it is.
 * @throws when this browser cannot draw it
 */
export async function drawMap(context: CanvasRenderingContext2D, parts: MapPictureParts): Promise<void> {
  const { city, scene, clientWorld, theme, language, width, height, insets } = parts;
  const ratio = window.devicePixelRatio;
  const css = (pixels: number): number => pixels / ratio;
  const place = document.createElement('div');
  place.style.cssText = `position: fixed; left: -200vw; top: 0; width: ${css(width)}px; height: ${css(height)}px; transform: translateX(-100%)`;
  place.setAttribute('aria-hidden', 'true');
  document.body.append(place);
  const sketch = new Sketch();
  sketch.show(marksOf(scene.marks));
  try {
    const [map, reached] = await Promise.all([
      mountMap(place, {
        city,
        cityUrl: '/api/city',
        clientWorld,
        now: () => scene.at,
        // Names stand at once, and nothing is drawn again and again while the ground is being read.
        still: true,
        language,
        theme,
        ground: sketch,
        screen: {
          unit: css(1),
          picture: {
            width: css(width),
            height: css(height),
            left: 0,
            top: 0,
            screenWidth: css(width),
            screenHeight: css(height),
          },
          insets: {
            left: css(insets.left),
            right: css(insets.right),
            top: css(insets.top),
            bottom: css(insets.bottom),
          },
        },
      }),
      fetchReachedStreets(scene.at),
    ]);
    try {
      map.setLayers(layersOf(scene));
      if (reached !== undefined) map.showReach(JSON.parse(reached) as ReachedStreets);
      map.showCity(boundsOfScene(scene));
      await map.whenIdle();
      for (const canvas of map.picture()) context.drawImage(canvas, 0, 0, width, height);
    } finally {
      map.dispose();
    }
  } finally {
    place.remove();
  }
}
