import { PACK_FILES, type City, type PackFile } from '@maplewall/shared/domain/city.ts';
import { postsOf, PRECINCTS, stationsOf, teamsOf } from './administration.ts';
import { buildUp } from './build-up.ts';
import { divideLand } from './communities.ts';
import { greatRoads, interchangesOf } from './great-roads.ts';
import { lakesOf } from './lakes.ts';
import { placesOf } from './places.ts';
import { at } from './plane.ts';
import { BOUNDS, CENTRE } from './proportions.ts';
import type { Shape } from './regions.ts';
import type { Ring } from './ring.ts';
import { rampsOf } from './ramps.ts';
import { strokesOf } from './road-strokes.ts';
import { nameStreets } from './street-names.ts';
import { planStreets } from './street-plan.ts';
import { SUB_CATEGORIES } from './sub-categories.ts';
import { shapeTerrain, toLngLat, waterOf } from './terrain.ts';
import { joinWaters } from './waters.ts';
import { TRAVEL } from './travel.ts';
import { layZones } from './zones.ts';

type Position = [lng: number, lat: number];
export interface Feature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry:
    | { readonly type: 'Point'; readonly coordinates: Position }
    | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
    | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };
}

export interface Pack {
  readonly city: City;
  readonly files: Readonly<Record<PackFile, readonly Feature[]>>;
}

/** Makes the demo city: everything follows from the seed. */
export function makePack(seed: number): Pack {
  const terrain = shapeTerrain(seed);
  const clearings = interchangesOf(greatRoads()).map(({ point }) => point);
  const zones = layZones(terrain, clearings, seed);
  const plan = planStreets(terrain, zones, seed);
  const strokes = strokesOf(plan);
  const communities = divideLand(plan, seed);
  const lakes = lakesOf(plan, seed);
  const { places, enterprises } = placesOf(plan, communities, new Set(lakes.map(({ face }) => face)), seed);
  const streets = [
    ...nameStreets(strokes, zones, communities, seed),
    ...rampsOf(strokes, plan.interchanges).map((ramp) => ({ ...ramp, nameEn: '' })),
  ];
  const { blocks, buildings } = buildUp(plan, zones, lakes, places, seed);
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
    travel: TRAVEL,
    subCategories: SUB_CATEGORIES,
  };
  return {
    city,
    files: {
      boundary: [polygon([terrain.land], { name: '龙港市' })],
      water: [
        polygon([terrain.sea], { kind: 'sea', name: '东海' }),
        ...joinWaters(
          [...terrain.rivers, ...plan.canals.map((canal) => ({ name: canal.name, ring: waterOf(canal) }))],
          terrain.sea,
        ).map(({ name, shape }) => polygon(shape, { kind: 'river', name })),
        ...lakes.map(({ name, water }) => polygon([water], { kind: 'lake', name })),
      ],
      roads: streets.map(({ roadClass, name, nameEn, points }) => ({
        type: 'Feature',
        properties: { class: roadClass, name, nameEn },
        geometry: {
          type: 'LineString',
          coordinates: points.map(toLngLat),
        },
      })),
      blocks: blocks.map(({ face, ring }) => polygon([ring], { id: `B${face}` })),
      buildings: buildings.map((ring) => polygon([ring], {})),
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

/** The files of a pack as they are written: the same pack gives the same bytes. */
export function packFiles({
  city,
  files,
}: Pack): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: 'city.json', text: `${JSON.stringify(city, null, 2)}\n` },
    ...PACK_FILES.map((name) => ({
      name: `${name}.geojson`,
      text: `{"type":"FeatureCollection","features":[\n${files[name].map((feature) => JSON.stringify(feature)).join(',\n')}\n]}\n`,
    })),
  ];
}

const closed = (ring: Ring): Position[] => [...ring, at(ring, 0)].map(toLngLat);

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
