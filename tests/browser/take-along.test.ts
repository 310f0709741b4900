import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeAlongCommand } from '@maplewall/server/cli/take-along.ts';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { postEvents, postFixes } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { askWall, buildScreens, buildTakenPlayer, mapIsIdle, wallContext } from '../support/wall-page.ts';

const PATIENCE_MS = 120_000;
const TEST_MS = 2 * PATIENCE_MS;
const WAIT = { timeout: PATIENCE_MS } as const;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Midnight in the city, two days ago. */
const MIDNIGHT = Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS - 2) * DAY_MS - 8 * 3_600_000;
const DAY = new Date(MIDNIGHT + 8 * 3_600_000).toISOString().slice(0, 10);
/** 10:00 to 10:20, with a record in each minute. */
const MORNING = MIDNIGHT + 10 * 60 * MINUTE_MS;
/** One in the range that is taken along, one behind it. */
const INCIDENT = MORNING + 5 * MINUTE_MS + 7_000;
const LATER = MORNING + 12 * MINUTE_MS;
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('a replay that is taken along as a file', browser !== undefined, () => {
  let server: TestGateway;
  let folder: string;
  let file: string;
  let context: BrowserContext;
  let page: Page;
  const asked: string[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    await buildScreens();
    await buildTakenPlayer();
    folder = await mkdtemp(join(tmpdir(), 'maplewall-taken-'));
    file = join(folder, 'evening.html');
    server = await startTestGateway();
    await tenMinutes(server);
    context = await wallContext(browser as Browser);
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('request', (request) => {
      if (!/^(file|blob|data):/.test(request.url())) asked.push(request.url());
    });
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const pause = async (): Promise<void> => {
    await page.getByRole('button', { name: 'pause' }).click();
    await page.getByRole('button', { name: 'play' }).waitFor();
    await page.evaluate('document.activeElement.blur()');
  };
  const shownAt = () => askWall<number>(page, 'shownAt()');
  /** The hash of the world in the second of the incident, and two minutes later. */
  const hashes = async (): Promise<readonly (string | undefined)[]> => {
    await page.locator('.time-line .mark').first().waitFor();
    await pause();
    await page.keyboard.press('n');
    await expect.poll(shownAt, WAIT).toBe(INCIDENT);
    await page.locator('.mode-frame time', { hasText: '10:05:07' }).waitFor();
    const first = await askWall<string>(page, 'worldHash()');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.locator('.mode-frame time', { hasText: '10:07:07' }).waitFor();
    return [first, await askWall<string>(page, 'worldHash()')];
  };

  it(
    'plays from file: without a network, asks nobody, and shows the worlds that the gateway shows',
    async () => {
      page = await context.newPage();
      await page.goto(`${server.url}/replay/${DAY}/10:03?lang=en&debug`, { waitUntil: 'commit' });
      const online = await hashes();
      await page.close();
      expect(new Set(online).size).toBe(2);

      const words = [
        '--from',
        `${DAY}T10:02`,
        '--to',
        `${DAY}T10:10`,
        '--as',
        'then',
        '--server',
        server.url,
        '--key',
        server.gateway.madeAdminKey ?? '',
      ];
      expect(await takeAlongCommand([...words, '--out', file])).toBe(0);
      await context.setOffline(true);
      asked.length = 0;
      page = await context.newPage();
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (line) => {
        if (line.type() === 'error' || line.text().startsWith('map:')) faults.push(line.text());
      });
      await page.goto(`file://${file}?lang=en&debug`, { waitUntil: 'commit' });
      expect(await hashes()).toEqual(online);
      expect(await page.locator('.mode-frame').innerText()).toContain('REPLAY');
      await page.getByRole('button', { name: 'As known then' }).waitFor();
      expect(await page.title()).toContain(`${DAY} 10:02 – ${DAY} 10:10`);
      await mapIsIdle(page, PATIENCE_MS);
      expect(asked).toEqual([]);
      expect(faults).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'goes on by itself, ends where its range ends, and has nothing of what lies behind it',
    async () => {
      expect(await page.locator('.time-line .mark').count()).toBe(1);
      expect(await page.locator('.transport a').count()).toBe(0);
      const paused = await shownAt();
      await page.locator('.speeds button').last().click();
      await page.getByRole('button', { name: 'play' }).click();
      await expect.poll(shownAt, WAIT).toBeGreaterThan(paused ?? Number.POSITIVE_INFINITY);
      await expect.poll(shownAt, WAIT).toBe(MORNING + 10 * MINUTE_MS);
      const answers = [...(await readFile(file, 'utf8')).matchAll(/data-answer="([^"]*)"/g)].map(
        ([, address]) => address,
      );
      const minutes = answers.filter((address) => /%3A\d\d$/.test(address ?? ''));
      expect(minutes.map((address) => address?.slice(-7))).toEqual(
        ['02', '03', '04', '05', '06', '07', '08', '09'].map((minute) => `10%3A${minute}`),
      );
      expect(faults).toEqual([]);
    },
    TEST_MS,
  );
});

async function tenMinutes({ url, addSource }: TestGateway): Promise<void> {
  const key = await addSource('our-110');
  const minutes = Array.from({ length: 21 }, (_, minute) => MORNING + minute * MINUTE_MS);
  await postEvents(url, key, [
    ...minutes.map((at, index) => ({
      key: `in ${index}`,
      at,
      event: {
        kind: 'responder.checkedIn',
        responderId: `R${index}`,
        responderKind: 'officer',
        callSign: `</script><b>R${index}`,
      },
    })),
    ...[INCIDENT, LATER].map((at, index) => ({
      key: `incident ${index}`,
      at,
      event: {
        kind: 'incident.received',
        incidentId: `J${index}`,
        category: 'help',
        priority: index + 1,
        lng: 120.56,
        lat: 27.54,
        place: '新美路',
      },
    })),
  ]);
  const fixes = minutes.flatMap((at, minute) =>
    Array.from({ length: 6 }, (_, step) => ({
      responderId: 'R0',
      lng: 120.5 + (minute * 6 + step) * 0.0002,
      lat: 27.5,
      fixAt: at + step * 10_000,
    })),
  );
  await postFixes(url, key, fixes);
}
