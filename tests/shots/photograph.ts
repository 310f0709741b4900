import type { Browser } from 'playwright-core';
import { askWall } from '../support/wall-page.ts';
import { waitUntil } from '../support/wait-until.ts';
import type { Shot, StandingScene } from './scenes.ts';

/** More than a wall has charts. */
const FRAMES_FOR_CHARTS = 12;
const PATIENCE_MS = 180_000;

/** Takes a picture of a wall on which nothing moves, as PNG. */
export async function photograph(browser: Browser, scene: StandingScene, shot: Shot): Promise<Buffer> {
  const { theme, width, height, scale } = shot;
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale });
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    // How much of the past is still to be sealed counts down; it is no part of the scene.
    await context.route('**/api/history/days', async (route) => {
      const answer = await route.fetch();
      const days = (await answer.json()) as object;
      await route.fulfill({ response: answer, json: { ...days, filling: null } });
    });
    // So does how much of the day's coverage is worked out by now.
    await context.route('**/api/coverage/course*', (route) => route.fulfill({ json: { minutes: [] } }));
    const page = await context.newPage();
    await page.goto(`${scene.url}/wall?still&debug&theme=${theme}`, { waitUntil: 'commit' });
    await waitUntil(
      'the map is there',
      async () =>
        (await askWall(page, 'view()')) !== undefined && (await page.locator('.legend').count()) > 0,
      PATIENCE_MS,
    );
    await page.locator('.panel.loading').first().waitFor({ state: 'detached' });
    await page.evaluate('window.maplewall.whenIdle()');
    // The legend is looked at once a second, and may still tell of the map before it stood.
    await waitUntil(
      'the legend is that of the map',
      async () => {
        const { people, marks } = (await askWall(page, 'legend()')) as { people: number; marks: number };
        return marks === people || (await page.locator('ul.legend').innerText()).includes(` ${marks} `);
      },
      PATIENCE_MS,
    );
    await scene.beforePicture();
    const isOld = shot.scene === 'stale-link';
    await page.locator('.freshness').waitFor({ state: isOld ? 'visible' : 'detached' });
    // Charts that changed are drawn one at each frame.
    await page.evaluate(`document.fonts.ready.then(async () => {
      for (let frame = 0; frame < ${FRAMES_FOR_CHARTS}; frame += 1) await new Promise(requestAnimationFrame);
    })`);
    return await page.screenshot({ timeout: PATIENCE_MS });
  } finally {
    await context.close();
    await scene.afterPicture();
  }
}
