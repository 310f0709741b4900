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

  beforeAll(async () => {
    await buildClient(fileURLToPath(new URL('../..', import.meta.url)), () => undefined);
    gateway = await startTestGateway();
    page = await (browser as Browser).newPage({ viewport: { width: 640, height: 360 } });
    await page.addInitScript(COUNT_CONTEXTS);
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  });

  it('is built anew each time, and never holds more contexts than it shows', async () => {
    await page.goto(`${gateway.url}/wall`);
    await waitUntil('ground and marks are drawn', async () => (await number(SHOWN)) >= 2, PATIENCE_MS);
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
    }
  }, 400_000);
});
