import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { citySchema } from '@maplewall/shared/domain/city.ts';
import { ROAD_CLASSES, type RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { parserOf } from '@maplewall/shared/domain/schema.ts';
import { type Feature, makePack, type Pack, packFiles } from './make-pack.ts';
import { areaOf, contains, isSimple } from './ring.ts';
import { roadGraphOf, type RoadFeature } from './road-graph.ts';
import { fromLngLat } from './terrain.ts';

const SEED = 1;
const OTHER_SEED = 2;
const made = new Map<number, Pack>();
function packOf(seed: number): Pack {
  const known = made.get(seed) ?? makePack(seed);
  made.set(seed, known);
  return known;
}
const pack = packOf(SEED);
const { city, files } = pack;

type Position = readonly [number, number];
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function ringsOf({ geometry }: Feature): readonly (readonly Position[])[] {
  if (geometry.type === 'Polygon') return geometry.coordinates;
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];
}
function positionsOf(feature: Feature): readonly Position[] {
  const { geometry } = feature;
  if (geometry.type === 'Point') return [geometry.coordinates];
  return geometry.type === 'LineString' ? geometry.coordinates : ringsOf(feature).flat();
}
const onPlane = (ring: readonly Position[]) => ring.slice(0, -1).map(([lng, lat]) => fromLngLat(lng, lat));
const property = (name: string) => (feature: Feature) => feature.properties[name] ?? '';

function shareConnected(features: readonly Feature[]): number {
  const graph = roadGraphOf(features as unknown as readonly RoadFeature[]);
  const seen = new Set([graph.nearestNode(city.centre.lng, city.centre.lat)]);
  for (const node of seen)
    for (const index of graph.around[node] ?? []) {
      const edge = graph.edges[index];
      if (edge !== undefined) seen.add(edge.from).add(edge.to);
    }
  const length = (keep: (node: number) => boolean): number =>
    graph.edges.reduce((sum, { from, metres }) => sum + (keep(from) ? metres : 0), 0);
  return length((node) => seen.has(node)) / length(() => true);
}

