import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACK_FILES, WATER_KINDS, type City, type PackFile } from '@maplewall/shared/domain/city.ts';
import { isLevel, type RoadClass } from '@maplewall/shared/domain/road-class.ts';

/** What somebody's own files are and what they mean; all paths are optional but the boundary or the bounds. */
export interface PackSources {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly timeZone: string;
  readonly coordinateSystem: City['coordinateSystem'];
  /** west, south, east, north; without it the boundary's own, a little widened. */
  readonly bounds?: readonly [number, number, number, number] | undefined;
  /** GeoJSON files by pack file. */
  readonly files: Readonly<Partial<Record<PackFile, string>>>;
  /** Takes only the boundary feature whose property has this value, as `adcode=330383`. */
  readonly boundaryWhere?: { readonly property: string; readonly value: string } | undefined;
  readonly attribution?: string | undefined;
}

interface Feature {
  readonly type: 'Feature';
  readonly properties: Record<string, unknown>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

/** OpenStreetMap's words for roads, and ours. */
const ROAD_CLASS_OF: Readonly<Record<string, RoadClass>> = {
  motorway: 'motorway',
  trunk: 'motorway',
  primary: 'arterial',
  secondary: 'arterial',
  tertiary: 'street',
  residential: 'lane',
  unclassified: 'lane',
  service: 'lane',
  minor: 'lane',
  path: 'path',
  footway: 'path',
  arterial: 'arterial',
  street: 'street',
  lane: 'lane',
};

/** What `bridge` and `tunnel` say of roads that are neither; a passage leads through a building, on the ground. */
const ON_THE_GROUND = ['no', 'false', '0', 'building_passage'];

/**
 * The level of a road, as we or OpenStreetMap name it; a bridge or a tunnel without any is one above or below the ground.
 * The ground is left out.
 */
function levelOf({ level, layer, bridge, tunnel }: Readonly<Record<string, unknown>>): {
  readonly level?: number;
} {
  const isSo = (value: unknown): boolean =>
    value === true || value === 1 || (text(value) !== '' && !ON_THE_GROUND.includes(text(value)));
  const given = [level, layer].filter((value) => text(value) !== '' || typeof value === 'number').map(Number);
  const found = given.find(isLevel) ?? Number(isSo(bridge)) - Number(isSo(tunnel));
  return found === 0 ? {} : { level: found };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Properties that the pack needs, made from those that common files have. */
const propertiesFor: Readonly<
  Record<PackFile, (given: Readonly<Record<string, unknown>>, index: number) => Record<string, unknown>>
> = {
  boundary: (given) => ({ name: text(given['name']) }),
  water: (given) => ({
    kind: (WATER_KINDS as readonly unknown[]).includes(given['kind']) ? given['kind'] : 'lake',
    name: text(given['name']),
  }),
  roads: (given) => ({
    class: ROAD_CLASS_OF[text(given['class'] ?? given['highway'])] ?? 'lane',
    name: text(given['name']),
    nameEn: text(given['nameEn'] ?? given['name:en']),
    ...levelOf(given),
  }),
  blocks: (given, index) => ({ id: String(given['id'] ?? index) }),
  buildings: () => ({}),
  communities: (given, index) => ({
    id: String(given['id'] ?? given['code'] ?? index),
    name: text(given['name']),
    nameEn: text(given['nameEn']),
    precinctId: text(given['precinctId']),
  }),
  grids: (given, index) => ({
    id: String(given['id'] ?? index),
    communityId: text(given['communityId']),
    precinctId: text(given['precinctId']),
  }),
  places: (given) => ({
    kind: text(given['kind']) || 'village',
    name: text(given['name']),
    nameEn: text(given['nameEn'] ?? given['name:en']),
  }),
};

/**
 * Makes a city pack of somebody's own GeoJSON files and writes it to a folder.
 * @returns how many features each file has
 * @throws when a file cannot be read or is no FeatureCollection
 */
export async function makePack(sources: PackSources, out: string): Promise<ReadonlyMap<PackFile, number>> {
  const features = new Map<PackFile, Feature[]>();
  for (const name of PACK_FILES) {
    const file = sources.files[name];
    const read = file === undefined ? [] : await readFeatures(file);
    const wanted =
      name === 'boundary' && sources.boundaryWhere !== undefined ? read.filter(isWanted(sources)) : read;
    features.set(
      name,
      wanted.map((feature, index) => ({
        type: 'Feature',
        properties: propertiesFor[name](feature.properties, index),
        geometry: feature.geometry,
      })),
    );
  }
  const boundary = features.get('boundary') ?? [];
  const bounds = sources.bounds ?? widened(boundsOf(boundary));
  if (boundary.length === 0) features.set('boundary', [rectangle(bounds, sources.name.zh)]);
  const [west, south, east, north] = bounds;
  const city: City = {
    formatVersion: 1,
    id: sources.id,
    name: sources.name,
    centre: { lng: (west + east) / 2, lat: (south + north) / 2 },
    bounds: [...bounds],
    timeZone: sources.timeZone,
    coordinateSystem: sources.coordinateSystem,
    notice: null,
    ...(sources.attribution === undefined ? {} : { attribution: sources.attribution }),
    precincts: [],
    stations: [],
    posts: [],
    teams: [],
    subCategories: [],
  };
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'city.json'), `${JSON.stringify(city, null, 2)}\n`);
  const counts = new Map<PackFile, number>();
  for (const [name, list] of features) {
    counts.set(name, list.length);
    await writeFile(
      join(out, `${name}.geojson`),
      `${JSON.stringify({ type: 'FeatureCollection', features: list })}\n`,
    );
  }
  return counts;
}

async function readFeatures(file: string): Promise<readonly Feature[]> {
  const json: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (typeof json !== 'object' || json === null || !('features' in json) || !Array.isArray(json.features))
    throw new Error(`${file} is not a GeoJSON FeatureCollection`);
  return json.features as readonly Feature[];
}

const isWanted =
  ({ boundaryWhere }: PackSources) =>
  (feature: Feature): boolean =>
    boundaryWhere === undefined || String(feature.properties[boundaryWhere.property]) === boundaryWhere.value;

function boundsOf(features: readonly Feature[]): readonly [number, number, number, number] {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  const visit = (coordinates: unknown): void => {
    if (!Array.isArray(coordinates)) return;
    const [x, y] = coordinates as readonly unknown[];
    if (typeof x === 'number' && typeof y === 'number') {
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    } else for (const inner of coordinates) visit(inner);
  };
  for (const { geometry } of features) visit(geometry.coordinates);
  if (bounds[0] > bounds[2]) throw new Error('there is no boundary feature, and no bounds are given');
  return bounds;
}

/** Responders cross the city's edge by a little: 0.02 degrees is about two kilometres. */
const widened = ([west, south, east, north]: readonly [number, number, number, number]) =>
  [west - 0.02, south - 0.02, east + 0.02, north + 0.02] as const;

const rectangle = (
  [west, south, east, north]: readonly [number, number, number, number],
  name: string,
): Feature => ({
  type: 'Feature',
  properties: { name },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  },
});
