import { createHash, type Hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { City, PackFile } from '@maplewall/shared/domain/city.ts';
import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import { toWgs84 } from '@maplewall/shared/geo/coordinate-system.ts';
import { checkCity, checkFeatures, isOptional, packFileNames, type FeatureCollection } from './check-pack.ts';

/** A city pack that was read and found right; all coordinates are WGS84. */
export interface CityPack {
  readonly city: City;
  readonly files: ReadonlyMap<PackFile, FeatureCollection>;
  /** SHA-256 of all its files as they were read: whoever keeps what was made of a pack knows by it when to make it anew. */
  readonly hash: string;
}

export type ReadPack =
  | { readonly ok: true; readonly pack: CityPack }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Reads and checks a pack; every fault names its file, feature and field. */
export async function readPack(dir: string): Promise<ReadPack> {
  const hash = createHash('sha256');
  const cityJson = await readJson(join(dir, 'city.json'), hash);
  if (!cityJson.ok) return { ok: false, faults: [cityJson.fault('city.json')] };
  const { city, faults: cityFaults } = checkCity(cityJson.value);
  if (city === undefined || cityFaults.length > 0) return { ok: false, faults: cityFaults };
  const faults: Fault[] = [];
  const files = new Map<PackFile, FeatureCollection>();
  for (const name of packFileNames) {
    const file = `${name}.geojson`;
    const json = await readJson(join(dir, file), hash);
    if (!json.ok) {
      if (json.missing && isOptional(name)) continue;
      faults.push(json.fault(file));
      continue;
    }
    const found = checkFeatures(name, json.value, city);
    faults.push(...found);
    if (found.length === 0) files.set(name, json.value as FeatureCollection);
  }
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, pack: toWgs84Pack({ city, files, hash: hash.digest('hex') }) };
}

type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly missing: boolean; readonly fault: (file: string) => Fault };

async function readJson(path: string, hash: Hash): Promise<ReadJson> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    return { ok: false, missing: true, fault: (file) => fault('city.file.missing', '', { file }) };
  hash.update(`${basename(path)}\n${text}\n`);
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return {
      ok: false,
      missing: false,
      fault: (file) => fault('city.file.invalid', '', { file, reason: 'is not JSON' }),
    };
  }
}

function toWgs84Pack(pack: CityPack): CityPack {
  const system = pack.city.coordinateSystem;
  if (system === 'WGS84') return pack;
  const convert = (coordinates: unknown): unknown => {
    if (!Array.isArray(coordinates)) return coordinates;
    const [x, y] = coordinates as readonly unknown[];
    if (typeof x !== 'number' || typeof y !== 'number') return coordinates.map(convert);
    const { lng, lat } = toWgs84(system, x, y);
    return [lng, lat];
  };
  const moved = <T extends { readonly lng: number; readonly lat: number }>(entry: T): T => ({
    ...entry,
    ...toWgs84(system, entry.lng, entry.lat),
  });
  const [west = 0, south = 0, east = 0, north = 0] = pack.city.bounds;
  const southWest = toWgs84(system, west, south);
  const northEast = toWgs84(system, east, north);
  return {
    ...pack,
    city: {
      ...pack.city,
      coordinateSystem: 'WGS84',
      centre: moved(pack.city.centre),
      bounds: [southWest.lng, southWest.lat, northEast.lng, northEast.lat],
      stations: pack.city.stations.map(moved),
      posts: pack.city.posts.map(moved),
    },
    files: new Map(
      [...pack.files].map(([name, { features }]) => [
        name,
        {
          type: 'FeatureCollection',
          features: features.map((feature) => ({
            ...feature,
            geometry: { ...feature.geometry, coordinates: convert(feature.geometry.coordinates) },
          })),
        },
      ]),
    ),
  };
}
