import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPTIONAL_PACK_FILES, PACK_FILES, type City, type PackFile } from '@maplewall/shared/domain/city.ts';
import { faultSentence, type Fault } from '@maplewall/shared/domain/fault.ts';
import { HOSTILE_CASES } from '@maplewall/shared/domain/hostile-cases.arbitrary.ts';
import { spoilt, torn } from '@maplewall/shared/domain/spoilt.arbitrary.ts';
import { checkCity, checkFeatures } from './check-pack.ts';
import { makePack } from './make-pack.ts';
import { readPack } from './read-pack.ts';

const SEED = 20_261_131;
let folder: string;
let city: City;
let cases = 0;

const RING = [
  [120.5, 27.5],
  [120.6, 27.5],
  [120.6, 27.6],
  [120.5, 27.5],
];
const feature = (type: string, coordinates: unknown, properties: object): unknown => ({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties, geometry: { type, coordinates } },
    { type: 'Feature', properties: { ...properties, id: 'other' }, geometry: { type, coordinates } },
  ],
});
const GOOD: Readonly<Record<PackFile, unknown>> = {
  boundary: feature('MultiPolygon', [[RING]], { name: '测试市' }),
  water: feature('Polygon', [RING], { kind: 'river', name: '' }),
  roads: feature('LineString', RING, { class: 'lane', name: '象岗路', nameEn: '' }),
  blocks: feature('Polygon', [RING], { id: 'b1' }),
  buildings: feature('Polygon', [RING], {}),
  communities: feature('Polygon', [RING], { id: 'c1', name: '城东', nameEn: '', precinctId: 'p1' }),
  grids: feature('Polygon', [RING], { id: 'g1', communityId: 'c1', precinctId: 'p1' }),
  places: feature('Point', [120.5, 27.5], { kind: 'school', name: '一中', nameEn: '' }),
};
const name = { zh: '站', en: 'Station' };
const precinct = { id: 'p1', name };
const place = { id: 's1', name, precinctId: 'p1', lng: 120.5, lat: 27.5 };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-pack-'));
  await makePack(
    {
      id: 'test-city',
      name: { zh: '测试市', en: 'Test city' },
      timeZone: 'Asia/Shanghai',
      coordinateSystem: 'GCJ-02',
      bounds: [120.4, 27.4, 120.8, 27.7],
      files: {},
    },
    folder,
  );
  const made = JSON.parse(await readFile(join(folder, 'city.json'), 'utf8')) as City;
  const json: unknown = {
    ...made,
    precincts: [precinct],
    stations: [place],
    posts: [{ ...place, id: 'o1' }],
    teams: [{ id: 't1', name, members: 3, communityId: null }],
    subCategories: [{ code: 'theft', name, category: 'criminal' }],
    ageing: {
      sentry: { staleAfterSeconds: 60, ghostAfterSeconds: 300 },
      sources: [{ source: 'tags', staleAfterSeconds: 400, ghostAfterSeconds: 900 }],
    },
  };
  const checked = checkCity(json);
  if (checked.city === undefined || checked.faults.length > 0)
    throw new Error(JSON.stringify(checked.faults));
  ({ city } = checked);
  await writeFile(join(folder, 'city.json'), JSON.stringify(json));
  for (const file of PACK_FILES) await writeFile(join(folder, `${file}.geojson`), JSON.stringify(GOOD[file]));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A person can find the place: the file, and in it the field; the sentence says what is wrong. */
