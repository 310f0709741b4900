import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writePack } from '@maplewall/mock/city/write-pack.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { buildScreens } from '../support/wall-page.ts';
import { addDemoSources, DEMO_SEED, liveDemo } from '../support/demo-life.ts';
import { launchBrowser } from '../support/browser.ts';
import { startTestGateway } from '../support/start-gateway.ts';
import { median, type Bench, type Figures } from './bench.ts';
import { countDraws } from './draw/main-thread.ts';
import { HeldByPage, type Held } from './soak/held.ts';

const SPEED = 60;
/** The second hour is at 20 o'clock, the last at 18 of the next day: about as many people are out. */
const BEGINS_AT = Date.parse('2026-11-18T18:00:00+08:00');
const HOURS = 24;
const QUICK_LOOKS = 8;
const HOUR_MS = 3_600_000;
const QUICK_STEP_MS = 240_000;
const FIRST_HOUR = 2;
/** The medians of so many looks at both ends are compared: one look meets a chart that is just being drawn. */
const LOOKS = 3;

const first = (held: readonly Held[], of: (each: Held) => number): number =>
  median(held.slice(FIRST_HOUR, FIRST_HOUR + LOOKS).map(of));
const last = (held: readonly Held[], of: (each: Held) => number): number =>
  median(held.slice(-LOOKS).map(of));

/**
 * How much more the most of the second half is than the most of the first: what the map holds of the ground goes up and down
 * with where the camera was last, what is never given back only goes up.
 */
function mostGrown(held: readonly Held[], of: (each: Held) => number): number {
  const half = Math.ceil(held.length / 2);
  return Math.max(...held.slice(half).map(of)) - Math.max(...held.slice(0, half).map(of));
}

export const bench: Bench = {
  name: 'soak',
  what: 'what a wall page holds after collected garbage, from the second hour to the last of a day of the demo city at 60 times its speed, on the real gateway',
  goals: {
    heapGrowthPercent: { max: 2 },
    listenersGrown: { max: 0 },
    timersGrown: { max: 2 },
    webglGrown: { max: 20 },
  },
  runs: 1,
  async start({ quick }) {
    if (quick) console.log('--quick: half an hour in place of a day');
    const cityDir = await mkdtemp(join(tmpdir(), 'maplewall-soak-'));
    await buildScreens();
    await writePack({ out: cityDir, seed: DEMO_SEED });
    const began = performance.now();
    const now = (): number => Math.floor(BEGINS_AT + (performance.now() - began) * SPEED);
    const server = await startTestGateway({ cityDir, clock: { now: () => epochMs(now()) } });
    const stopped = new AbortController();
    const living = liveDemo({
      server,
      cityDir,
      keys: await addDemoSources(server),
      days: quick ? 1 : 8,
      now,
      wait: (ms) => wait(ms / SPEED, undefined, { signal: stopped.signal }),
      stopped: stopped.signal,
      say: (line) => console.log(`${clockOf(now())} ${line}`),
    }).catch((error: unknown) => {
      if (!stopped.signal.aborted) console.error(error);
    });
    const browser = await launchBrowser();
    return {
      async run(): Promise<Figures> {
        const page = await browser.newPage({
          viewport: { width: 1_920, height: 1_080 },
          deviceScaleFactor: 0.5,
        });
        await countDraws(page);
        const holder = await HeldByPage.of(page);
        await page.goto(`${server.url}/wall?director=on`, { waitUntil: 'commit' });
        await page.locator('.event-line li').first().waitFor({ timeout: 180_000 });
        const held: Held[] = [];
        const step = quick ? QUICK_STEP_MS : HOUR_MS;
        for (let look = 0; look <= (quick ? QUICK_LOOKS : HOURS); look += 1) {
          await wait(step / SPEED);
          const each = await holder.look();
          held.push(each);
          const { heapBytes, ...counts } = each;
          console.log(
            `${clockOf(now())} ${(heapBytes / 1024 / 1024).toFixed(2)} MiB`,
            ...Object.entries(counts).map(([what, count]) => `${what} ${count}`),
          );
        }
        await page.close();
        const grown = (of: (each: Held) => number): number => last(held, of) - first(held, of);
        const heap = ({ heapBytes }: Held): number => heapBytes;
        return {
          heapGrowthPercent: (100 * grown(heap)) / first(held, heap),
          listenersGrown: grown(({ listeners }) => listeners),
          timersGrown: grown(({ timers }) => timers),
          webglGrown: mostGrown(held, ({ webgl }) => webgl),
          nodesGrown: grown(({ nodes }) => nodes),
          heapMiB: last(held, heap) / 1024 / 1024,
        };
      },
      async stop() {
        stopped.abort();
        await living;
        await browser.close();
        await server.stop();
        await rm(cityDir, { recursive: true, force: true });
      },
    };
  },
};

const clockOf = (at: number): string =>
  new Date(at + 8 * HOUR_MS).toISOString().slice(5, 16).replace('T', ' ');
