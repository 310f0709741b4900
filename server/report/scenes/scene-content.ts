import type { City } from '@maplewall/shared/domain/city.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { localPlane, latOf, lngOf } from '@maplewall/shared/geo/local-plane.ts';
import type { Chapter, ChapterKind } from '@maplewall/shared/rules/chapters/chapter.ts';
import { boundsOf, type Bounds } from '@maplewall/shared/rules/chapters/focus-bounds.ts';
import type { HistoryIncident } from '@maplewall/shared/wire/history.ts';
import type { Place, Rect } from './flat-shapes.ts';
import type { Drawn, PackDrawings, SceneShapes } from './scene-data.ts';
import { areasOf, clippedLinesOf, groundOf, type Area, type Ground } from './scene-ground.ts';
import { mergedMarks, type SceneMark } from './scene-marks.ts';
import { viewOf, type SceneView } from './scene-view.ts';

/** All that one scene shows, cut to its frame, in points. */
export interface SceneContent {
  readonly view: SceneView;
  readonly ground: Ground;
  /** How many incidents the marks stand for. */
  readonly incidents: number;
  readonly marks: readonly SceneMark[];
  readonly reached: { readonly areas: readonly Area[]; readonly streets: readonly (readonly Place[])[] };
  readonly circle: { readonly at: Place; readonly points: number; readonly metres: number } | undefined;
  readonly lost: readonly Area[];
  /** The ordinary minute that what is lost is measured by. */
  readonly ordinaryAt: EpochMs | undefined;
  /** Places that nobody reached, and how many there were: the gateway names so many at most. */
  readonly unreached: readonly Place[];
  readonly lostPlaces: number;
  readonly posts: readonly { readonly at: Place; readonly isHeld: boolean }[];
  /** Nothing was recorded: the whole city is hatched. */
  readonly isSilent: boolean;
}

/** What a city-wide view leaves free round the city's edge, of its size. */
const MARGIN_PART = 0.03;
/** Marks at the frame would be cut. */
const MARK_INSET_POINTS = 9;

export interface SceneParts {
  readonly city: City;
  readonly pack: PackDrawings;
  readonly incidents: readonly HistoryIncident[];
}

/** Makes one chapter's scene for a rectangle on paper. */
export function contentOf(
  chapter: Chapter,
  { reached = [], hole }: SceneShapes,
  { city, pack, incidents }: SceneParts,
  rect: Rect,
): SceneContent {
  const shown = shownIncidents(chapter, incidents);
  const round = circleOf(chapter, shown);
  const view = viewOf(withCircle(closeTo(boundsOf(chapter.focus), pack.boundary), round), rect);
  const inner = {
    left: rect.left + MARK_INSET_POINTS,
    top: rect.top + MARK_INSET_POINTS,
    right: rect.right - MARK_INSET_POINTS,
    bottom: rect.bottom - MARK_INSET_POINTS,
  };
  const marks = mergedMarks(
    shown.map(({ lng, lat, category, priority }) => ({ at: view.place(lng, lat), category, priority })),
    inner,
  );
  const held = new Set(hole?.heldPosts);
  return {
    view,
    ground: groundOf(pack, view),
    incidents: marks.reduce((sum, { count }) => sum + count, 0),
    marks,
    reached: {
      areas: reached
        .filter(({ properties }) => properties['what'] === 'area')
        .flatMap((one) => areasOf(one, view, rect)),
      streets: reached
        .filter(({ properties }) => properties['what'] === 'streets')
        .flatMap((one) => clippedLinesOf(one, view, rect)),
    },
    circle: round && {
      at: view.place(round.lng, round.lat),
      points: round.metres / view.metresPerPoint,
      metres: round.metres,
    },
    lost: hole?.isByGrid === true ? hole.lost.flatMap((one) => areasOf(one, view, rect)) : [],
    ordinaryAt: hole?.ordinaryAt,
    lostPlaces: hole?.lostPlaces ?? 0,
    unreached: hole?.isByGrid === false ? hole.lost.flatMap((one) => pointOf(one, view)) : [],
    posts:
      hole === undefined
        ? []
        : city.posts.map(({ id, lng, lat }) => ({ at: view.place(lng, lat), isHeld: held.has(id) })),
    isSilent: chapter.kind === 'silence',
  };
}

/** Bounds wider than the city are those in which positions are taken: the picture shows the city itself. */
function closeTo(bounds: Bounds, boundary: readonly Drawn[]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    const [lng, lat] = coordinates as readonly unknown[];
    if (typeof lng !== 'number' || typeof lat !== 'number') return coordinates.forEach(take);
    [west, south] = [Math.min(west, lng), Math.min(south, lat)];
    [east, north] = [Math.max(east, lng), Math.max(north, lat)];
  };
  for (const { geometry } of boundary) take(geometry.coordinates);
  const isWider =
    bounds.west <= west && bounds.south <= south && bounds.east >= east && bounds.north >= north;
  if (west >= east || south >= north || !isWider) return bounds;
  const [wide, high] = [(east - west) * MARGIN_PART, (north - south) * MARGIN_PART];
  return { west: west - wide, south: south - high, east: east + wide, north: north + high };
}

/** Chapters of a stretch of time show what came in within it; all others the incidents that they are about. */
const OF_A_STRETCH: ReadonlySet<ChapterKind> = new Set(['busiestHour']);

type Shown = Pick<HistoryIncident, 'incidentId' | 'lng' | 'lat' | 'category' | 'priority'>;

function shownIncidents(
  { kind, from, to, about, focus, incident }: Chapter,
  incidents: readonly HistoryIncident[],
): readonly Shown[] {
  if (OF_A_STRETCH.has(kind)) return incidents.filter(({ at }) => at >= from && at < to);
  const named = new Set(about);
  const found = incidents.filter(({ incidentId }) => named.has(incidentId));
  if (found.length > 0 || incident === null || focus.kind !== 'point') return found;
  // It came in the day before.
  return [{ ...incident, lng: focus.lng, lat: focus.lat }];
}

interface Circle {
  readonly lng: number;
  readonly lat: number;
  readonly metres: number;
}

/** Round the incident that a cluster began with. */
function circleOf({ kind, about, figures }: Chapter, shown: readonly Shown[]): Circle | undefined {
  const radius = figures.find(({ name }) => name === 'radius');
  const first = shown.find(({ incidentId }) => incidentId === about[0]);
  if (kind !== 'cluster' || radius === undefined || first === undefined) return undefined;
  return { lng: first.lng, lat: first.lat, metres: radius.value };
}

/** A circle that is cut says nothing: it is shown whole, with some room. */
function withCircle(bounds: Bounds, circle: Circle | undefined): Bounds {
  if (circle === undefined) return bounds;
  const plane = localPlane(circle);
  const away = circle.metres * 1.1;
  return {
    west: Math.min(bounds.west, lngOf(plane, -away)),
    south: Math.min(bounds.south, latOf(plane, -away)),
    east: Math.max(bounds.east, lngOf(plane, away)),
    north: Math.max(bounds.north, latOf(plane, away)),
  };
}

function pointOf({ geometry: { type, coordinates } }: Drawn, view: SceneView): readonly Place[] {
  if (type !== 'Point') return [];
  const [lng = 0, lat = 0] = coordinates as readonly number[];
  return [view.place(lng, lat)];
}