const tellsWhere = ({ code, field, values }: Fault, file: string): boolean =>
  values['file'] === file &&
  (code === 'city.file.missing' || (code === 'city.file.invalid' && String(values['reason']) !== '')) &&
  !/undefined|\[object/.test(faultSentence({ code, field, values }, 'en'));

describe('a city pack', () => {
  it('is good before it is spoilt here, in each coordinate system', async () => {
    for (const file of PACK_FILES) expect(checkFeatures(file, GOOD[file], city)).toEqual([]);
    const read = await readPack(folder);
    expect(read.ok ? read.pack.files.size : read.faults).toBe(PACK_FILES.length);
    expect(read.ok && read.pack.city.coordinateSystem).toBe('WGS84');
    expect(read.ok && Math.abs(read.pack.city.centre.lng - city.centre.lng)).toBeGreaterThan(0.001);
  });

  it('with a city.json that is spoilt anywhere is refused by the name of the field, or is a city', () => {
    const outcomes = { good: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.array(
          fc.constant(0).chain(() => spoilt(city)),
          { minLength: 50, maxLength: 50 },
        ),
        (many) => {
          for (const json of many) {
            cases += 1;
            const { city: found, faults } = checkCity(json);
            outcomes[faults.length === 0 ? 'good' : 'refused'] += 1;
            expect(faults.filter((found) => !tellsWhere(found, 'city.json'))).toEqual([]);
            expect(found !== undefined || faults.length > 0).toBe(true);
          }
        },
      ),
      { seed: SEED, numRuns: 160 },
    );
    expect(outcomes.refused).toBeGreaterThan(4_000);
  });

  it('with features that are spoilt anywhere is refused by file, feature and field, or can be drawn', () => {
    const outcomes = { good: 0, refused: 0 };
    const one = fc
      .constantFrom(...PACK_FILES)
      .chain((file) => spoilt(GOOD[file]).map((json) => [file, json] as const));
    fc.assert(
      fc.property(fc.array(one, { minLength: 50, maxLength: 50 }), (many) => {
        for (const [file, json] of many) {
          cases += 1;
          const faults = checkFeatures(file, json, city);
          outcomes[faults.length === 0 ? 'good' : 'refused'] += 1;
          const lost = faults.filter(
            (found) =>
              !tellsWhere(found, `${file}.geojson`) || !/^(features\.\d+(\.\w+)*)?$/.test(found.field),
          );
          expect(lost).toEqual([]);
          expect(faults.length === 0 ? whatCannotBeDrawn(json) : []).toEqual([]);
        }
      }),
      { seed: SEED, numRuns: 232 },
    );
    expect(Math.min(outcomes.good, outcomes.refused)).toBeGreaterThan(500);
  });

  it('with files that are torn, missing or of other bytes is refused, and never half read', async () => {
    const files = ['city.json', ...PACK_FILES.map((file) => `${file}.geojson`)];
    const kept = new Map<string, Buffer>();
    for (const file of files) kept.set(file, await readFile(join(folder, file)));
    const damage = fc.constantFrom(...files).chain((file) =>
      fc.oneof(
        torn(fc.constant(new Uint8Array(kept.get(file) ?? []))).map((bytes) => [file, bytes] as const),
        fc.uint8Array({ maxLength: 40 }).map((bytes) => [file, bytes] as const),
        fc
          .constantFrom(
            '',
            'null',
            '[]',
            '0',
            '"x"',
            '{}',
            '['.repeat(100_000),
            '{"features":[null,0,"x",[]]}',
          )
          .map((text) => [file, new Uint8Array(Buffer.from(text))] as const),
        fc.constant([file, undefined] as const),
      ),
    );
    for (const [file, bytes] of fc.sample(damage, { seed: SEED, numRuns: 400 })) {
      cases += 1;
      if (bytes === undefined) await rm(join(folder, file));
      else await writeFile(join(folder, file), bytes);
      const read = await readPack(folder);
      const faults = read.ok ? [] : read.faults;
      expect(faults.filter((found) => !tellsWhere(found, file))).toEqual([]);
      const mayBeMissing = OPTIONAL_PACK_FILES.map((optional) => `${optional}.geojson`).includes(file);
      expect(read.ok && bytes === undefined).toBe(mayBeMissing && bytes === undefined);
      await writeFile(join(folder, file), kept.get(file) ?? '');
    }
    expect((await readPack(folder)).ok).toBe(true);
  }, 300_000);

  it('is tried in as many ways as the suite promises', () => {
    expect(cases).toBe(HOSTILE_CASES['server/city/hostile-pack.test.ts']);
  });
});

/** Positions in a file that passed which are no pair of numbers near the city, found without the checker. */
function whatCannotBeDrawn(json: unknown): readonly unknown[] {
  const { features } = json as {
    readonly features: readonly { readonly geometry: { readonly coordinates: unknown } }[];
  };
  const visit = (value: unknown): readonly unknown[] => {
    if (!Array.isArray(value)) return [value];
    const [x, y] = value as readonly unknown[];
    if (typeof x === 'number' && typeof y === 'number')
      return x > 119.3 && x < 121.9 && y > 26.3 && y < 28.8 ? [] : [value];
    return value.flatMap(visit);
  };
  return features.flatMap(({ geometry }) => visit(geometry.coordinates));
}
