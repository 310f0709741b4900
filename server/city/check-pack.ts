import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import {
  citySchema,
  OPTIONAL_PACK_FILES,
  PACK_FILES,
  WATER_KINDS,
  type City,
  type PackFile,
} from '@maplewall/shared/domain/city.ts';
import { isLevel, LEAST_LEVEL, MOST_LEVEL, ROAD_CLASSES } from '@maplewall/shared/domain/road-class.ts';
import { postShiftOf } from '@maplewall/shared/domain/post-shift.ts';
import { parserOf } from '@maplewall/shared/domain/schema.ts';
import type { AgeLimits } from '@maplewall/shared/rules/fix-age.ts';

export interface Feature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
}

/** More faults than this tell a person nothing more. */
const MAX_FAULTS = 50;

const GEOMETRIES: Readonly<Record<PackFile, readonly string[]>> = {
  boundary: ['Polygon', 'MultiPolygon'],
  water: ['Polygon', 'MultiPolygon'],
  roads: ['LineString', 'MultiLineString'],
  blocks: ['Polygon', 'MultiPolygon'],
  buildings: ['Polygon', 'MultiPolygon'],
  communities: ['Polygon', 'MultiPolygon'],
  grids: ['Polygon', 'MultiPolygon'],
  places: ['Point'],
};

/** Properties that must be one of some words, and those that must be text; shared/domain/city.ts has the table. */
const WORDS: Readonly<Partial<Record<PackFile, Readonly<Record<string, readonly unknown[]>>>>> = {
  water: { kind: WATER_KINDS },
  roads: { class: ROAD_CLASSES },
};
const TEXTS: Readonly<Record<PackFile, readonly string[]>> = {
  boundary: ['name'],
  water: [],
  roads: ['name', 'nameEn'],
  blocks: [],
  buildings: [],
  communities: ['name', 'nameEn', 'precinctId'],
  grids: ['communityId', 'precinctId'],
  places: ['kind', 'name', 'nameEn'],
};

const parseCity = parserOf(citySchema);

/** Checks `city.json`: its shape, its time zone, and that what it names exists. */
export function checkCity(value: unknown): {
  readonly city: City | undefined;
  readonly faults: readonly Fault[];
} {
  const parsed = parseCity(value);
  if (!parsed.ok)
    return {
      city: undefined,
      faults: parsed.faults.map((found) => invalid('city.json', found.field, String(found.values['reason']))),
    };
  const city = parsed.value;
  const faults: Fault[] = [];
  try {
    Intl.DateTimeFormat('en', { timeZone: city.timeZone });
  } catch {
    faults.push(invalid('city.json', 'timeZone', `${city.timeZone} is not a time zone`));
  }
  const [west = 0, south = 0, east = 0, north = 0] = city.bounds;
  if (!(west < east && south < north && west >= -180 && east <= 180 && south >= -90 && north <= 90))
    faults.push(invalid('city.json', 'bounds', 'must be west, south, east, north in degrees'));
  faults.push(...ageingFaults(city));
  const precincts = new Set(city.precincts.map(({ id }) => id));
  for (const [list, entries] of [
    ['stations', city.stations],
    ['posts', city.posts],
  ] as const)
    for (const [index, { precinctId }] of entries.entries())
      if (!precincts.has(precinctId))
        faults.push(
          invalid('city.json', `${list}.${index}.precinctId`, `there is no precinct ${precinctId}`),
        );
  for (const [index, { shifts = [] }] of city.posts.entries())
    for (const [at, shift] of shifts.entries())
      if (postShiftOf(shift) === undefined)
        faults.push(
          invalid(
            'city.json',
            `posts.${index}.shifts.${at}`,
            `${shift} is no shift, which is written as 08:00-20:00, by the clocks of the city`,
          ),
        );
  for (const [list, entries] of [
    ['stations', city.stations],
    ['posts', city.posts],
    ['teams', city.teams],
  ] as const) {
    const seen = new Set<string>();
    for (const [index, { id }] of entries.entries()) {
      if (seen.has(id)) faults.push(invalid('city.json', `${list}.${index}.id`, `${id} is there twice`));
      seen.add(id);
    }
  }
  return { city, faults: faults.slice(0, MAX_FAULTS) };
}

function ageingFaults({ ageing = {} }: City): readonly Fault[] {
  const { sources = [], ...kinds } = ageing;
  const faults: Fault[] = [];
  const named: readonly (readonly [string, AgeLimits])[] = [
    ...Object.entries(kinds),
    ...sources.map((its, index) => [`sources.${index}`, its] as const),
  ];
  for (const [name, limits] of named)
    if (limits.staleAfterSeconds >= limits.ghostAfterSeconds)
      faults.push(
        invalid('city.json', `ageing.${name}.ghostAfterSeconds`, 'must be more than staleAfterSeconds'),
      );
  for (const [index, { source }] of sources.entries())
    if (sources.findIndex((one) => one.source === source) < index)
      faults.push(invalid('city.json', `ageing.sources.${index}.source`, `${source} is there twice`));
  return faults;
}

