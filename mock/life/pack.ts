import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { City, GridRef } from '@maplewall/shared/domain/city.ts';
import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { distance, FlatMap, type Point } from './flat-map.ts';
import { StreetNet, type Road } from './street-net.ts';

type LngLat = readonly [number, number];

/** A feature of GeoJSON. */
export interface Feature<P> {
  readonly properties: P;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

export interface GridArea extends GridRef {
  /** Outer rings, flat. */
  readonly rings: readonly (readonly Point[])[];
  readonly middle: Point;
  /** No corner is farther from the middle. */
  readonly reach: number;
}

export interface NamedPlace {
  readonly name: string;
  readonly kind: string;
  readonly point: Point;
}

/** What of a city pack life needs. */
export interface LifePack {
  readonly city: City;
  readonly map: FlatMap;
  readonly streets: StreetNet;
  readonly grids: readonly GridArea[];
  readonly places: readonly NamedPlace[];
}

/** Reads a pack that the server has accepted or the generator has made. @throws when a file is missing or no JSON */
export async function readLifePack(dir: string): Promise<LifePack> {
  const json = async <T>(file: string): Promise<T> =>
    JSON.parse(await readFile(join(dir, file), 'utf8')) as T;
  const features = async <P>(file: string): Promise<readonly Feature<P>[]> =>
    (await json<{ readonly features: readonly Feature<P>[] }>(`${file}.geojson`)).features;
  return makeLifePack(
    await json<City>('city.json'),
    await features<RoadProperties>('roads'),
    await features<GridRef>('grids'),
    await features<PlaceProperties>('places'),
  );
}

interface RoadProperties {
  readonly class: RoadClass;
  readonly name: string;
}
interface PlaceProperties {
  readonly kind: string;
  readonly name: string;
}

/** The same from what the files hold. */
export function makeLifePack(
  city: City,
  roads: readonly Feature<RoadProperties>[],
  grids: readonly Feature<GridRef>[],
  places: readonly Feature<PlaceProperties>[],
): LifePack {
  const map = new FlatMap(city.centre);
  return {
    city,
    map,
    streets: new StreetNet(
      roads.map(({ properties, geometry }): Road => ({
        roadClass: properties.class,
        name: properties.name,
        lines: (geometry.type === 'LineString'
          ? [geometry.coordinates]
          : geometry.coordinates) as readonly LngLat[][],
      })),
      map,
    ),
    grids: grids.map(({ properties, geometry }) => {
      const polygons = (
        geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      ) as readonly LngLat[][][];
      const rings = polygons.map(([outer]) => (outer ?? []).map(([lng, lat]) => map.toPoint(lng, lat)));
      const largest = rings.toSorted((a, b) => Math.abs(areaOf(b)) - Math.abs(areaOf(a)))[0] ?? [];
      const middle = middleOf(largest);
      const reach = Math.max(0, ...rings.flat().map((corner) => distance(corner, middle)));
      const { id, communityId, precinctId } = properties;
      return { id, communityId, precinctId, rings, middle, reach };
    }),
    places: places.map(({ properties, geometry }) => {
      const [lng, lat] = geometry.coordinates as LngLat;
      return { name: properties.name, kind: properties.kind, point: map.toPoint(lng, lat) };
    }),
  };
}

/** The grid in which a point lies, else the one whose middle is nearest; undefined for a pack without grids. */
export function gridAt({ grids }: LifePack, point: Point): GridArea | undefined {
  let nearest: GridArea | undefined;
  let least = Infinity;
  for (const grid of grids) {
    const metres = distance(grid.middle, point);
    if (metres <= grid.reach && grid.rings.some((ring) => contains(ring, point))) return grid;
    if (metres < least) [nearest, least] = [grid, metres];
  }
  return nearest;
}

/** A ray to the east crosses the ring an odd number of times. */
function contains(ring: readonly Point[], { x, y }: Point): boolean {
  let isInside = false;
  let before = ring.at(-1);
  for (const corner of ring) {
    if (before !== undefined && corner.y > y !== before.y > y) {
      const crossing = ((before.x - corner.x) * (y - corner.y)) / (before.y - corner.y) + corner.x;
      if (x < crossing) isInside = !isInside;
    }
    before = corner;
  }
  return isInside;
}

function areaOf(ring: readonly Point[]): number {
  let twice = 0;
  let before = ring.at(-1);
  for (const corner of ring) {
    if (before !== undefined) twice += before.x * corner.y - corner.x * before.y;
    before = corner;
  }
  return twice / 2;
}

const middleOf = (ring: readonly Point[]): Point => ({
  x: ring.reduce((sum, { x }) => sum + x, 0) / Math.max(1, ring.length),
  y: ring.reduce((sum, { y }) => sum + y, 0) / Math.max(1, ring.length),
});
