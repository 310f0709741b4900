import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CityPack } from '../city/read-pack.ts';
import { openStreets } from './street-cache.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-streets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const packOf = (...lines: readonly (readonly (readonly number[])[])[]): Pick<CityPack, 'city' | 'files'> =>
  ({
    city: { centre: { lng: 120.56, lat: 27.54 } },
    files: new Map([
      [
        'roads',
        {
          type: 'FeatureCollection',
          features: lines.map((coordinates) => ({
            type: 'Feature',
            properties: { class: 'street' },
            geometry: { type: 'LineString', coordinates },
          })),
        },
      ],
    ]),
  }) as unknown as Pick<CityPack, 'city' | 'files'>;
const one = [
  [120.56, 27.54],
  [120.57, 27.54],
];
const other = [
  [120.565, 27.53],
  [120.565, 27.55],
];

it('the streets of the same pack are taken from the file, those of another are made anew', async () => {
  const file = join(folder, 'cache', 'streets.bin');
  const made = await openStreets(packOf(one), file);
  const bytes = await readFile(file);
  expect(await openStreets(packOf(one), file)).toEqual(made);
  expect(await readFile(file)).toEqual(bytes);
  expect((await openStreets(packOf(one, other), file)).edgeTo.length).toBe(8);
  expect(await readFile(file)).not.toEqual(bytes);
});

it('a file that is damaged or cannot be written does no harm', async () => {
  const file = join(folder, 'damaged.bin');
  await writeFile(file, 'no graph');
  expect((await openStreets(packOf(one), file)).nodeX.length).toBe(2);
  expect((await openStreets(packOf(one), join(file, 'below', 'a.file'))).nodeX.length).toBe(2);
});

it('a road that comes to lie on another level makes another graph', async () => {
  const file = join(folder, 'levels.bin');
  const crossing = (level: number | undefined): Pick<CityPack, 'city' | 'files'> => {
    const pack = packOf(one, other);
    const [, bridge] = pack.files.get('roads')?.features ?? [];
    if (bridge === undefined) throw new Error('there must be two roads');
    if (level !== undefined) Object.assign(bridge.properties, { level });
    return pack;
  };
  expect((await openStreets(crossing(undefined), file)).faults.crossingsJoined).toBe(1);
  expect((await openStreets(crossing(1), file)).faults).toMatchObject({ crossingsJoined: 0, bridges: 1 });
  expect((await openStreets(crossing(0), file)).faults.crossingsJoined).toBe(1);
});
