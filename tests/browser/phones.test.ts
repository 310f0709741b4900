import { connectAsync } from 'mqtt';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { askWall, buildScreens, wallContext, watchHosts } from '../support/wall-page.ts';

const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

const PATIENCE_MS = 120_000;
const ZONE_HOURS = 8;
/** 30 m further, two seconds later: somebody on a bicycle. */
const START = { lng: 120.55, lat: 27.55 };
const GOAL = { lng: 120.55, lat: 27.55027 };
type Place = typeof START;

const metresApart = (a: Place, b: Place): number =>
  Math.hypot((a.lng - b.lng) * 98_700, (a.lat - b.lat) * 110_800);
/** A place is kept to 1e-5 degree, and drawn to some centimetres. */
const CLOSE_METRES = 1;

interface Phone {
  readonly responderId: string;
  send(place: Place, at: number): Promise<unknown>;
}

async function answered(answer: Promise<Response>): Promise<void> {
  const { status } = await answer;
  if (status !== 200) throw new Error(`answered with ${status}`);
}

part('a wall in a browser', browser !== undefined, () => {
  let server: TestGateway;
  let context: BrowserContext;
  let hosts: ReadonlySet<string>;
  let key = '';
  let devicePassword = '';
  const phones: Record<string, () => Phone> = {
    'Traccar Client before 9 and OsmAnd': () => ({
      responderId: '356938035643809',
      send: (place, at) => {
        const query = new URLSearchParams({
          id: '356938035643809',
          timestamp: String(Math.floor(at / 1_000)),
          lat: String(place.lat),
          lon: String(place.lng),
          speed: '29.16',
          bearing: '0.0',
          altitude: '12.0',
          accuracy: '4.0',
          batt: '81.0',
        });
        return answered(fetch(`${server.url}/api/ingest/osmand/${key}?${query}`, { method: 'POST' }));
      },
    }),
    'Traccar Client 9 and later': () => ({
      responderId: 'traccar-9',
      send: (place, at) =>
        answered(
          fetch(`${server.url}/api/ingest/osmand/${key}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              location: {
                timestamp: new Date(at).toISOString(),
                coords: {
                  latitude: place.lat,
                  longitude: place.lng,
                  accuracy: 4.3,
                  speed: -1,
                  heading: -1,
                  altitude: 12,
                },
                is_moving: true,
                odometer: 120,
                event: 'motionchange',
                battery: { level: 0.81, is_charging: false },
                activity: { type: 'on_bicycle' },
                extras: {},
              },
              device_id: 'traccar-9',
            }),
          }),
        ),
    }),
    'OwnTracks over HTTP': () => ({
      responderId: 'ana/phone',
      send: (place, at) =>
        answered(
          fetch(`${server.url}/api/ingest/owntracks`, {
            method: 'POST',
            headers: {
              authorization: `Basic ${Buffer.from(`ana:${key}`).toString('base64')}`,
              'content-type': 'application/json',
              'x-limit-u': 'ana',
              'x-limit-d': 'phone',
            },
            body: JSON.stringify(ownTracks(place, at)),
          }),
        ),
    }),
    'OwnTracks over MQTT': () => ({
      responderId: 'patrol-7',
      send: async (place, at) => {
        const client = await connectAsync(`mqtt://127.0.0.1:${server.gateway.mqttPort}`, {
          username: 'ben',
          password: devicePassword,
        });
        await client.publishAsync('owntracks/ben/watch', JSON.stringify(ownTracks(place, at)), { qos: 1 });
        await client.endAsync();
      },
    }),
  };

  beforeAll(async () => {
    await buildScreens();
    server = await startTestGateway({ mqtt: true });
    key = await server.addSource('phones', { autoCheckIn: true });
    const device = await server.gateway.sourceKeys.replaceDevice({
      source: 'phones',
      user: 'ben',
      device: 'watch',
      responderId: 'patrol-7',
      callSign: '巡7',
    });
    if (!device.ok) throw new Error('the device cannot be registered');
    devicePassword = device.value;
    context = await wallContext(browser as Browser);
    hosts = watchHosts(context);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  const open = async (path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${server.url}${path}`);
    return page;
  };

  describe('before anything has happened', () => {
    it('is offered on the first page, and no day of a history that does not exist', async () => {
      const page = await open('/');
      await page.getByText('Test city').or(page.getByText('测试市')).first().waitFor();
      await waitUntil(
        'the page has looked for days',
        async () => (await page.locator('section p').count()) === 2,
      );
      expect(await page.locator('a[href^="/replay"]').count()).toBe(0);
      expect(await brokenLinks(page, server.url)).toEqual([]);
      await page.close();
    });
  });

  describe('the wall', () => {
    let page: Page;
    beforeAll(async () => {
      page = await open('/wall?debug');
      await waitUntil(
        'the map is drawn',
        async () => ((await askWall<{ frames: number }>(page, 'stats()'))?.frames ?? 0) > 0,
        PATIENCE_MS,
      );
    }, PATIENCE_MS);

    it.each(Object.entries(phones))(
      'draws whoever carries %s where the phone is, and then where it goes',
      async (_, makePhone) => {
        const { responderId, send } = makePhone();
        const drawnAt = (): Promise<Place | undefined> =>
          askWall(page, `drawnAt(${JSON.stringify(responderId)})`);
        const isAt = async (place: Place): Promise<boolean> => {
          const drawn = await drawnAt();
          return drawn !== undefined && metresApart(drawn, place) < CLOSE_METRES;
        };
        expect(await drawnAt()).toBeUndefined();
        const at = Date.now() - 4_000;
        await send(START, at);
        await waitUntil('it stands at the first place', () => isAt(START), PATIENCE_MS);
        const pictures = async (): Promise<number> =>
          (await askWall<{ frames: number }>(page, 'stats()'))?.frames ?? 0;
        await send(GOAL, at + 2_000);
        await waitUntil('it stands at the second place', () => isAt(GOAL), PATIENCE_MS);
        // The place is known before its picture is drawn.
        const before = await pictures();
        await waitUntil('the map is drawn again', async () => (await pictures()) > before, PATIENCE_MS);
      },
      3 * PATIENCE_MS,
    );

    it('counts them on duty and in the legend', async () => {
      const shown = await askWall<readonly string[]>(page, 'respondersShown()');
      expect(shown?.toSorted()).toEqual(
        Object.values(phones)
          .map((makePhone) => makePhone().responderId)
          .toSorted(),
      );
      const legend = await askWall<{ kinds: { volunteer: number } }>(page, 'legend()');
      expect(legend?.kinds.volunteer).toBe(4);
      await waitUntil(
        'the legend says so',
        async () => (await page.locator('.legend li').first().innerText()).endsWith('4'),
        PATIENCE_MS,
      );
    });

    it(
      'has a frame round it as soon as it is not the real present alone, and none before',
      async () => {
        const frame = page.locator('.mode-frame');
        expect(await frame.count()).toBe(0);
        await receive(server, 'Exercise');
        await page.locator('.mode-frame.exercise').waitFor({ timeout: PATIENCE_MS });
        expect(await frame.innerText()).toContain('演练');
        await receive(server, 'Test');
        await page.locator('.mode-frame.demo').waitFor({ timeout: PATIENCE_MS });
        expect(await frame.innerText()).toContain('演示数据');
      },
      PATIENCE_MS,
    );
  });

  describe('history', () => {
    it(
      'is offered on the first page by the days that it has, and says REPLAY when it is shown',
      async () => {
        const happened = Date.now() - 26 * 3_600_000;
        await receive(server, 'Actual', happened);
        const day = new Date(happened + ZONE_HOURS * 3_600_000).toISOString().slice(0, 10);
        const page = await open('/');
        const link = page.locator(`a[href^="/replay/${day}"]`);
        await waitUntil(
          'the day is offered',
          async () => {
            await page.reload();
            await page.locator('section').first().waitFor();
            return (await link.count()) === 1;
          },
          PATIENCE_MS,
        );
        expect(await brokenLinks(page, server.url)).toEqual([]);
        const { days } = (await (await fetch(`${server.url}/api/history/days`)).json()) as {
          readonly days: readonly { readonly day: string; readonly minutesWithRecords: number }[];
        };
        const known = days.filter(({ minutesWithRecords }) => minutesWithRecords > 0);
        expect(await page.locator('a[href^="/replay"]').count()).toBe(known.length);
        await link.click();
        await page.locator('.mode-frame.replay').waitFor({ timeout: PATIENCE_MS });
        expect(await page.locator('.mode-frame').innerText()).toContain('回放');
        await page.close();
      },
      2 * PATIENCE_MS,
    );
  });

  it('asks nothing of any other machine', () => {
    expect([...hosts]).toEqual([new URL(server.url).host]);
  });
});

const ownTracks = (place: Place, at: number): object => ({
  _type: 'location',
  tid: 'an',
  lat: place.lat,
  lon: place.lng,
  tst: Math.floor(at / 1_000),
  acc: 5,
  alt: 12,
  batt: 81,
  vel: 54,
  cog: 0,
  conn: 'm',
  t: 'u',
});

/** An incident of a source in a mode of its own. */
async function receive(server: TestGateway, mode: Mode, at = Date.now()): Promise<void> {
  const source = `incidents-${mode}`;
  const own = await server.gateway.sourceKeys.replace({ source, mode, autoCheckIn: false });
  const event = {
    kind: 'incident.received',
    incidentId: `${mode}-${at}`,
    category: 'help',
    priority: 3,
    lng: START.lng,
    lat: START.lat,
    place: '测试路1号',
  };
  await postEvents(server.url, own, [{ key: `${mode}-${at}`, at, event }]);
}

/** Links of a page that lead to nothing. */
async function brokenLinks(page: Page, url: string): Promise<readonly string[]> {
  const links = await page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '')`,
  );
  const answers = await Promise.all(
    links.map(async (link) => [link, (await fetch(new URL(link, url))).status] as const),
  );
  return answers.filter(([, status]) => status !== 200).map(([link]) => link);
}