/** Checks one GeoJSON file of a pack; each fault names the feature and the field. */
export function checkFeatures(name: PackFile, value: unknown, city: City): readonly Fault[] {
  const file = `${name}.geojson`;
  if (!isCollection(value)) return [invalid(file, '', 'must be a GeoJSON FeatureCollection')];
  const faults: Fault[] = [];
  const ids = new Set<unknown>();
  for (const [index, feature] of value.features.entries()) {
    if (faults.length >= MAX_FAULTS) break;
    const add = (field: string, reason: string): void =>
      void faults.push(invalid(file, `features.${index}.${field}`, reason));
    if (typeof feature !== 'object' || feature === null) {
      faults.push(invalid(file, `features.${index}`, 'must be a GeoJSON Feature'));
      continue;
    }
    const { geometry, properties } = feature;
    if (typeof geometry !== 'object' || geometry === null || !GEOMETRIES[name].includes(geometry.type)) {
      add('geometry', `must be ${GEOMETRIES[name].join(' or ')}`);
      continue;
    }
    const problem = coordinatesProblem(geometry, city);
    if (problem !== undefined) add('geometry.coordinates', problem);
    if (typeof properties !== 'object' || properties === null) {
      add('properties', 'must be an object');
      continue;
    }
    for (const [field, words] of Object.entries(WORDS[name] ?? {}))
      if (!words.includes(properties[field]))
        add(`properties.${field}`, `must be one of ${words.join(', ')}`);
    for (const field of TEXTS[name])
      if (typeof properties[field] !== 'string')
        add(`properties.${field}`, "must be text, '' where there is none");
    if (name === 'roads' && properties['level'] !== undefined && !isLevel(properties['level']))
      add('properties.level', `must be a whole number from ${LEAST_LEVEL} to ${MOST_LEVEL}, or left out`);
    if (name === 'communities' || name === 'grids' || name === 'blocks') {
      const { id } = properties;
      if (typeof id !== 'string' || id === '') add('properties.id', 'must be text');
      else if (ids.has(id)) add('properties.id', `${id} is there twice`);
      ids.add(id);
    }
  }
  return faults;
}

export const isOptional = (name: PackFile): boolean => OPTIONAL_PACK_FILES.includes(name);
export const packFileNames = PACK_FILES;

const invalid = (file: string, field: string, reason: string): Fault =>
  fault('city.file.invalid', field, { file, reason });

const isCollection = (value: unknown): value is FeatureCollection =>
  typeof value === 'object' && value !== null && 'features' in value && Array.isArray(value.features);

/** How far outside its bounds a pack's drawing may reach: neighbours' streets and the sea are drawn a little. */
const DRAWN_BEYOND_DEGREES = 1;

function coordinatesProblem({ type, coordinates }: Feature['geometry'], city: City): string | undefined {
  const [west = 0, south = 0, east = 0, north = 0] = city.bounds;
  const position = (value: unknown): string | undefined => {
    if (!Array.isArray(value)) return 'must be positions';
    const [x, y] = value as readonly unknown[];
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y))
      return 'must be numbers';
    const inside =
      x >= west - DRAWN_BEYOND_DEGREES &&
      x <= east + DRAWN_BEYOND_DEGREES &&
      y >= south - DRAWN_BEYOND_DEGREES &&
      y <= north + DRAWN_BEYOND_DEGREES;
    return inside ? undefined : `${x}, ${y} lies far outside the bounds`;
  };
  const line =
    (least: number) =>
    (value: unknown): string | undefined => {
      if (!Array.isArray(value) || value.length < least) return `must have ${least} positions or more`;
      for (const each of value) {
        const problem = position(each);
        if (problem !== undefined) return problem;
      }
      return undefined;
    };
  const ring = (value: unknown): string | undefined => {
    const problem = line(4)(value);
    if (problem !== undefined) return problem;
    const points = value as readonly (readonly number[])[];
    const first = points[0];
    const last = points.at(-1);
    return first?.[0] === last?.[0] && first?.[1] === last?.[1]
      ? undefined
      : 'a ring must end where it begins';
  };
  const each =
    (check: (value: unknown) => string | undefined) =>
    (value: unknown): string | undefined => {
      if (!Array.isArray(value) || value.length === 0) return 'must not be empty';
      for (const part of value) {
        const problem = check(part);
        if (problem !== undefined) return problem;
      }
      return undefined;
    };
  switch (type) {
    case 'Point':
      return position(coordinates);
    case 'LineString':
      return line(2)(coordinates);
    case 'MultiLineString':
      return each(line(2))(coordinates);
    case 'Polygon':
      return each(ring)(coordinates);
    default:
      return each(each(ring))(coordinates);
  }
}
