import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { BusyCity } from '../support/busy-city.ts';
import { ELSEWHERE, KNOWS_ELSEWHERE } from '../support/paired-screen.ts';
import { part } from '../support/part.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { buildScreens } from '../support/wall-page.ts';

const PATIENCE_MS = 90_000;
const TEST_MS = 4 * PATIENCE_MS;
/** Everything that WCAG 2.2 asks for at levels A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const browser: Browser | undefined = await launchBrowser(KNOWS_ELSEWHERE).catch(() => undefined);

part('WCAG 2.2 AA by axe-core, in a browser', browser !== undefined, () => {
  let server: TestGateway;
  let context: BrowserContext;
  let axe = '';
  beforeAll(async () => {
    await buildScreens();
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    server = await startTestGateway();
    const key = await server.addSource('our-110');
    await new BusyCity({
      url: server.url,
      key,
      bounds: [120.5, 27.5, 120.62, 27.58],
      responders: 60,
      openIncidents: 12,
      gridIds: [],
    }).fill();
    context = await (browser as Browser).newContext({
      viewport: { width: 1_920, height: 1_080 },
      // A quarter of the pixels; sizes and colours are asked of the page, not of the picture.
      deviceScaleFactor: 0.5,
    });
    context.setDefaultTimeout(PATIENCE_MS);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  /** What is wrong on a page, one line each: the rule, and where. */
  async function violations(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe);
    const results = await page.evaluate<AxeResults>(
      `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] })`,
    );
    expect(results.passes.length).toBeGreaterThan(0);
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
  }
  async function violationsOf(address: string, complete: string): Promise<readonly string[]> {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'commit' });
    await page.locator(complete).first().waitFor();
    const found = await violations(page);
    await page.close();
    return found;
  }

  it(
    'a page with a fault of each kind has violations',
    async () => {
      const page = await context.newPage();
      await page.goto(`${server.url}/setup`);
      await page.locator('main').waitFor();
      await page.evaluate(
        `document.querySelector('main').innerHTML =
          '<img src="/icon.svg"><p style="color: #777; background: #888">grey on grey</p><input>'`,
      );
      expect((await violations(page)).map((line) => line.split(' ')[0])).toEqual(
        expect.arrayContaining(['image-alt', 'color-contrast', 'label']),
      );
      await page.close();
    },
    TEST_MS,
  );

  const today = new Date().toISOString().slice(0, 10);
  it.each([
    ['the first page', '/', 'main'],
    ['the wall in the dark', '/wall', '.alarms'],
    ['the wall in the light', '/wall?theme=light', '.alarms'],
    ['the wall in English', '/wall?lang=en', '.alarms'],
    ['the wall for visitors', '/wall?visitor', '.alarms'],
    ['the queue of a wall', '/wall?view=queue', '.alarms'],
    ['a replay', `/replay/${today}`, '.bottom'],
    ['two days side by side', `/compare/${today}/${today}?lang=en`, '.side .time-line'],
    ['the console', '/console', '.map canvas'],
    ['the console in the light', '/console?theme=light', '.map canvas'],
    ['the shift card', '/shift', '.shift li a'],
    ['the shift card in the light', '/shift?theme=light&lang=en', '.shift li a'],
    ['the page that sets a wall up', '/setup', 'main'],
    ['the page of the administrator, closed', '/admin', 'form'],
    ['the page that watches a wall', '/watch', 'iframe'],
  ])(
    '%s has no violation',
    async (_, path, complete) => {
      expect(await violationsOf(`${server.url}${path}`, complete)).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'the page of the administrator, open, has no violation',
    async () => {
      const page = await context.newPage();
      await page.goto(`${server.url}/admin?lang=en`);
      await page.getByLabel('Admin key').fill(server.gateway.madeAdminKey ?? '');
      await page.getByRole('button', { name: 'Enter' }).click();
      await page.getByLabel('Name of the layout').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.close();
    },
    TEST_MS,
  );

  it(
    'the page that shows a code has no violation',
    async () => {
      const address = `http://${ELSEWHERE}:${server.gateway.port}/wall`;
      expect(await violationsOf(address, '.pair .code')).toEqual([]);
    },
    TEST_MS,
  );
});
