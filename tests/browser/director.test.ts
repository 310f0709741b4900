import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { askWall, buildScreens, wallContext } from '../support/wall-page.ts';

const PATIENCE_MS = 120_000;
const PLACES = [
  { lng: 120.5, lat: 27.5, place: '新美路' },
  { lng: 120.56, lat: 27.55, place: '沿江路' },
  { lng: 120.62, lat: 27.6, place: '人民路' },
] as const;
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('an unattended camera, in a browser', browser !== undefined, () => {
  let server: TestGateway;
  let key = '';
  const send = (events: readonly object[]): Promise<void> =>
    postEvents(
      server.url,
      key,
      events.map((event) => ({ key: JSON.stringify(event), at: Date.now(), event })),
    );
  const received = (index: number): object => ({
    kind: 'incident.received',
    incidentId: `J-${index}`,
    category: 'criminal',
    priority: 1,
    ...PLACES[index],
  });
  beforeAll(async () => {
    await buildScreens();
    server = await startTestGateway();
    key = await server.addSource('our-platform');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  it(
    'goes to a danger to life, shows others of the same time beside it, each with its place, and stops where a touch finds it',
    async () => {
      const page = await (await wallContext(browser as Browser)).newPage();
      await page.goto(`${server.url}/wall?director=on&debug&lang=en`, { waitUntil: 'commit' });
      /** Degrees of longitude from one side of the picture to the other; 0 as long as there is no map. */
      const width = async (): Promise<number> => {
        const [west = 0, , east = 0] = (await askWall<readonly number[]>(page, 'view()')) ?? [];
        return east - west;
      };
      const overview = await waitUntil(
        'the map is there',
        async () => (await width()) || undefined,
        PATIENCE_MS,
      );
      await send([received(0)]);
      await waitUntil('the camera goes there', async () => (await width()) < overview / 4, PATIENCE_MS);
      expect(await page.locator('.inset').count()).toBe(0);

      await send([received(1), received(2)]);
      const insets = page.locator('.inset');
      await waitUntil('both others have a picture', async () => (await insets.count()) === 2, PATIENCE_MS);
      const words = (await insets.allTextContents()).join();
      const queued = PLACES.filter(({ place }) => words.includes(place));
      expect(queued.length).toBe(2);

      const led = await width();
      await page
        .locator('.map canvas')
        .first()
        .click({ position: { x: 900, y: 500 } });
      await waitUntil('a touch stops it', async () => (await insets.count()) === 0, PATIENCE_MS);
      expect(await width()).toBeCloseTo(led, 6);
      await page.close();
    },
    PATIENCE_MS * 2,
  );
});
