import { fileURLToPath } from 'node:url';
import { buildClient } from '@maplewall/server/cli/build-client.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

/** Remembers every graphics context that the page makes. A string, because the tests' types know no DOM. */
const COUNT_CONTEXTS = `
  window.contexts = [];
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    const context = getContext.call(this, kind, ...more);
    if (kind === 'webgl2' && context !== null && !window.contexts.includes(context)) window.contexts.push(context);
    return context;
  };
`;
const MADE = 'window.contexts.length';
const ALIVE = 'window.contexts.filter((context) => !context.isContextLost()).length';
const SHOWN =
  'window.contexts.filter((context) => !context.isContextLost() && context.canvas.isConnected && context.canvas.width > 0).length';
const LOSE_ONE = `
  window.contexts.find((context) => !context.isContextLost() && context.canvas.isConnected)
    .getExtension('WEBGL_lose_context').loseContext()
`;

/** A map in software graphics on a busy machine. */
const PATIENCE_MS = 90_000;

part('a map whose graphics context is lost, in a browser', browser !== undefined, () => {
  let gateway: TestGateway;
  let page: Page;
  const number = (expression: string): Promise<number> => page.evaluate<number>(expression);
  type View = readonly [west: number, south: number, east: number, north: number];
  const view = (): Promise<View> => page.evaluate<View>('window.maplewall?.view() ?? [0, 0, 0, 0]');
  /** The view, once it is as wanted and two looks after one another find the same. */
  const restingView = async (isWanted: (seen: View) => boolean): Promise<View> => {
    let before = '';
    return waitUntil(
      'the map rests',
      async () => {
        const seen = await view();
        const isResting = seen.join() === before;
        before = seen.join();
        return isResting && isWanted(seen) && seen;
      },
      PATIENCE_MS,
      // Longer than a picture takes here.
      700,
    );
  };

  beforeAll(async () => {
    await buildClient(fileURLToPath(new URL('../..', import.meta.url)), () => undefined);
    gateway = await startTestGateway();
    page = await (browser as Browser).newPage({ viewport: { width: 640, height: 360 } });
    await page.addInitScript(COUNT_CONTEXTS);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  it('is built anew each time where a hand had moved it, and never holds more contexts than it shows', async () => {
    await page.goto(`${gateway.url}/wall?debug`);
    await waitUntil('ground and marks are drawn', async () => (await number(SHOWN)) >= 2, PATIENCE_MS);
    const whole = await view();
    // A hand draws the map to the left and goes nearer: from then on it is nobody's but the hand's.
    await page.mouse.move(320, 180);
    await page.mouse.down();
    await page.mouse.move(250, 150, { steps: 4 });
    await page.mouse.up();
    await page.mouse.wheel(0, -400);
    const moved = await restingView(
      ([west, , east]) => east - west < (whole[2] - whole[0]) * 0.9 && west > whole[0],
    );
    const shown = await number(SHOWN);
    for (let losses = 1; losses <= 2; losses += 1) {
      const made = await number(MADE);
      await page.evaluate(LOSE_ONE);
      await waitUntil(
        `both are there again after loss ${losses}`,
        async () => (await number(MADE)) >= made + shown && (await number(SHOWN)) === shown,
        PATIENCE_MS,
      );
      expect(await number(ALIVE)).toBe(shown);
      const found = await restingView(() => true);
      for (const [edge, degrees] of moved.entries()) expect(found[edge]).toBeCloseTo(degrees, 6);
    }
  }, 400_000);
});
