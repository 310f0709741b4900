import type { City } from '@maplewall/shared/domain/city.ts';
import type { TeamId } from '@maplewall/shared/domain/ids.ts';
import { onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { MapHandle, MapLegend, MapScreen } from '../../map/map-handle.ts';
import { mountMap } from '../../map/map-host.ts';
import { cityPart } from './city-part.ts';
import type { WallOptions } from './wall-options.ts';
import type { WallSession } from './wall-session.ts';

const LEGEND_EVERY_MS = 1_000;

export interface WallMap {
  readonly legend: ShallowRef<MapLegend | undefined>;
  /** Why there is no map; empty when there is one. */
  readonly failure: Ref<string>;
  mount(place: HTMLElement, session: WallSession): Promise<void>;
}

/** The wall's one map: mounted once, told of the screen's changes, gone with the wall. */
export function useWallMap(
  { city, options }: { readonly city: City; readonly options: WallOptions },
  screen: ComputedRef<MapScreen>,
): WallMap {
  const { locale } = useI18n();
  const legend = shallowRef<MapLegend>();
  const failure = ref('');
  let map: MapHandle | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  const mount = async (place: HTMLElement, { feed, clientWorld }: WallSession): Promise<void> => {
    try {
      map = await mountMap(place, {
        city,
        cityUrl: '/api/city',
        clientWorld,
        now: () => feed.shownAt(),
        pace: () => feed.playback?.speed ?? 1,
        language: locale.value === 'en' ? 'en' : 'zh-CN',
        theme: options.theme,
        screen: screen.value,
        ...(options.team === undefined ? {} : { team: options.team as TeamId }),
        isVisitor: options.visitor,
        interactive: options.tile.columns * options.tile.rows === 1,
        still: options.still,
        onFailure: ({ part, message }) => console.warn(`map: ${part}: ${message}`),
      });
      map.showCity(cityPart(city, options.view));
      timer = setInterval(() => {
        legend.value = map?.legend();
      }, LEGEND_EVERY_MS);
    } catch (error) {
      failure.value = String(error);
    }
  };
  watch(screen, (now) => map?.setScreen(now));
  onBeforeUnmount(() => {
    clearInterval(timer);
    map?.dispose();
  });
  return { legend, failure, mount };
}
