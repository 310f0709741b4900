import type { UsualPlaces } from '@maplewall/shared/wire/history.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const PLACE = { lng: 120.5612, lat: 27.5433 };
const DAY_MS = 86_400_000;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(async () => {
  await gateway.stop();
});

/** YYYY-MM-DD in China, which has no clock changes. */
const dayInChina = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

it('where incidents happened at this hour on the same weekdays before is usual, and nothing else is', async () => {
  const key = await gateway.addSource('history');
  const today = Date.now();
  const day = dayInChina(today);
  // 20:10 in China on this weekday, one to four weeks ago; once at another place.
  const evening = Date.parse(`${day}T12:10:00Z`);
  const items = [1, 2, 3, 4, 5].map((week) => ({
    key: `k${week}`,
    at: evening - Math.min(week, 4) * 7 * DAY_MS,
    event: {
      kind: 'incident.received',
      incidentId: `I${week}`,
      category: 'help',
      priority: 3,
      lng: week === 5 ? PLACE.lng + 0.1 : PLACE.lng,
      lat: PLACE.lat,
      place: 'x',
    },
  }));
  await postEvents(gateway.url, key, items);
  const ask = async (hour: number): Promise<UsualPlaces> => {
    const answer = await fetch(`${gateway.url}/api/history/${day}/usual-places?hour=${hour}`);
    return (await answer.json()) as UsualPlaces;
  };
  const usual = await waitUntil('the hours are counted', async () => {
    const found = await ask(20);
    return found.days.length === 4 && found.places.length > 0 ? found : undefined;
  });
  const east = usual.places.map(({ lng }) => Math.abs(lng - PLACE.lng));
  expect(Math.max(...east)).toBeLessThan(0.03);
  expect((await ask(9)).places).toEqual([]);
});

it('a day or an hour that cannot be is refused', async () => {
  const status = async (path: string): Promise<number> =>
    (await fetch(`${gateway.url}/api/history/${path}`)).status;
  expect([
    await status('2026-02-30/usual-places?hour=3'),
    await status('2026-11-23/usual-places?hour=24'),
  ]).toEqual([400, 400]);
});
