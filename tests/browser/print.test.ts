import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { buildScreens } from '../support/wall-page.ts';

const PATIENCE_MS = 90_000;
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('a wall on paper, in a browser', browser !== undefined, () => {
  let server: TestGateway;
  let page: Page;
  beforeAll(async () => {
    await buildScreens();
    server = await startTestGateway();
    page = await (browser as Browser).newPage({ viewport: { width: 1_280, height: 720 } });
    page.setDefaultTimeout(PATIENCE_MS);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  it(
    'is one page with the shape of the screen, on white',
    async () => {
      await page.goto(`${server.url}/wall?theme=print`, { waitUntil: 'commit' });
      await page.locator('.legend').waitFor({ state: 'attached' });
      await page.locator('.panel.loading').first().waitFor({ state: 'detached' });
      expect(
        await page.evaluate<string>('getComputedStyle(document.querySelector(".wall")).backgroundColor'),
      ).toMatch(/^(?:rgb\(255, 255, 255\)|oklch\(1 0 .+\))$/);
      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
      const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
      expect(boxes).toHaveLength(1);
      const [, width, height] = boxes[0] ?? [];
      expect(Number(width) / Number(height)).toBeCloseTo(1_280 / 720, 2);
    },
    2 * PATIENCE_MS,
  );
});
