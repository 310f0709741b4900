import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../support/browser.ts';
import { buildScreens } from '../support/wall-page.ts';
import { makeDemoPack, removeDemoPack } from './living-city.ts';
import { photograph } from './photograph.ts';
import { fileOf, Scenes, SHOTS, type SceneName, type StandingScene } from './scenes.ts';

/** `npm run shots [-- PART]`: takes the pictures whose names contain PART into tests/shots, over those that are there. */
const [part = ''] = process.argv.slice(2);
const wanted = SHOTS.filter((shot) => fileOf(shot).includes(part));
await buildScreens();
const cityDir = await makeDemoPack();
const scenes = new Scenes(cityDir);
const browser = await launchBrowser();
try {
  let open: { readonly name: SceneName; readonly scene: StandingScene } | undefined;
  for (const shot of wanted) {
    if (open?.name !== shot.scene) open = { name: shot.scene, scene: await scenes.open(shot.scene) };
    const began = performance.now();
    const png = await photograph(browser, open.scene, shot);
    await writeFile(fileURLToPath(new URL(fileOf(shot), import.meta.url)), png);
    console.log(
      `${fileOf(shot)}  ${Math.round(png.length / 1_024)} KiB, ${Math.round((performance.now() - began) / 1_000)} s`,
    );
  }
} finally {
  await browser.close();
  await scenes.close();
  await removeDemoPack(cityDir);
}
