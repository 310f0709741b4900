import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { askWall, buildScreens } from '../support/wall-page.ts';

const PATIENCE_MS = 120_000;
const TEST_MS = 4 * PATIENCE_MS;
const ASKED = 15;
/** Screens of one picture show frames no farther apart than this. */
const TOGETHER_MS = 100;
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

type View = readonly [west: number, south: number, east: number, north: number];

part('large walls, in a browser', browser !== undefined, () => {
  let server: TestGateway;
  beforeAll(async () => {
    await buildScreens();
    server = await startTestGateway();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function open(address: string, width: number, height: number, scale: number): Promise<Page> {
    const context = await (browser as Browser).newContext({
      viewport: { width, height },
      deviceScaleFactor: scale,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await page.goto(`${server.url}${address}`, { waitUntil: 'commit' });
    return page;
  }
  const isShowing = (page: Page): Promise<unknown> =>
    waitUntil(
      'the map is there and the moment shown is known',
      async () => ((await askWall<number>(page, 'shownAt()')) ?? 0) > 0 && askWall<View>(page, 'view()'),
      PATIENCE_MS,
    );
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  /** How far the moment shown is from this machine's clock, which all pages here share. */
  async function offset(page: Page): Promise<number> {
    const offsets: number[] = [];
    for (let asked = 0; asked < ASKED; asked += 1)
      offsets.push((await page.evaluate<number>('window.maplewall.shownAt() - Date.now()')) || 0);
    return median(offsets);
  }

  it(
    'of two browsers show one picture: the same moment within 100 ms, and maps that meet at the edge',
    async () => {
      const pages = await Promise.all(
        [0, 1].map((column) => open(`/wall?debug&span=2x1&tile=${column},0`, 640, 720, 0.5)),
      );
      const [west, east] = pages as [Page, Page];
      await Promise.all(pages.map(isShowing));
      await waitUntil(
        'both show the same moment',
        async () => Math.abs((await offset(west)) - (await offset(east))) < TOGETHER_MS,
        PATIENCE_MS,
      );

      const views = await Promise.all(pages.map(async (page) => (await askWall<View>(page, 'view()')) ?? []));
      const [
        [westWest = 0, westSouth = 0, westEast = 0, westNorth = 0],
        [eastWest = 0, eastSouth = 0, , eastNorth = 0],
      ] = views as [View, View];
      const degreesPerPixel = (westEast - westWest) / 640;
      expect(degreesPerPixel).toBeGreaterThan(0);
      expect(Math.abs(westEast - eastWest)).toBeLessThan(degreesPerPixel);
      expect([westSouth, westNorth]).toEqual([expect.closeTo(eastSouth, 6), expect.closeTo(eastNorth, 6)]);
      await Promise.all(pages.map((page) => page.context().close()));
    },
    TEST_MS,
  );

  it(
    'of 7680 × 2160 pixels are drawn with all of them',
    async () => {
      const page = await open('/wall?debug&still', 7_680, 2_160, 1);
      await isShowing(page);
      // Ground and marks; each takes its size when it is drawn first.
      await waitUntil(
        'both canvases have the width of the screen',
        async () => {
          const widths = await page.evaluate<number[]>(
            `[...document.querySelectorAll('.map canvas')].map((canvas) => canvas.width)`,
          );
          return widths.length === 2 && widths.every((width) => width === 7_680);
        },
        PATIENCE_MS,
      );
      expect(await askWall<number>(page, 'canvasWidth()')).toBe(7_680);
      await waitUntil(
        'nothing on an untouched wall has a cursor, not even the map that a hand could move',
        () =>
          page.evaluate<boolean>(
            `[...document.querySelectorAll('main.wall, main.wall *')]
              .every((element) => getComputedStyle(element).cursor === 'none')`,
          ),
        PATIENCE_MS,
      );
      await page.context().close();
    },
    TEST_MS,
  );
});
