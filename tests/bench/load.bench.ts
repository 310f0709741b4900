import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { writePack } from '@maplewall/mock/city/write-pack.ts';
import { buildClient } from '@maplewall/server/cli/build-client.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestGateway } from '../support/start-gateway.ts';
import type { Bench, Figures } from './bench.ts';
import { BusyCity } from '../support/busy-city.ts';
import { firstWall } from './load/first-wall.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BOUNDS = [120.5, 27.5, 120.62, 27.58] as const;

export const bench: Bench = {
  name: 'load',
  what: 'script that a wall fetches, as it is served, and the time from navigation until map and panels are complete, with an empty cache and again with a full one',
  quickRuns: 1,
  goals: { scriptKiB: { max: 781 } },
  async start({ quick }) {
    const cityDir = await mkdtemp(join(tmpdir(), 'maplewall-load-'));
    await buildClient(ROOT, (line) => console.error(line));
    await writePack({ out: cityDir, seed: 1 });
    const { url, addSource, stop } = await startTestGateway({ cityDir });
    const key = await addSource('load');
    const options = { url, key, bounds: BOUNDS, openIncidents: 20, gridIds: [] };
    await new BusyCity({ ...options, responders: quick ? 300 : 2_568 }).fill();
    const browser = await launchBrowser();
    const visit = async (context: BrowserContext): ReturnType<typeof firstWall> => {
      const page = await context.newPage();
      const seen = await firstWall(page, `${url}/wall`);
      await page.close();
      return seen;
    };
    return {
      async run(): Promise<Figures> {
        const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
        const first = await visit(context);
        const again = await visit(context);
        await context.close();
        const parts = Object.entries(first.scriptBytes).map(
          ([part, bytes]) => [`${part}KiB`, bytes / 1_024] as const,
        );
        const all = Object.values(first.scriptBytes).reduce((sum, bytes) => sum + bytes, 0);
        return {
          scriptKiB: all / 1_024,
          firstWallMs: first.completeMs,
          againWallMs: again.completeMs,
          ...Object.fromEntries(parts),
        };
      },
      async stop() {
        await browser.close();
        await stop();
        await rm(cityDir, { recursive: true, force: true });
      },
    };
  },
};