describe('the demo city', () => {
  test('is the same to the byte for the same seed and another for another seed', () => {
    const hashes = (one: Pack) => packFiles(one).map(({ text }) => sha256(text));
    const first = hashes(pack);
    expect(hashes(makePack(SEED))).toEqual(first);
    expect(hashes(packOf(OTHER_SEED))).not.toEqual(first);
  });

  test('is a city by the schema that every pack is held to', () => {
    const parsed = parserOf(citySchema)(JSON.parse(JSON.stringify(city)));
    expect(parsed).toMatchObject({ ok: true });
  });

  test('has the figures of the article: 122 teams of 2,568 members, 102 communities', () => {
    expect(city.teams).toHaveLength(122);
    expect(city.teams.reduce((sum, { members }) => sum + members, 0)).toBe(2568);
    expect(files.communities).toHaveLength(102);
    expect(city.stations.map(({ name }) => name.zh)).toEqual(
      expect.arrayContaining(['城东派出所', '象岗联勤警务站', '芦浦警务室']),
    );
  });

  test('is as large as a city and no larger than a screen can load', () => {
    const bytes = new Map(packFiles(pack).map(({ name, text }) => [name, Buffer.byteLength(text)]));
    expect(files.blocks.length).toBeGreaterThan(1500);
    expect(files.grids).toHaveLength(450);
    expect(files.roads.length).toBeLessThan(12_000);
    expect(bytes.get('buildings.geojson')).toBeLessThan(6_000_000);
    expect([...bytes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(15_000_000);
    expect(city.posts).toHaveLength(120);
  });

  test('is 184 square kilometres, of which the precinct 城东 has about 48.8', () => {
    const area = (features: readonly Feature[]) =>
      features.flatMap(ringsOf).reduce((sum, ring) => sum + areaOf(onPlane(ring)), 0) / 1e6;
    expect(area(files.boundary)).toBeCloseTo(184, 0);
    const east = files.communities.filter((feature) => feature.properties['precinctId'] === 'chengdong');
    expect(Math.abs(area(east) - 48.8)).toBeLessThan(1);
  });

  test.each([SEED, OTHER_SEED])(
    'hangs together: 99 % of the road length is one network (seed %i)',
    (seed) => {
      expect(shareConnected(packOf(seed).files.roads)).toBeGreaterThan(0.99);
    },
  );

  test('gives every community grids of its own and roads', () => {
    const withGrids = new Set(files.grids.map(property('communityId')));
    const points = files.roads.flatMap(positionsOf).map(([lng, lat]) => fromLngLat(lng, lat));
    for (const community of files.communities) {
      expect(withGrids).toContain(community.properties['id']);
      const [outer] = ringsOf(community);
      const ring = onPlane(outer ?? []);
      expect(points.some((point) => contains(ring, point))).toBe(true);
    }
  });

  test('covers its land with communities, and each community with its grids, without gap or overlap', () => {
    const area = (features: readonly Feature[]) =>
      features.flatMap(ringsOf).reduce((sum, ring) => sum + areaOf(onPlane(ring)), 0);
    const land = area(files.boundary);
    expect(Math.abs(area(files.communities) - land) / land).toBeLessThan(0.001);
    for (const { id, feature } of files.communities.map((community) => ({
      id: community.properties['id'],
      feature: community,
    }))) {
      const grids = files.grids.filter((grid) => grid.properties['communityId'] === id);
      expect(Math.abs(area(grids) - area([feature]))).toBeLessThan(50);
    }
  });

  test('names only communities, precincts and posts that exist, each once', () => {
    const precincts = new Set(city.precincts.map(({ id }) => String(id)));
    const communities = new Set(files.communities.map(property('id')));
    for (const { precinctId } of [...city.stations, ...city.posts]) expect(precincts).toContain(precinctId);
    const homes = city.teams.flatMap(({ communityId }) => (communityId === null ? [] : [communityId]));
    for (const home of homes) expect(communities).toContain(home);
    for (const feature of [...files.communities, ...files.grids])
      expect(precincts).toContain(feature.properties['precinctId']);
    for (const list of [city.stations, city.posts, city.teams, city.precincts])
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    for (const list of [files.grids, files.blocks, files.communities])
      expect(new Set(list.map(property('id'))).size).toBe(list.length);
    expect(new Set(city.subCategories.map(({ code }) => code)).size).toBe(city.subCategories.length);
  });

  test('lies inside its bounds', () => {
    const [west = 0, south = 0, east = 0, north = 0] = city.bounds;
    for (const features of Object.values(files))
      for (const [lng, lat] of features.flatMap(positionsOf))
        expect(lng >= west && lng <= east && lat >= south && lat <= north).toBe(true);
  });

  test.each(['boundary', 'water', 'blocks', 'communities', 'grids', 'buildings'] as const)(
    'draws %s by closed rings that never cross themselves, outer ones counter-clockwise',
    (name) => {
      const bad: string[] = [];
      for (const [index, feature] of files[name].entries())
        for (const [place, ring] of ringsOf(feature).entries()) {
          const plane = onPlane(ring);
          const isClosed = ring.length > 3 && String(ring[0]) === String(ring.at(-1));
          const isOuter = place === 0 || areaOf(plane) > 0;
          if (!isClosed || !isSimple(plane) || (isOuter && areaOf(plane) <= 0)) bad.push(`${name} ${index}`);
        }
      expect(bad).toEqual([]);
    },
  );

  test('gives every road a known class, at least two points, and names with a translation', () => {
    for (const { properties, geometry } of files.roads) {
      expect(ROAD_CLASSES).toContain(properties['class'] as RoadClass);
      expect(geometry.type === 'LineString' && geometry.coordinates.length > 1).toBe(true);
      expect(properties['nameEn'] === '').toBe(properties['name'] === '');
    }
  });

  test('lets nobody onto a motorway but over a ramp', () => {
    const key = ([lng, lat]: Position): string => `${lng} ${lat}`;
    const motorway = new Set(
      files.roads
        .filter((road) => road.properties['class'] === 'motorway')
        .flatMap(positionsOf)
        .map(key),
    );
    const joining = files.roads.filter(
      (road) =>
        road.properties['class'] !== 'motorway' &&
        positionsOf(road).some((point) => motorway.has(key(point))),
    );
    expect(joining.length).toBeGreaterThan(4);
    expect(joining.every((road) => motorway.has(key(positionsOf(road)[0] ?? [0, 0])))).toBe(true);
    expect(joining.length).toBeLessThanOrEqual(12);
  });
});
