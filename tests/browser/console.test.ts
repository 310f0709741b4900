import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { makeOneStreetCity, oneStreetAt } from '../support/one-street.ts';
import { part } from '../support/part.ts';
import { postEvents } from '../support/post-events.ts';
import { dayTime } from '../support/day-of-tests.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { buildScreens } from '../support/wall-page.ts';

const PATIENCE_MS = 90_000;
const TEST_MS = 3 * PATIENCE_MS;
const MINUTE_MS = 60_000;
/** A post that is chosen from the list is shown at zoom 15.5: at this latitude a pixel is a metre and a half. */
const METRES_PER_PIXEL = (40_075_016.7 * Math.cos((27.54 * Math.PI) / 180)) / 512 / 2 ** 15.5;
/** One community round the whole street. */
const ALL_ROUND = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { id: 'C', name: '社区', nameEn: 'Community', precinctId: 'P' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            oneStreetAt(-5, -5),
            oneStreetAt(25, -5),
            oneStreetAt(25, 5),
            oneStreetAt(-5, 5),
            oneStreetAt(-5, -5),
          ],
        ],
      },
    },
  ],
});
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('the console, in a browser', browser !== undefined, () => {
  let folder = '';
  let server: TestGateway;
  let page: Page;
  let key = '';
  /** Two hours of shift around now, by the clocks of the city. */
  const clockOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 16);
  const shift = `${clockOf(dayTime() - 60 * MINUTE_MS)}-${clockOf(dayTime() + 60 * MINUTE_MS)}`;
  const heldSince = dayTime() - 10 * MINUTE_MS;
  beforeAll(async () => {
    await buildScreens();
    folder = await mkdtemp(join(tmpdir(), 'maplewall-console-'));
    const cityDir = await makeOneStreetCity(folder, { shifts: [shift] });
    await writeFile(join(cityDir, 'communities.geojson'), ALL_ROUND);
    server = await startTestGateway({ cityDir, clock: { now: () => epochMs(dayTime()) } });
    key = await server.addSource('duty');
    await postEvents(server.url, key, [
      {
        key: 'in',
        at: heldSince,
        event: {
          kind: 'responder.checkedIn',
          responderId: 'S1',
          responderKind: 'sentry',
          callSign: 'S1',
          postId: 'GATE',
        },
      },
    ]);
    await waitUntil(
      'the post is held',
      async () => {
        const answer = await fetch(`${server.url}/api/coverage`);
        return answer.ok && ((await answer.json()) as { readonly posts: number }).posts === 1;
      },
      PATIENCE_MS,
    );
    page = await (browser as Browser).newPage({
      viewport: { width: 1_280, height: 720 },
      deviceScaleFactor: 0.5,
    });
    page.setDefaultTimeout(PATIENCE_MS);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (path: string): Promise<void> => {
    await page.goto(`${server.url}${path}`, { waitUntil: 'commit' });
    await page.locator('.console .map canvas').first().waitFor();
  };
  const tab = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  /** The first row of a table of coverage: within 30 s, 1, 3 and 5 min, each with its difference where there is one. */
  const firstRow = async (table: number): Promise<readonly string[]> =>
    (
      await page
        .locator('.coverage-table')
        .nth(table)
        .locator('tbody tr')
        .first()
        .locator('td')
        .allInnerTexts()
    ).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  /** Chooses the post in the list, which brings the map there; answers where it then lies on the page. */
  async function choosePost(): Promise<{ readonly x: number; readonly y: number }> {
    await tab('Coverage');
    await page.locator('select[name=post]').selectOption('GATE');
    const handle = page.locator('.post-handle');
    await handle.waitFor();
    await waitUntil(
      'the map has gone to the post',
      async () => {
        const [post, map] = await Promise.all([
          handle.boundingBox(),
          page.locator('.console .map').boundingBox(),
        ]);
        if (post === null || map === null) return false;
        const apart = Math.hypot(
          post.x + post.width / 2 - map.x - map.width / 2,
          post.y + post.height / 2 - map.y - map.height / 2,
        );
        return apart < 1;
      },
      PATIENCE_MS,
    );
    const { x, y, width, height } = (await handle.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    return { x: x + width / 2, y: y + height / 2 };
  }

  it(
    'shows what is covered now, and what would be if a post stood elsewhere',
    async () => {
      await open('/console?lang=en');
      await choosePost();
      expect(await firstRow(0)).toEqual(['10', '20', '55', '90']);
      await page.locator('.post-handle').focus();
      // Eight pixels each: to 750 m of the street.
      for (let step = 0; step < Math.round(750 / (8 * METRES_PER_PIXEL)); step += 1)
        await page.keyboard.press('ArrowRight');
      await expect
        .poll(() => firstRow(1), { timeout: PATIENCE_MS })
        .toEqual(['15 +5.0', '35 +15.0', '75 +20.0', '100 +10.0']);
    },
    TEST_MS,
  );

  it(
    'tells of a point that is clicked who is first there, and in how many seconds',
    async () => {
      await open('/console?lang=en');
      const post = await choosePost();
      await page.mouse.click(post.x + 60 / METRES_PER_PIXEL, post.y);
      const first = page.locator('.arrivals li').first();
      // 60 m at 3 m/s after 5 s until somebody accepts.
      expect((await first.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/^Gate Post, running 2[3-7] s$/);
      expect(await page.locator('.verdict').innerText()).toBe('1 can be there within half a minute');
    },
    TEST_MS,
  );

  it(
    'lists where one more would help, and which shift leaves a hole, and goes there',
    async () => {
      await open('/console?lang=en');
      await tab('Advice');
      await page.getByLabel('Within').selectOption('180');
      const asked = page.waitForRequest(/\/api\/reach\?/);
      await page.getByRole('button', { name: 'Show place 1 on the map' }).click();
      // Of the three minutes, five seconds go by until somebody accepts, as they did when the gain was counted.
      expect((await asked).url()).toMatch(/seconds=175&mode=run/);
      // Nine of the twenty buildings; the pack has no grids, so that each is a row of its own.
      await page.getByText('9 places in all').waitFor();
      const gaps = page.getByRole('button', { name: /on the map, of which nobody reaches a part$/ });
      expect(await gaps.count()).toBe(5);
      await gaps.first().click();
      await page.getByText('11 reached by nobody else').waitFor();
      await page.getByText(`${shift.slice(-5)} · Buildings or blocks −55 %`).waitFor();
      await page.getByRole('button', { name: /^Show Gate on the map, whose shift ends/ }).click();
    },
    TEST_MS,
  );

  it(
    'answers the same of a past second, in the frame of a replay, and compares with another moment',
    async () => {
      const moment = (at: number): readonly [day: string, time: string] => {
        const local = new Date(at + 8 * 3_600_000).toISOString();
        return [local.slice(0, 10), local.slice(11, 16)];
      };
      const [day, time] = moment(heldSince + 3 * MINUTE_MS);
      await open(`/console/${day}/${time}?lang=en`);
      await page.locator('.mode-frame.replay').waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await tab('Coverage');
      await waitUntil(
        'the post counts',
        async () => (await firstRow(0)).join() === '10,20,55,90',
        PATIENCE_MS,
      );
      const [sameDay, later] = moment(heldSince + 5 * MINUTE_MS);
      await page.getByLabel('Other moment').fill(`${sameDay}T${later}`);
      await expect
        .poll(() => firstRow(0), { timeout: PATIENCE_MS })
        .toEqual(['10 ±0', '20 ±0', '55 ±0', '90 ±0']);
      // While nobody held the post nothing was covered: its community had ten points more before.
      const sentry = { responderId: 'S1', responderKind: 'sentry', callSign: 'S1', postId: 'GATE' };
      await postEvents(server.url, key, [
        {
          key: 'out',
          at: heldSince + 6 * MINUTE_MS,
          event: { kind: 'responder.checkedOut', responderId: 'S1' },
        },
        {
          key: 'in again',
          at: heldSince + 8 * MINUTE_MS,
          event: { kind: 'responder.checkedIn', ...sentry },
        },
      ]);
      const [thatDay, left] = moment(heldSince + 7 * MINUTE_MS);
      await waitUntil(
        'history knows that the post was left',
        async () => {
          const answer = await fetch(`${server.url}/api/coverage?t=${thatDay}T${left}:00%2B08:00`);
          return answer.ok && ((await answer.json()) as { readonly posts: number }).posts === 0;
        },
        PATIENCE_MS,
      );
      await page.getByLabel('Other moment').fill(`${thatDay}T${left}`);
      await page.getByText('On the map: communities by points').waitFor();
      await page.getByRole('button', { name: 'Stop comparing' }).click();
      await page.getByText('On the map: communities by points').waitFor({ state: 'detached' });
    },
    TEST_MS,
  );

  it(
    'tells of a day how many were reached in time, and why others were not',
    async () => {
      const receivedAt = heldSince + 4 * MINUTE_MS;
      const [lng, lat] = oneStreetAt(12, 0);
      await postEvents(server.url, key, [
        {
          key: 'far',
          at: receivedAt,
          event: {
            kind: 'incident.received',
            incidentId: 'FAR',
            category: 'help',
            priority: 2,
            lng,
            lat,
            place: 'Far End',
            precinctId: 'P',
          },
        },
        {
          key: 'far there',
          at: receivedAt + 90_000,
          event: { kind: 'incident.stage', incidentId: 'FAR', stage: 'onScene' },
        },
      ]);
      await open('/console?lang=en');
      await tab('Outcome');
      const table = page.locator('.arrival-table tbody tr');
      await expect.poll(() => table.count(), { timeout: PATIENCE_MS }).toBe(2);
      expect((await table.nth(1).innerText()).replaceAll(/\s+/g, ' ')).toMatch(/^P 1 0\.0 .* 100 .* 90 90$/);
      const missed = page.locator('ol.rows li').filter({ hasText: 'Far End' });
      await missed.getByText('nobody in reach').waitFor();
      expect(await missed.innerText()).toMatch(/expected 2\d\d, was 90 s/);
    },
    TEST_MS,
  );
});
