import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACK_FILES, type City, type PackFile } from '@maplewall/shared/domain/city.ts';
import { seededRandom } from '../seeded-random.ts';
import { postsOf, PRECINCTS, stationsOf, teamsOf } from './administration.ts';
import { blockOf } from './block-shapes.ts';
import { buildingsOf } from './buildings.ts';
import { divideLand } from './communities.ts';
import { greatRoads, interchangesOf } from './great-roads.ts';
import { placesOf } from './places.ts';
import { at } from './plane.ts';
import { BOUNDS, CENTRE } from './proportions.ts';
import type { Shape } from './regions.ts';
import type { Ring } from './ring.ts';
import { ROAD_NAMES_EN } from './road-names.ts';
import { rampsOf } from './ramps.ts';
import { strokesOf } from './road-strokes.ts';
import { planStreets } from './street-plan.ts';
import { SUB_CATEGORIES } from './sub-categories.ts';
import { shapeTerrain, toLngLat, waterOf } from './terrain.ts';
import { layZones } from './zones.ts';

interface Feature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

/** Makes the demo city: everything follows from the seed. */
export function makePack(seed: number): {
  readonly city: City;
  readonly files: Readonly<Record<PackFile, readonly Feature[]>>;
} {
  const terrain = shapeTerrain(seed);
  const clearings = interchangesOf(greatRoads()).map(({ point }) => point);
  const zones = layZones(terrain, clearings, seed);
  const plan = planStreets(terrain, zones, seed);
  const strokes = strokesOf(plan);
  const communities = divideLand(plan, seed);
  const { places, enterprises } = placesOf(plan, communities, seed);

  const blocks: Feature[] = [];
  const buildings: Feature[] = [];
  const random = seededRandom(seed, 'buildings');
  for (const [index, face] of plan.faces.entries()) {
    if (face.use !== 'ground') continue;
    const block = blockOf(plan, face);
    if (block === undefined) continue;
    blocks.push(polygon([block], { id: `B${index}` }));
    for (const building of buildingsOf(block, face.zone, random)) buildings.push(polygon([building], {}));
  }
  const city: City = {
    formatVersion: 1,
    id: 'longgang-demo',
    name: { zh: '龙港市', en: 'Longgang' },
    centre: { ...CENTRE },
    bounds: [...BOUNDS],
    timeZone: 'Asia/Shanghai',
    coordinateSystem: 'WGS84',
    notice: {
      zh: '演示地图：社区、主要道路与地名以及城市比例为真实，次要道路、街区、建筑与点位为程序生成。',
      en: 'Demo map: communities, main road and place names and proportions are real; minor streets, blocks, buildings and points are generated.',
    },
    precincts: PRECINCTS,
    stations: stationsOf(communities),
    posts: postsOf(enterprises),
    teams: teamsOf(communities, seed),
    subCategories: SUB_CATEGORIES,
  };
  return {
    city,
    files: {
      boundary: [polygon([terrain.land], { name: '龙港市' })],
      water: [
        polygon([terrain.sea], { kind: 'sea', name: '东海' }),
        ...terrain.rivers.map(({ name, water }) => polygon([water], { kind: 'river', name })),
        ...plan.canals.map((canal) => polygon([waterOf(canal)], { kind: 'river', name: canal.name })),
      ],
      roads: [...strokes, ...rampsOf(strokes, plan.interchanges)].map(({ roadClass, name, points }) => ({
        type: 'Feature',
        properties: { class: roadClass, name, nameEn: ROAD_NAMES_EN[name] ?? '' },
        geometry: {
          type: 'LineString',
          coordinates: points.map(toLngLat),
        },
      })),
      blocks,
      buildings,
      communities: communities.map(({ id, name, nameEn, precinctId, shapes }) =>
        multiPolygon(shapes, { id, name, nameEn, precinctId }),
      ),
      grids: communities.flatMap(({ grids }) =>
        grids.map(({ id, communityId, precinctId, shapes }) =>
          multiPolygon(shapes, { id, communityId, precinctId }),
        ),
      ),
      places: places.map(({ kind, name, nameEn, point }) => ({
        type: 'Feature',
        properties: { kind, name, nameEn },
        geometry: { type: 'Point', coordinates: toLngLat(point) },
      })),
    },
  };
}

/** Makes the demo city and writes it to a folder. */
export async function writePack({
  out,
  seed,
}: {
  readonly out: string;
  readonly seed: number;
}): Promise<void> {
  const { city, files } = makePack(seed);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'city.json'), `${JSON.stringify(city, null, 2)}\n`);
  for (const name of PACK_FILES)
    await writeFile(
      join(out, `${name}.geojson`),
      `{"type":"FeatureCollection","features":[\n${files[name].map((feature) => JSON.stringify(feature)).join(',\n')}\n]}\n`,
    );
}

const closed = (ring: Ring): [number, number][] => [...ring, at(ring, 0)].map(toLngLat);

function polygon(shape: Shape, properties: Feature['properties']): Feature {
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: shape.map(closed) } };
}

function multiPolygon(shapes: readonly Shape[], properties: Feature['properties']): Feature {
  const [only, ...more] = shapes;
  if (only !== undefined && more.length === 0) return polygon(only, properties);
  return {
    type: 'Feature',
    properties,
    geometry: { type: 'MultiPolygon', coordinates: shapes.map((shape) => shape.map(closed)) },
  };
}
