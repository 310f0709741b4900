import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { precinctCount } from '@maplewall/shared/domain/precinct-counts.ts';
import type { HistoryPrecincts } from '@maplewall/shared/wire/history.ts';
import { postEvents, type EventItem } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const SQUARE = [
  [
    [120.5, 27.5],
    [120.51, 27.5],
    [120.51, 27.51],
    [120.5, 27.5],
  ],
];

describe('GET /api/history/precincts', () => {
  let folder = '';
  let server: TestGateway;
  let key = '';

  const send = (items: readonly EventItem[]): Promise<void> => postEvents(server.url, key, items);
  const received = (incidentId: string, at: string, more: object) => ({
    key: incidentId,
    at,
    event: {
      kind: 'incident.received',
      incidentId,
      category: 'nonPolice',
      priority: 3,
      lng: 120.505,
      lat: 27.505,
      place: '象岗路',
      ...more,
    },
  });
  const ask = async (query: string): Promise<HistoryPrecincts> =>
    (await (await fetch(`${server.url}/api/history/precincts?${query}`)).json()) as HistoryPrecincts;
  const told = async (query: string, precinct: string): Promise<number> => {
    const { days } = await ask(query);
    return days.reduce((sum, { precincts }) => sum + precinctCount(precincts[precinct], 'received'), 0);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maplewall-pack-'));
    const grids = join(folder, 'grids.json');
    await writeFile(
      grids,
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { id: 'G-1', communityId: 'c', precinctId: 'north' },
            geometry: { type: 'Polygon', coordinates: SQUARE },
          },
        ],
      }),
    );
    server = await startTestGateway({ files: { grids } });
    key = await server.addSource('110');
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('tells what a precinct had by day of the city, with what comes late', async () => {
    await send([
      received('a', '2025-03-02T23:59:00+08:00', { precinctId: 'south' }),
      received('b', '2025-03-03T00:01:00+08:00', { gridId: 'G-1' }),
      received('c', '2025-03-03T09:00:00+08:00', {}),
    ]);
    await waitUntil(
      'the day is counted',
      async () => (await told('days=2&until=2025-03-03', '')) === 1,
      80_000,
    );
    expect((await ask('days=2&until=2025-03-03')).days.map(({ day }) => day)).toEqual([
      '2025-03-02',
      '2025-03-03',
    ]);
    expect(await told('days=1&until=2025-03-02', 'south')).toBe(1);
    expect(await told('days=1&until=2025-03-03', 'south')).toBe(0);
    expect(await told('days=1&until=2025-03-03', 'north')).toBe(1);

    await send([received('d', '2025-03-02T12:00:00+08:00', { gridId: 'G-1' })]);
    await waitUntil(
      'the late one is counted',
      async () => (await told('days=1&until=2025-03-02', 'north')) === 1,
      80_000,
    );
  }, 180_000);

  it('counts on after a restart', async () => {
    server = await server.restart();
    await send([received('e', '2025-03-03T10:00:00+08:00', { gridId: 'G-1' })]);
    await waitUntil(
      'the next one is counted',
      async () => (await told('days=1&until=2025-03-03', 'north')) === 2,
      80_000,
    );
    expect(await told('days=400&until=2025-03-03', 'north')).toBe(3);
  }, 180_000);

  it('refuses a day that there is not, and too many days', async () => {
    for (const query of ['days=2&until=2025-02-30', 'days=0', 'days=401']) {
      const { status } = await fetch(`${server.url}/api/history/precincts?${query}`);
      expect({ query, status }).toEqual({ query, status: 400 });
    }
  });
});
