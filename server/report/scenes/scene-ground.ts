import { ROAD_CLASSES, type RoadClass } from '@maplewall/shared/domain/road-class.ts';
import {
  clippedLine,
  clippedRing,
  lengthOf,
  simplified,
  widened,
  type Place,
  type Rect,
} from './flat-shapes.ts';
import type { Drawn, PackDrawings } from './scene-data.ts';
import type { SceneView } from './scene-view.ts';

type Line = readonly Place[];
/** An outer ring and its holes. */
export type Area = readonly Line[];

/** A street's name, with its longest stretch in the picture. */
export interface StreetName {
  readonly zh: string;
  readonly en: string;
  readonly line: Line;
}

/** What of the city lies in a scene's frame, in points, as finely as paper shows it. */
export interface Ground {
  readonly water: readonly Area[];
  readonly blocks: readonly Area[];
  readonly edge: readonly Line[];
  /** The city itself, as far as it is in the frame. */
  readonly city: readonly Area[];
  readonly streets: readonly { readonly class: RoadClass; readonly lines: readonly Line[] }[];
  /** Wide streets first, of each class the longest. */
  readonly names: readonly StreetName[];
}

/** A dot of a printer of 300 dots to the inch. */
const TOLERANCE_POINTS = 0.24;
/** What is smaller is not seen as a shape. */
const LEAST_POINTS = 0.8;
/** Strokes are cut beyond the frame, so that their ends are not seen. */
const BEYOND_POINTS = 4;
/** So many corners at most in one scene: what comes after is left out, narrow streets and blocks first. */
export const MOST_CORNERS = 8_000;

/** The coarsest scale at which a class of streets, and blocks, are more than a grey mass. */
const COARSEST_METRES_PER_POINT: Readonly<Record<RoadClass | 'blocks', number>> = {
  motorway: Infinity,
  arterial: Infinity,
  street: 40,
  lane: 14,
  path: 5,
  blocks: 14,
};

/** Cuts the city's drawings to a frame. */
export function groundOf(pack: PackDrawings, view: SceneView): Ground {
  const rect = widened(view.rect, BEYOND_POINTS);
  let corners = 0;
  const counted = <T extends Line | Area>(shapes: readonly T[], size: (shape: T) => number): readonly T[] =>
    shapes.filter((shape) => {
      corners += size(shape);
      return corners <= MOST_CORNERS;
    });
  const areaSize = (area: Area): number => area.reduce((sum, ring) => sum + ring.length, 0);
  const areas = (drawn: readonly Drawn[]): readonly Area[] =>
    counted(
      drawn.flatMap((one) => areasOf(one, view, rect)),
      areaSize,
    );
  const water = areas(pack.water);
  const city = areas(pack.boundary);
  const edge = counted(
    pack.boundary.flatMap((one) =>
      polygonsOf(one).flatMap((rings) =>
        rings.flatMap((ring) => clippedLine(placed(ring, view), rect).map(finer)),
      ),
    ),
    (line) => line.length,
  );
  const isFine = (what: RoadClass | 'blocks'): boolean =>
    view.metresPerPoint <= COARSEST_METRES_PER_POINT[what];
  const names = new Map<string, StreetName>();
  const streets = ROAD_CLASSES.filter(isFine).map((name) => {
    const roads = pack.roads.filter(({ properties }) => properties['class'] === name);
    const lines = roads.flatMap((road) => {
      const parts = linesOf(road).flatMap((line) => clippedLine(placed(line, view), rect).map(finer));
      noteName(names, road, parts);
      return parts;
    });
    return {
      class: name,
      lines: counted(
        lines.filter((line) => lengthOf(line) >= LEAST_POINTS),
        (line) => line.length,
      ),
    };
  });
  return {
    water,
    city,
    edge,
    streets,
    names: [...names.values()],
    blocks: isFine('blocks') ? areas(pack.blocks) : [],
  };
}

const finer = (line: Line): Line => simplified(line, TOLERANCE_POINTS);

function noteName(names: Map<string, StreetName>, { properties }: Drawn, parts: readonly Line[]): void {
  const zh = String(properties['name'] ?? '');
  const en = String(properties['nameEn'] ?? '') || zh;
  if (zh === '' && en === '') return;
  for (const line of parts) {
    const known = names.get(zh || en);
    if (known === undefined || lengthOf(line) > lengthOf(known.line))
      names.set(zh || en, { zh: zh || en, en, line });
  }
}

/** A drawing's polygons cut to a rectangle; undefined parts and those too small to see are left out. */
export function areasOf(drawn: Drawn, view: SceneView, rect: Rect): readonly Area[] {
  return polygonsOf(drawn).flatMap((rings) => {
    const area = rings
      .map((ring) => finer(clippedRing(placed(ring, view), rect)))
      .filter((ring) => ring.length > 2 && lengthOf(ring) >= 4 * LEAST_POINTS);
    return area.length === 0 ? [] : [area];
  });
}

/** A drawing's lines cut to a rectangle. */
export const clippedLinesOf = (drawn: Drawn, view: SceneView, rect: Rect): readonly Line[] =>
  linesOf(drawn).flatMap((line) => clippedLine(placed(line, view), rect).map(finer));

type Degrees = readonly (readonly number[])[];

function placed(line: Degrees, view: SceneView): Line {
  const { west, south, east, north } = view.shown;
  const margin = 0.1 * (east - west);
  // Most of a city lies outside a frame: that is seen from its degrees, without working out places.
  const isAway =
    line.every(([lng = 0]) => lng < west - margin) ||
    line.every(([lng = 0]) => lng > east + margin) ||
    line.every(([, lat = 0]) => lat < south - margin) ||
    line.every(([, lat = 0]) => lat > north + margin);
  return isAway ? [] : line.map(([lng = 0, lat = 0]) => view.place(lng, lat));
}

function linesOf({ geometry: { type, coordinates } }: Drawn): readonly Degrees[] {
  if (type === 'LineString') return [coordinates as Degrees];
  return type === 'MultiLineString' ? (coordinates as readonly Degrees[]) : [];
}

function polygonsOf({ geometry: { type, coordinates } }: Drawn): readonly (readonly Degrees[])[] {
  if (type === 'Polygon') return [coordinates as readonly Degrees[]];
  return type === 'MultiPolygon' ? (coordinates as readonly (readonly Degrees[])[]) : [];
}
