import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { askWall, buildScreens, mapIsIdle } from '../support/wall-page.ts';

const PATIENCE_MS = 120_000;
const BOUNDS = [120.38, 27.4, 120.8, 27.68] as const;
const [WEST, SOUTH, EAST, NORTH] = BOUNDS;
const GRID = 'G-7';
const WHERE = { lng: 120.4, lat: 27.42, gridId: GRID };
const incident = (incidentId: string): object => ({
  kind: 'incident.received',
  incidentId,
  category: 'help',
  priority: 3,
  place: '新美路',
  ...WHERE,
});
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('the risk of a grid, in a browser', browser !== undefined, () => {
  let folder = '';
  let server: TestGateway;
  let key = '';
  let sent = 0;
  const send = (events: readonly object[]): Promise<void> =>
    postEvents(
      server.url,
      key,
      events.map((event) => ({ key: `k${(sent += 1)}`, at: Date.now(), event })),
    );
  beforeAll(async () => {
    await buildScreens();
    folder = await mkdtemp(join(tmpdir(), 'maplewall-grid-'));
    const ring = [
      [WEST, SOUTH],
      [EAST, SOUTH],
      [EAST, NORTH],
      [WEST, NORTH],
      [WEST, SOUTH],
    ];
    const grids = join(folder, 'grids.geojson');
    const feature = {
      type: 'Feature',
      properties: { id: GRID, communityId: 'C-1', precinctId: 'P-1' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
    await writeFile(grids, JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
    server = await startTestGateway({ bounds: BOUNDS, files: { grids } });
    key = await server.addSource('our-platform');
    const now = Date.now();
    await send([
      { kind: 'grid.risk', risks: [{ gridId: GRID, level: 83 }] },
      { kind: 'hazard.found', hazardId: 'H-1', hazardType: 'gas', dueAt: now + 9_000_000, ...WHERE },
      { kind: 'hazard.found', hazardId: 'H-2', hazardType: 'gas', dueAt: now - 9_000_000, ...WHERE },
      incident('J-1'),
    ]);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'is explained where somebody points, as it is now, and no more when they have gone',
    async () => {
      const page = await (browser as Browser).newPage({
        viewport: { width: 1_280, height: 720 },
        deviceScaleFactor: 0.5,
      });
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${server.url}/wall?debug&lang=en`, { waitUntil: 'commit' });
      await waitUntil(
        'the risk is on the map',
        async () => ((await askWall<{ riskSteps: unknown[] }>(page, 'legend()'))?.riskSteps.length ?? 0) > 0,
        PATIENCE_MS,
      );
      await mapIsIdle(page, PATIENCE_MS);
      const note = page.locator('.grid-note');
      // A browser tells of a pointer only what it sees of the map by then.
      await waitUntil(
        'the note is there',
        async () => {
          await page.mouse.move(640, 300);
          await page.mouse.move(645, 305);
          return (await note.count()) > 0;
        },
        PATIENCE_MS,
      );
      expect((await note.textContent())?.replaceAll(/\s+/g, ' ')).toMatch(
        /Grid G-7 ?risk 83 of 100 ?2 hazards open, 1 overdue ?1 incidents open, 0 ended/,
      );
      await send([incident('J-2')]);
      await note.getByText('2 incidents open').waitFor();
      await page.mouse.move(20, 20);
      await note.waitFor({ state: 'detached' });
    },
    3 * PATIENCE_MS,
  );
});
