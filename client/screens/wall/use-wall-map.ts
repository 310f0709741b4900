import type { City } from '@maplewall/shared/domain/city.ts';
import type { IncidentId, TeamId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { onBeforeUnmount, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { gridFactors } from '../../map/grid-factors.ts';
import type { MapHandle, MapLegend, MapPick, MapScreen, MapStats } from '../../map/map-handle.ts';
import type { Camera } from '../../map/camera.ts';
import type { Sketch, SketchFeature } from '../../map/sketch.ts';
import { mountMap } from '../../map/map-host.ts';
import type { Place } from '../../stores/reach-questions.ts';
import { fetchUsualPlaces } from '../../stores/usual-places.ts';
import { CityTime } from '../../world/city-time.ts';
import { followReach } from '../follow-reach.ts';
import { cityBounds, cityPart } from './city-part.ts';
import type { RoadIndex } from './inset/road-index.ts';
import type { WallOptions } from './wall-options.ts';
import type { WallSession } from './wall-session.ts';

const LEGEND_EVERY_MS = 1_000;
/** A map that could not be made is tried again, as its parts are that could not be drawn. */
const MOUNT_AGAIN_MS = 60_000;

/** What the tools of a replay do with the map. */
export interface ReplayMap {
  /** Undefined as long as there is no map. */
  handle(): MapHandle | undefined;
  /** Draws into the map's ground what a tool has found; an empty list wipes it. */
  draw(features: readonly SketchFeature[]): void;
  /** Leads the camera, asked at each picture, until somebody else does or a hand moves the map. */
  lead(camera: (() => Camera | undefined) | undefined): void;
  /** Tells one tool where somebody taps the map, until it is told otherwise. */
  onTap(tell: ((at: Place) => void) | undefined): void;
}

/** What a wall tells the gateway of its map. */
export type DrawnMap = Pick<MapStats, 'frames' | 'contexts' | 'givenUp'>;
const NO_MAP: DrawnMap = { frames: 0, contexts: 0, givenUp: ['map'] };

export interface WallMap {
  readonly legend: ShallowRef<MapLegend | undefined>;
  /** What somebody points at or has touched. */
  readonly pointed: ShallowRef<MapPick | undefined>;
  /** Why there is no map, or that a part of it is missing; empty when it is whole. */
  readonly failure: Ref<string>;
  /** Incidents that share the screen with what the director shows, and the streets to draw them with. */
  readonly insets: ShallowRef<readonly IncidentId[]>;
  readonly roads: ShallowRef<RoadIndex | undefined>;
  mount(place: HTMLElement, session: WallSession): Promise<void>;
  /** Undefined as long as there is no map; one that could not be made has drawn nothing. */
  stats(): DrawnMap | undefined;
  readonly forReplay: ReplayMap;
}

/** A wall without a director fetches none of it. Where it does not come there is none: the map is worth more than its camera. */
async function fetchDirecting() {
  const parts = Promise.all([import('./directing.ts'), import('./inset/Insets.vue')]);
  const [directing] = await parts.catch(() => []);
  return directing;
}

/** The wall's one map: mounted once, told of the screen's changes, gone with the wall. */
export function useWallMap(
  { city, options }: { readonly city: City; readonly options: WallOptions },
  screen: ComputedRef<MapScreen>,
  isVisitor: Ref<boolean>,
): WallMap {
  const { t, locale } = useI18n();
  const legend = shallowRef<MapLegend>();
  const pointed = shallowRef<MapPick>();
  const point = (pick: MapPick | undefined): void => {
    pointed.value = pick;
  };
  const failure = ref('');
  const insets = shallowRef<readonly IncidentId[]>([]);
  const roads = shallowRef<RoadIndex>();
  let map: MapHandle | undefined;
  let sketch: Sketch | undefined;
  let lead: (() => Camera | undefined) | undefined;
  let tell: ((at: Place) => void) | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let stopReach: (() => void) | undefined;
  let withdrawDebugHandle: (() => void) | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;

  const time = new CityTime(city.timeZone, 'en');
  let ghostHour = '';
  /** The ghost day of the hour shown, asked for when the hour is another one. */
  const showGhost = (at: EpochMs): void => {
    if (!options.ghostHeat || at <= 0) return;
    const [day, hour] = [time.day(at), time.hour(at)];
    if (`${day} ${hour}` === ghostHour) return;
    ghostHour = `${day} ${hour}`;
    void fetchUsualPlaces(day, hour).then((usual) => map?.showUsual(usual));
  };

  const mount = async (place: HTMLElement, session: WallSession): Promise<void> => {
    const { feed, clientWorld } = session;
    if (options.debug) {
      const { offerDebugHandle } = await import('./debug-handle.ts');
      withdrawDebugHandle = offerDebugHandle(session, () => map);
    }
    /** A pack's bounds may be wider than its city, so that half of them may be empty. */
    const partOf = (shown: MapHandle | undefined) => shown && cityPart(shown.cityExtent, options.view);
    const directing = options.director ? await fetchDirecting() : undefined;
    const director = directing
      ? new directing.Director({
          world: () => clientWorld.world,
          now: () => feed.shownAt(),
          placeOf: (incident) => clientWorld.incidentMarks.placeInDegrees(incident),
          screen: () => screen.value,
          cityCamera: (of) => map?.cityCamera(of),
          shownCamera: () => map?.cityCamera(map.freeView()),
          city: cityBounds(city),
          get part() {
            return partOf(map);
          },
          steadyNow: () => performance.now(),
        })
      : undefined;
    try {
      // A wall of the present draws nothing into its ground, and does not fetch what that takes.
      if (feed.playback !== undefined) sketch = new (await import('../../map/sketch.ts')).Sketch();
      map = await mountMap(place, {
        city,
        cityUrl: '/api/city',
        clientWorld,
        now: () => feed.shownAt(),
        pace: () => feed.playback?.speed ?? 1,
        language: locale.value === 'en' ? 'en' : 'zh-CN',
        theme: options.theme,
        screen: screen.value,
        camera: () => director?.camera() ?? lead?.(),
        onHandMoved: () => {
          director?.onHand();
          lead = undefined;
        },
        ...(director === undefined ? {} : { onTouched: () => director.onHand() }),
        ...(sketch === undefined ? {} : { ground: sketch }),
        ...(options.team === undefined ? {} : { team: options.team as TeamId }),
        isVisitor: isVisitor.value,
        interactive: options.tile.columns * options.tile.rows === 1,
        still: options.still,
        onHover: point,
        onPick: (pick, at) => {
          point(pick);
          tell?.(at);
        },
        onFailure: ({ part, message }) => console.warn(`map: ${part}: ${message}`),
      });
      // The key may have been pressed while the map was made.
      if (clientWorld.motion.isCoarse !== isVisitor.value) map.setVisitor(isVisitor.value);
      map.showCity(options.look ?? partOf(map));
      stopReach = followReach(
        () => map,
        () => (feed.capabilities.showsPresent ? undefined : feed.shownAt()),
      );
      timer = setInterval(() => {
        showGhost(feed.shownAt());
        legend.value = map?.legend();
        failure.value = map?.stats().givenUp.length ? t('wall.mapGivenUp') : '';
        // The pointer may lie there for hours; what it shows goes on.
        if (pointed.value?.kind === 'grid') {
          const { id } = pointed.value;
          pointed.value = { kind: 'grid', id, ...gridFactors(clientWorld.world, id, feed.shownAt()) };
        }
        const now = director?.insets ?? [];
        if (now.join() !== insets.value.join()) insets.value = now;
      }, LEGEND_EVERY_MS);
      roads.value = await directing?.readRoads('/api/city/roads');
    } catch (error) {
      console.error(error);
      failure.value = t('wall.mapGivenUp');
      // Nobody is there to load the page anew.
      if (map === undefined && !isGone) again = setTimeout(() => void mount(place, session), MOUNT_AGAIN_MS);
    }
  };
  watch(screen, (now) => map?.setScreen(now));
  watch(isVisitor, (now) => map?.setVisitor(now));
  onBeforeUnmount(() => {
    isGone = true;
    clearTimeout(again);
    clearInterval(timer);
    stopReach?.();
    withdrawDebugHandle?.();
    map?.dispose();
  });
  const forReplay: ReplayMap = {
    handle: () => map,
    draw: (features) => {
      sketch?.show(features);
      if (sketch !== undefined) map?.setGround(sketch.source, sketch.data);
    },
    lead: (camera) => {
      lead = camera;
      map?.draw('lead');
    },
    onTap: (to) => {
      tell = to;
    },
  };
  return {
    legend,
    pointed,
    failure,
    insets,
    roads,
    mount,
    stats: () => map?.stats() ?? (failure.value === '' ? undefined : NO_MAP),
    forReplay,
  };
}
