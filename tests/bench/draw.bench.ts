import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePack } from '@maplewall/server/city/make-pack.ts';
import { buildClient } from '@maplewall/server/cli/build-client.ts';
import { launchBrowser } from '../support/browser.ts';
import type { Bench, Figures } from './bench.ts';
import { MapPage } from './draw/measure-map.ts';
import { openWall } from './draw/measure-wall.ts';
import { startPageServer } from './draw/page-server.ts';
import { walkersEnvelopes } from './draw/walkers.ts';
import { writeWallCity } from './draw/wall-city.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PEOPLE = [2_568, 25_000, 100_000] as const;
const SCREEN_HZ = 60;
const WALL_SECONDS = 10;
/** Round the centre of the walkers. */
const EMPTY_CITY = {
  id: 'empty',
  name: { zh: '空', en: 'Empty' },
  timeZone: 'Asia/Shanghai',
  coordinateSystem: 'WGS84',
  bounds: [120.5, 27.5, 120.62, 27.58],
  files: {},
} as const;

export const bench: Bench = {
  name: 'draw',
  what: 'main-thread processor time per animation frame above a resting map’s, everybody moving smoothly and seen anew once a second, against MapLibre’s setData once a second; and the whole 4K wall. Draw calls are cut to one vertex',
  quickRuns: 2,
  goals: {
    ms2568: { max: 1 },
    ms25000: { max: 1.5 },
    ms100000: { max: 3.5 },
    wallMs: { max: 4 },
    wallOver16Percent: { max: 1 },
    updateToDrawnMs: { max: 100 },
  },
  async start({ quick }) {
    const folder = await mkdtemp(join(tmpdir(), 'maplewall-draw-'));
    const dirs = { empty: join(folder, 'empty'), wall: join(folder, 'wall') };
    await buildClient(ROOT, (line) => console.error(line));
    await makePack(EMPTY_CITY, dirs.empty);
    const gridIds = await writeWallCity(dirs.wall);
    const time = quick
      ? { forMs: 800, updatesPerSecond: 4, updates: 1 }
      : { forMs: 4_000, updatesPerSecond: 2, updates: 3 };
    const frames = 2 + Math.ceil((time.forMs / 1_000 + 1) * time.updatesPerSecond);
    const walkers = new Map(PEOPLE.map((people) => [people, walkersEnvelopes(people, frames)] as const));
    const server = await startPageServer({ cityDirs: { empty: dirs.empty }, walkers });
    const browser = await launchBrowser();
    const bare = await MapPage.open(browser, server.url, 'nothing', 0);
    const ours = new Map<number, MapPage>();
    const peers = new Map<number, MapPage>();
    for (const people of PEOPLE) ours.set(people, await MapPage.open(browser, server.url, 'ours', people));
    // The largest takes seconds for each update; a quick look does without.
    for (const people of PEOPLE.slice(0, quick ? 2 : 3))
      peers.set(people, await MapPage.open(browser, server.url, 'setData', people));
    if (quick) console.log('--quick: without the whole wall');
    /** In a browser of its own and only while it is measured: without a graphics card it leaves others no picture. */
    const wholeWall = async (restingMs: number): Promise<Figures> => {
      const itsBrowser = await launchBrowser();
      const wall = await openWall({ browser: itsBrowser, cityDir: dirs.wall, gridIds });
      const measured = await wall.run(WALL_SECONDS, restingMs);
      await wall.stop();
      await itsBrowser.close();
      return measured;
    };
    return {
      async run(): Promise<Figures> {
        const figures: Record<string, number> = {};
        const restingMs = await bare.restingMs(time.forMs / 2);
        for (const people of PEOPLE) {
          const moving = await ours.get(people)?.movingMs(time.forMs, time.updatesPerSecond);
          if (moving !== undefined) {
            figures[`ms${people}`] = moving.frame - restingMs;
            figures[`update${people}Ms`] = moving.update;
          }
          const setDataMs = await peers.get(people)?.updateMs(time.updates, restingMs);
          if (setDataMs !== undefined) {
            figures[`setData${people}Ms`] = setDataMs / SCREEN_HZ;
            figures[`setDataUpdate${people}Ms`] = setDataMs;
          }
        }
        return { ...figures, bareMs: restingMs, ...(quick ? {} : await wholeWall(restingMs)) };
      },
      async stop() {
        await browser.close();
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
