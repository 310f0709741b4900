import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { City, GridRef } from '@maplewall/shared/domain/city.ts';
import type { GridId, PrecinctId } from '@maplewall/shared/domain/ids.ts';
import { FlatMap, StreetNet, type Point } from './street-net.ts';

interface Feature<P> {
  readonly properties: P;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

export interface GridArea extends GridRef {
  /** The outer ring, flat. */
  readonly ring: readonly Point[];
  readonly middle: Point;
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

/** Reads a pack that the server has accepted or the generator has made. */
export async function readLifePack(dir: string): Promise<LifePack> {
  const json = async <T>(file: string): Promise<T> =>
    JSON.parse(await readFile(join(dir, file), 'utf8')) as T;
  const features = async <P>(file: string): Promise<readonly Feature<P>[]> =>
    (await json<{ features: readonly Feature<P>[] }>(`${file}.geojson`)).features;
  const city = await json<City>('city.json');
  const map = new FlatMap(city.centre);
  const roads = await features<{ class: string; name: string }>('roads');
  const grids = await features<{ id: string; communityId: string; precinctId: string }>('grids');
  const places = await features<{ kind: string; name: string }>('places');
  return {
    city,
    map,
    streets: new StreetNet(roads, map),
    grids: grids.map(({ properties, geometry }) => {
      const ring = outerRing(geometry).map(([lng, lat]) => map.toPoint(lng, lat));
      return { ...(properties as unknown as GridRef), ring, middle: middleOf(ring) };
    }),
    places: places.map(({ properties, geometry }) => {
      const [lng, lat] = geometry.coordinates as [number, number];
      return { ...properties, point: map.toPoint(lng, lat) };
    }),
  };
}

/** The grid in which a point lies, else the one whose middle is nearest. */
export function gridAt(
  pack: LifePack,
  point: Point,
): { readonly gridId: GridId; readonly precinctId: PrecinctId } | undefined {
  let nearest: GridArea | undefined;
  let nearestMetres = Infinity;
  for (const grid of pack.grids) {
    const metres = Math.hypot(grid.middle.x - point.x, grid.middle.y - point.y);
    if (metres < 3_000 && contains(grid.ring, point)) return { gridId: grid.id, precinctId: grid.precinctId };
    if (metres < nearestMetres) [nearest, nearestMetres] = [grid, metres];
  }
  return nearest === undefined ? undefined : { gridId: nearest.id, precinctId: nearest.precinctId };
}

/** A ray to the east crosses the ring an odd number of times. */
function contains(ring: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  let before = ring.at(-1);
  for (const corner of ring) {
    if (before !== undefined && corner.y > y !== before.y > y) {
      const crossing = ((before.x - corner.x) * (y - corner.y)) / (before.y - corner.y) + corner.x;
      if (x < crossing) inside = !inside;
    }
    before = corner;
  }
  return inside;
}

function outerRing({ type, coordinates }: Feature<unknown>['geometry']): readonly [number, number][] {
  const polygon = (type === 'Polygon' ? coordinates : (coordinates as unknown[])[0]) as [number, number][][];
  return polygon[0] ?? [];
}

const middleOf = (ring: readonly Point[]): Point => ({
  x: ring.reduce((sum, { x }) => sum + x, 0) / Math.max(1, ring.length),
  y: ring.reduce((sum, { y }) => sum + y, 0) / Math.max(1, ring.length),
});
