import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { packCommand } from '@maplewall/server/cli/pack.ts';
import type { City } from '@maplewall/shared/domain/city.ts';
import { ROAD_CLASSES, type RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { documentedCommands } from '../support/documented-commands.ts';
import { givenFile, isGiven } from '../support/given-data.ts';
import { part } from '../support/part.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';

const FILES = {
  boundary: 'boundaries_wgs84',
  water: 'water_derived',
  roads: 'roads_longgang',
  blocks: 'blocks_derived',
} as const;
type GivenName = keyof typeof FILES;
const givenPath = (file: string): string => `longgang/${file}`;

interface Feature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: unknown;
}
interface Collection {
  readonly features: readonly Feature[];
}

const isHere = Object.values(FILES).every((file) => isGiven(givenPath(`${file}.geojson`)));

part('the documented pack of a real city', isHere, () => {
  let folder = '';
  let server: TestGateway;
  let said: readonly string[] = [];
  const given = async (name: GivenName): Promise<Collection> =>
    JSON.parse(await readFile(givenFile(givenPath(`${FILES[name]}.geojson`)), 'utf8')) as Collection;
  const served = async (name: string): Promise<Collection> =>
    (await (await fetch(`${server.url}/api/city/${name}`)).json()) as Collection;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maplewall-pack-'));
    const [words = []] = await documentedCommands('docs/spec/city-pack.md', 'pack');
    const args = words.map((word) => {
      if (word === 'data/longgang') return folder;
      return word.endsWith('.geojson') ? givenFile(givenPath(word)) : word;
    });
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const code = await packCommand(args);
    said = log.mock.calls.map((call) => String(call[0]).trim());
    log.mockRestore();
    if (code !== 0) throw new Error('the pack cannot be made');
    server = await startTestGateway({ cityDir: folder });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('says how many features each file has', () => {
    expect(said).toEqual(
      expect.arrayContaining(['1  boundary', '2  water', '3202  roads', '1546  blocks', '0  communities']),
    );
  });

  it('is served under its name, within bounds that hold its boundary', async () => {
    const city = (await (await fetch(`${server.url}/api/city`)).json()) as City;
    expect(city).toMatchObject({
      id: 'longgang',
      name: { zh: '龙港市', en: 'Longgang' },
      timeZone: 'Asia/Shanghai',
      coordinateSystem: 'WGS84',
    });
    expect(city.attribution).toContain('OpenStreetMap');
    const [west = 0, south = 0, east = 0, north = 0] = city.bounds;
    const [boundary] = (await served('boundary')).features;
    if (boundary === undefined) throw new Error('the pack has no boundary');
    expect(boundary.properties).toEqual({ name: '龙港市' });
    const { coordinates } = boundary.geometry as {
      readonly coordinates: readonly (readonly [number, number])[][][];
    };
    const corners = coordinates.flat(2);
    expect(corners.length).toBeGreaterThan(100);
    const outside = corners.filter(([x, y]) => x < west || x > east || y < south || y > north);
    expect(outside).toEqual([]);
  });

  it.each(['water', 'roads', 'blocks'] as const)('serves every shape of %s as it was', async (name) => {
    const [before, after] = await Promise.all([given(name), served(name)]);
    expect(after.features.length).toBe(before.features.length);
    expect(after.features.map(({ geometry }) => geometry)).toEqual(
      before.features.map(({ geometry }) => geometry),
    );
  });

  it('knows the rank of each road and its name', async () => {
    const [before, after] = await Promise.all([given('roads'), served('roads')]);
    const count = (collection: Collection, ...classes: readonly string[]): number =>
      collection.features.filter(({ properties }) => classes.includes(String(properties['class']))).length;
    expect(count(after, ...ROAD_CLASSES)).toBe(after.features.length);
    expect(count(after, 'motorway')).toBe(count(before, 'motorway', 'trunk'));
    expect(count(after, 'arterial')).toBe(count(before, 'primary', 'secondary'));
    expect(count(after, 'street')).toBe(count(before, 'tertiary'));
    expect(count(after, 'lane' satisfies RoadClass)).toBe(count(before, 'minor'));
    const names = ({ features }: Collection) => features.map(({ properties }) => properties['name']);
    expect(names(after)).toEqual(names(before));
  });

  it('takes positions within it and none outside', async () => {
    const key = await server.addSource('phones', { autoCheckIn: true });
    const fixAt = Date.now();
    const answer = await fetch(`${server.url}/api/ingest/positions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        fixes: [
          { responderId: 'inside', lng: 120.55, lat: 27.55, fixAt },
          { responderId: 'outside', lng: 121.55, lat: 27.55, fixAt },
        ],
      }),
    });
    expect(await answer.json()).toMatchObject({ taken: 1, counts: { 'ingest.position.outOfBounds': 1 } });
  });
});
