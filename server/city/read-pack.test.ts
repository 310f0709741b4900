import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultSentence } from '@maplewall/shared/domain/fault.ts';
import { makePack } from './make-pack.ts';
import { readPack } from './read-pack.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-pack-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is said, in both languages, of a pack whose city.json holds this text. */
async function said(cityJson: string): Promise<readonly (readonly [en: string, zh: string])[]> {
  await writeFile(join(folder, 'city.json'), cityJson);
  const read = await readPack(folder);
  return read.ok
    ? []
    : read.faults.map((found) => [faultSentence(found, 'en'), faultSentence(found, 'zh-CN')]);
}

/** The city.json of a pack that was made of nothing. */
async function madeCity(): Promise<object> {
  await makePack(
    {
      id: 'test-city',
      name: { zh: '测试市', en: 'Test city' },
      timeZone: 'Asia/Shanghai',
      coordinateSystem: 'WGS84',
      bounds: [120.4, 27.4, 120.8, 27.7],
      files: {},
    },
    folder,
  );
  return JSON.parse(await readFile(join(folder, 'city.json'), 'utf8')) as object;
}

describe('the sentence on a city pack', () => {
  it('names the file alone where the file as a whole is wrong', async () => {
    expect(await said('{')).toEqual([
      ['City pack file city.json is not JSON.', '城市包文件 city.json 有误：is not JSON'],
    ]);
    expect(await said('5')).toEqual([
      ['City pack file city.json must be object.', '城市包文件 city.json 有误：must be object'],
    ]);
  });

  it('names the field where one is wrong', async () => {
    const sentences = (await said('{"id": 5}')).map(([en]) => en);
    expect(sentences).toContain('City pack file city.json, name: it is missing.');
  });

  it('names the shift of a post that cannot be read', async () => {
    const city = await madeCity();
    const name = { zh: '岗', en: 'Post' };
    const post = { id: 'G', name, precinctId: 'P', lng: 120.5, lat: 27.5 };
    const withShifts = (...shifts: readonly string[]): string =>
      JSON.stringify({ ...city, precincts: [{ id: 'P', name }], posts: [{ ...post, shifts }] });
    expect(await said(withShifts('08:00-20:00', '20:00-08:00'))).toEqual([]);
    expect((await said(withShifts('08:00-20:00', '8-20'))).map(([en]) => en)).toEqual([
      'City pack file city.json, posts.0.shifts.1: 8-20 is no shift, which is written as 08:00-20:00, by the clocks of the city.',
    ]);
  });

  it('names ages of fixes that are not in their order, and a source that is there twice', async () => {
    const city = await madeCity();
    const ages = (staleAfterSeconds: number, ghostAfterSeconds: number) => {
      return { staleAfterSeconds, ghostAfterSeconds };
    };
    const tags = { source: 'tags', ...ages(400, 900) };
    const saidOf = async (ageing: object) =>
      (await said(JSON.stringify({ ...city, ageing }))).map(([en]) => en);
    expect(await saidOf({ sentry: ages(60, 300), sources: [tags] })).toEqual([]);
    const radios = { source: 'radios', ...ages(90, 90) };
    expect(await saidOf({ officer: ages(9, 8), sources: [tags, radios, tags] })).toEqual([
      'City pack file city.json, ageing.officer.ghostAfterSeconds: must be more than staleAfterSeconds.',
      'City pack file city.json, ageing.sources.1.ghostAfterSeconds: must be more than staleAfterSeconds.',
      'City pack file city.json, ageing.sources.2.source: tags is there twice.',
    ]);
  });
});

describe('the level of a road', () => {
  const roadsOf = (folderOf: string): Promise<string> => readFile(join(folderOf, 'roads.geojson'), 'utf8');
  const roadWith = (properties: object): object => ({
    type: 'Feature',
    properties: { class: 'street', name: '', nameEn: '', ...properties },
    geometry: {
      type: 'LineString',
      coordinates: [
        [120.5, 27.5],
        [120.51, 27.5],
      ],
    },
  });
  const collection = (given: readonly object[]): string =>
    JSON.stringify({ type: 'FeatureCollection', features: given.map(roadWith) });

  it.each([
    [{}, undefined],
    [{ level: 2 }, 2],
    [{ layer: '-1', bridge: 'yes' }, -1],
    [{ layer: 1 }, 1],
    [{ layer: '0', bridge: 'yes' }, undefined],
    [{ bridge: 'viaduct' }, 1],
    [{ bridge: 'no' }, undefined],
    [{ tunnel: true }, -1],
    [{ tunnel: 'building_passage' }, undefined],
    [{ layer: '1;2', bridge: 'yes' }, 1],
  ])('of common files with %j becomes %j', async (properties, level) => {
    const file = join(folder, 'given-roads.json');
    await writeFile(file, collection([properties]));
    const out = join(folder, 'levels');
    await makePack(
      {
        id: 'test-city',
        name: { zh: '测试市', en: 'Test city' },
        timeZone: 'Asia/Shanghai',
        coordinateSystem: 'WGS84',
        bounds: [120.4, 27.4, 120.8, 27.7],
        files: { roads: file },
      },
      out,
    );
    const { features } = JSON.parse(await roadsOf(out)) as {
      readonly features: readonly { readonly properties: { readonly level?: number } }[];
    };
    expect(features[0]?.properties.level).toBe(level);
    expect((await readPack(out)).ok).toBe(true);
  });

  it('is refused where it is no whole number of few', async () => {
    const out = join(folder, 'levels');
    await writeFile(join(out, 'roads.geojson'), collection([{ level: 1 }, { level: 'up' }, { level: 6 }]));
    const read = await readPack(out);
    expect(read.ok ? [] : read.faults.map((found) => faultSentence(found, 'en'))).toEqual(
      [1, 2].map(
        (road) =>
          `City pack file roads.geojson, features.${road}.properties.level: must be a whole number from -5 to 5, or left out.`,
      ),
    );
  });
});
