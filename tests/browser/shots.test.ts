import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { buildScreens } from '../support/wall-page.ts';
import { difference } from '../shots/compare.ts';
import { makeDemoPack, removeDemoPack } from '../shots/living-city.ts';
import { photograph } from '../shots/photograph.ts';
import { fileOf, Scenes, SHOTS, type SceneName, type StandingScene } from '../shots/scenes.ts';

const TEST_MS = 600_000;
/** Per cent of a picture's cells: the seconds of a clock are a tenth of that. */
const TOLERATED_PERCENT = 0.5;
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('the pictures in tests/shots, in a browser', browser !== undefined, () => {
  let cityDir = '';
  let scenes: Scenes;
  /** Where pictures are compared. */
  let reader: Page;
  let open: { readonly name: SceneName; readonly scene: StandingScene } | undefined;
  const kept = (name: string): Promise<Buffer> => readFile(new URL(`../shots/${name}`, import.meta.url));

  beforeAll(async () => {
    await buildScreens();
    cityDir = await makeDemoPack();
    scenes = new Scenes(cityDir);
    reader = await (browser as Browser).newPage();
  }, TEST_MS);
  afterAll(async () => {
    await browser?.close();
    await scenes.close();
    await removeDemoPack(cityDir);
  });

  it('are told apart when one shows another scene', async () => {
    const [evening, flood, light] = await Promise.all(
      ['busy-evening-dark', 'alarm-flood-dark', 'busy-evening-light'].map((name) =>
        kept(`${name}-1920x1080.png`),
      ),
    );
    if (evening === undefined || flood === undefined || light === undefined) throw new Error('no pictures');
    expect((await difference(reader, evening, evening)).percent).toBe(0);
    for (const other of [flood, light])
      expect((await difference(reader, evening, other)).percent).toBeGreaterThan(2 * TOLERATED_PERCENT);
  });

  // In their order: a scene is opened when the first picture of it is taken. Large walls, whose layout has tests of its own
  // and which take minutes to draw without a graphics card, are compared where all are asked for.
  const compared = SHOTS.filter(({ width }) => width === 1_920 || process.env['EVERY_PICTURE'] === '1');
  it.each(compared.map((shot) => ({ name: fileOf(shot), shot })))(
    '$name is what the wall shows',
    async ({ name, shot }) => {
      if (open?.name !== shot.scene) open = { name: shot.scene, scene: await scenes.open(shot.scene) };
      const taken = await photograph(browser as Browser, open.scene, shot);
      const { percent, at } = await difference(reader, await kept(name), taken);
      if (percent > TOLERATED_PERCENT) {
        const folder = new URL('../out/shots/', import.meta.url);
        await mkdir(folder, { recursive: true });
        await writeFile(new URL(name, folder), taken);
      }
      expect(percent, `around ${at?.join(', ')}; the new picture is in tests/out/shots`).toBeLessThanOrEqual(
        TOLERATED_PERCENT,
      );
    },
    TEST_MS,
  );
});
