import type { City } from '@maplewall/shared/domain/city.ts';
import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { MapHandle, MapLegend, MapPick, MapScreen } from '../../map/map-handle.ts';
import type { MapTheme } from '../../map/map-words.ts';
import { mountMap } from '../../map/map-host.ts';
import { Sketch, type SketchFeature } from '../../map/sketch.ts';
import type { Place } from '../../stores/reach-questions.ts';
import { followReach } from '../follow-reach.ts';
import type { WallSession } from '../wall/wall-session.ts';

const LEGEND_EVERY_MS = 1_000;
/** Near enough to see the streets of a half minute. */
const CLOSE_ZOOM = 15.5;

export interface ConsoleMap {
  readonly legend: ShallowRef<MapLegend | undefined>;
  /** Why there is no map; empty when there is one. */
  readonly failure: Ref<string>;
  /** Raised whenever the map shows another part of the city. */
  readonly moves: Ref<number>;
  mount(place: HTMLElement, session: WallSession): Promise<void>;
  /** Undefined while there is no map. */
  handle(): MapHandle | undefined;
  draw(features: readonly SketchFeature[]): void;
  /** Undefined while there is no map. */
  pixelsOf(place: Place): { readonly x: number; readonly y: number } | undefined;
  placeAt(x: number, y: number): Place;
  setScreen(screen: MapScreen): void;
  /** Goes so near that all these places are seen. */
  show(places: readonly Place[]): void;
}

/** The console's map: it may be touched, answers are drawn into its ground, and something may be laid over it. */
export function useConsoleMap(parts: {
  readonly city: City;
  readonly theme: MapTheme;
  readonly screen: () => MapScreen;
  readonly onPick: (pick: MapPick | undefined, at: Place) => void;
}): ConsoleMap {
  const { t, locale } = useI18n();
  const legend = shallowRef<MapLegend>();
  const failure = ref('');
  const moves = ref(0);
  const sketch = new Sketch();
  let map: MapHandle | undefined;
  const stops: (() => void)[] = [];
  onBeforeUnmount(() => {
    for (const stop of stops) stop();
    map?.dispose();
  });

  const mount = async (place: HTMLElement, { feed, clientWorld }: WallSession): Promise<void> => {
    try {
      map = await mountMap(place, {
        city: parts.city,
        cityUrl: '/api/city',
        clientWorld,
        now: () => feed.shownAt(),
        pace: () => feed.playback?.speed ?? 1,
        language: locale.value === 'en' ? 'en' : 'zh-CN',
        theme: parts.theme,
        screen: parts.screen(),
        interactive: true,
        ground: sketch,
        onPick: parts.onPick,
        onMove: () => (moves.value += 1),
        onFailure: ({ part, message }) => console.warn(`map: ${part}: ${message}`),
      });
    } catch (error) {
      failure.value = String(error);
      return;
    }
    map.setGround(sketch.source, sketch.data);
    moves.value += 1;
    stops.push(
      followReach(
        () => map,
        () => (feed.capabilities.showsPresent ? undefined : feed.shownAt()),
      ),
    );
    const timer = setInterval(() => {
      legend.value = map?.legend();
      failure.value = map?.stats().givenUp.length ? t('wall.mapGivenUp') : '';
    }, LEGEND_EVERY_MS);
    stops.push(() => clearInterval(timer));
  };

  return {
    legend,
    failure,
    moves,
    mount,
    handle: () => map,
    draw: (features) => {
      sketch.show(features);
      map?.setGround(sketch.source, sketch.data);
    },
    pixelsOf: (place) => map?.pixelsOf(place),
    placeAt: (x, y) => map?.placeAt(x, y) ?? { lng: 0, lat: 0 },
    setScreen: (screen) => map?.setScreen(screen),
    show: (places) => {
      const [first, ...others] = places;
      if (first === undefined || map === undefined) return;
      const lngs = [first, ...others].map(({ lng }) => lng);
      const lats = [first, ...others].map(({ lat }) => lat);
      map.flyTo({
        lng: (Math.min(...lngs) + Math.max(...lngs)) / 2,
        lat: (Math.min(...lats) + Math.max(...lats)) / 2,
        zoom: CLOSE_ZOOM,
      });
    },
  };
}
