import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WallStatus, Walls } from '@maplewall/shared/wire/walls.ts';
import { launchBrowser } from '../support/browser.ts';
import { askAsAdmin, ELSEWHERE, KNOWS_ELSEWHERE, shownCode } from '../support/paired-screen.ts';
import { part } from '../support/part.ts';
import { postEvents } from '../support/post-events.ts';
import { startRelay, type Relay } from '../support/relay.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { buildScreens } from '../support/wall-page.ts';

/** What is broken, and that the same view is there again by itself in less than this. */
const BACK_IN_MS = 60_000;
const PATIENCE_MS = 90_000;
const TEST_MS = 4 * PATIENCE_MS;
const VIEW = '/wall?view=queue&lang=en';
const browser: Browser | undefined = await launchBrowser(KNOWS_ELSEWHERE).catch(() => undefined);

part('a wall that nobody touches, in a browser', browser !== undefined, () => {
  let server: TestGateway;
  let relay: Relay;
  let context: BrowserContext;
  /** Where another build lies; the gateway serves it to the end. */
  let screens = '';
  let reported = 0;
  let key = '';
  let adminKey = '';

  beforeAll(async () => {
    await buildScreens();
    server = await startTestGateway();
    adminKey = server.gateway.madeAdminKey ?? '';
    key = await server.addSource('our-110');
    relay = await startRelay(server.gateway.port);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await relay.close();
    await server.stop();
    if (screens !== '') await rm(screens, { recursive: true, force: true });
  });
  beforeEach(async () => {
    context = await (browser as Browser).newContext({
      viewport: { width: 960, height: 540 },
      deviceScaleFactor: 0.5,
    });
    context.setDefaultTimeout(PATIENCE_MS);
  });
  afterEach(() => context.close());

  /** An incident that the wall must show as soon as it can. */
  async function report(): Promise<string> {
    reported += 1;
    const place = `No. ${reported} Jiangbin Road`;
    const event = {
      kind: 'incident.received',
      incidentId: `J-${reported}`,
      category: 'traffic',
      priority: 2,
      lng: 120.55,
      lat: 27.58,
      place,
    };
    await postEvents(server.url, key, [{ key: `k${reported}`, at: Date.now(), event }]);
    return place;
  }
  const asAdmin = (method: string, path: string, body?: object): Promise<Response> =>
    askAsAdmin(server.url, adminKey, method, path, body);
  async function shows(page: Page, place: string): Promise<void> {
    await page.locator('.event-line', { hasText: place }).first().waitFor();
  }
  /** A wall that shows an incident; its page remembers that it is this one. */
  async function openWall(url: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(url);
    await shows(page, await report());
    await page.evaluate('window.isThisPage = true');
    return page;
  }
  const isThisPage = (page: Page): Promise<boolean> => page.evaluate<boolean>('window.isThisPage === true');
  const panels = (page: Page): Promise<number> => page.locator('.panel-place').count();
  const stopped = (page: Page) => page.locator('.freshness');

  it(
    'says since when its picture stands while the gateway is away, and goes on without a reload when that is back',
    async () => {
      const page = await openWall(`${server.url}${VIEW}`);
      const before = await panels(page);
      const place = await report();
      await shows(page, place);
      const beat = (): Promise<number> =>
        page.evaluate<number>(
          `[...document.querySelectorAll('.heartbeat i')].findIndex((mark) => mark.classList.contains('here'))`,
        );
      const first = await beat();
      await waitUntil('the mark moves', async () => (await beat()) !== first, PATIENCE_MS);
      await server.gateway.stop();
      await stopped(page).waitFor();
      expect(await stopped(page).textContent()).toMatch(
        /The picture stands at \d\d:\d\d:\d\d, for +\d+:\d\d/,
      );
      // The last picture stays.
      await shows(page, place);
      expect(await page.locator('.hatch').count()).toBe(1);

      server = await server.restart();
      const back = performance.now();
      const later = await report();
      await shows(page, later);
      await stopped(page).waitFor({ state: 'detached' });
      expect(performance.now() - back).toBeLessThan(BACK_IN_MS);
      expect([await isThisPage(page), await panels(page), page.url()]).toEqual([
        true,
        before,
        `${server.url}${VIEW}`,
      ]);
    },
    TEST_MS,
  );

  it(
    'notices a line on which nothing comes and nothing ends, and catches up without a reload when there is one again',
    async () => {
      const page = await openWall(`${relay.url}${VIEW}`);
      const before = await panels(page);
      relay.cut();
      await stopped(page).waitFor();
      const missed = await report();
      // The browser has not been told that the line is dead; the wall finds out by the silence.
      await stopped(page).getByText('trying again by itself').waitFor();
      relay.mend();
      const back = performance.now();
      await shows(page, missed);
      await stopped(page).waitFor({ state: 'detached' });
      expect(performance.now() - back).toBeLessThan(BACK_IN_MS);
      expect([await isThisPage(page), await panels(page)]).toEqual([true, before]);
    },
    TEST_MS,
  );

  it(
    'loads itself anew when the gateway serves another build, and shows the same view',
    async () => {
      screens = await mkdtemp(join(tmpdir(), 'maplewall-screens-'));
      await cp(fileURLToPath(new URL('../../client/dist', import.meta.url)), screens, { recursive: true });
      const file = join(screens, 'index.html');
      const other = (await readFile(file, 'utf8')).replace('<head>', '<head><meta name="another-build">');
      await writeFile(file, other);
      for (const ending of ['.br', '.gz']) await rm(`${file}${ending}`, { force: true });

      const page = await openWall(`${server.url}${VIEW}`);
      const before = await panels(page);
      server = await server.restart(screens);
      const back = performance.now();
      await waitUntil(
        'it has loaded itself',
        async () => !(await isThisPage(page).catch(() => true)),
        PATIENCE_MS,
      );
      await shows(page, await report());
      expect(performance.now() - back).toBeLessThan(BACK_IN_MS);
      expect([await panels(page), page.url()]).toEqual([before, `${server.url}${VIEW}`]);
      expect(await page.locator('meta[name="another-build"]').count()).toBe(1);
    },
    TEST_MS,
  );

  it(
    'whose token is taken back shows a code, and the same view as soon as it is admitted again',
    async () => {
      const address = `http://${ELSEWHERE}:${server.gateway.port}${VIEW}`;
      const page = await context.newPage();
      const admit = async (): Promise<string> => {
        const code = await shownCode(page);
        const admitted = await asAdmin('POST', '/api/admin/screens/admit', { code, name: 'Queue' });
        expect(admitted.status).toBe(201);
        return ((await admitted.json()) as { id: string }).id;
      };
      await page.goto(address);
      const id = await admit();
      await shows(page, await report());
      const before = await panels(page);

      expect((await asAdmin('DELETE', `/api/admin/screens/${id}`)).status).toBe(204);
      await page.locator('.pair .code').waitFor();
      expect(await page.locator('main.wall').count()).toBe(0);
      const back = performance.now();
      await admit();
      await shows(page, await report());
      expect(performance.now() - back).toBeLessThan(BACK_IN_MS);
      expect([await panels(page), page.url()]).toEqual([before, address]);
    },
    TEST_MS,
  );

  it(
    'is shown anew by the page that watches it when it has crashed',
    async () => {
      const localhost = `http://localhost:${server.gateway.port}`;
      const page = await context.newPage();
      await page.goto(`${localhost}/watch?wall=${encodeURIComponent(VIEW)}`);
      // The tests' way into a page ends with the crash of any frame of it, so the gateway tells what is shown.
      const shown = async (than: WallStatus | undefined): Promise<WallStatus> =>
        waitUntil(
          'a wall says what it draws',
          async () => {
            const { walls } = (await (await fetch(`${server.url}/api/walls`)).json()) as Walls;
            return walls.find(
              ({ connectedSince, report: says }) =>
                says?.view === 'queue' && says.lastFrame > 0 && connectedSince !== than?.connectedSince,
            );
          },
          PATIENCE_MS,
        );
      const before = await shown(undefined);
      const frame = page.frames().find((each) => each.url().includes('view=queue'));
      if (frame === undefined) throw new Error('the wall is in no frame');
      const toFrame = await context.newCDPSession(frame);
      const back = performance.now();
      // The call is never answered: who would answer it is gone.
      toFrame.send('Page.crash').catch(() => undefined);
      const after = await shown(before);
      expect(performance.now() - back).toBeLessThan(BACK_IN_MS);
      expect(after.report).toMatchObject({ view: 'queue', feed: 'live' });
    },
    TEST_MS,
  );
});
