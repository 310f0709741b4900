import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { startTestGateway } from '../../support/start-gateway.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { quantile, type Figures } from '../bench.ts';
import { BusyCity } from '../../support/busy-city.ts';
import { countDraws, MainThread, percentOver, perFrameAt60 } from './main-thread.ts';

/** A 4K wall's layout in few device pixels, because a machine without a graphics card fills them one by one. */
const WALL = { viewport: { width: 3840, height: 2160 }, deviceScaleFactor: 0.25 } as const;
const SMOOTH_MS = 16;
const TICK_MS = 1_000;
/** After a pause the first update glides slowly; from the second on the map draws at full rate. */
const UPDATES_BEFORE = 2;
/** The fastest that the gateway believes, seen from near: the map has to draw at 60 Hz. On foot and far off it would rest. */
const FASTEST_METRES = 80;
const ZOOM_STEPS = 12;
const OPEN_PATIENCE_MS = 180_000;

export interface WallMeasurement {
  /** `restingMs`: what an animation frame of a page with a resting map costs. */
  run(seconds: number, restingMs: number): Promise<Figures>;
  stop(): Promise<void>;
}

/**
 * The whole wall as it is built, from the real gateway: every panel and layer, 2,568 responders with a fix each second,
 * 200 open incidents, a risk in each of the pack's grids.
 */
export async function openWall(options: {
  readonly browser: Browser;
  readonly cityDir: string;
  readonly gridIds: readonly string[];
}): Promise<WallMeasurement> {
  const { browser, cityDir, gridIds } = options;
  const { url, addSource, stop } = await startTestGateway({ cityDir });
  const key = await addSource('positions');
  const city = new BusyCity({
    url,
    key,
    bounds: [120.5, 27.5, 120.62, 27.58],
    responders: 2_568,
    openIncidents: 200,
    gridIds,
    fastestMetres: FASTEST_METRES,
  });
  await city.fill();
  const page = await browser.newPage(WALL);
  await countDraws(page);
  await page.goto(`${url}/wall`, { waitUntil: 'commit', timeout: OPEN_PATIENCE_MS });
  const thread = await MainThread.of(page);
  await waitUntil(
    'the wall is there',
    () => page.evaluate('document.querySelector(".legend li") !== null'),
    OPEN_PATIENCE_MS,
  );
  await page.mouse.move(WALL.viewport.width / 2, WALL.viewport.height / 2);
  for (let step = 0; step < ZOOM_STEPS; step++) {
    await page.mouse.wheel(0, -200);
    await wait(100);
  }
  const untilUpdates = async (more: number): Promise<void> => {
    const { updateToDrawnMs } = await thread.counts();
    await waitUntil(
      'the wall moves',
      async () => (await thread.counts()).updateToDrawnMs.length >= updateToDrawnMs.length + more,
      OPEN_PATIENCE_MS,
    );
  };
  return {
    async run(seconds, restingMs) {
      const living = live(city);
      await untilUpdates(UPDATES_BEFORE);
      const seen = await thread.frameByFrame(() => wait(seconds * 1_000));
      await living.stop();
      return {
        wallMs: perFrameAt60(seen) - restingMs,
        wallOver16Percent: percentOver(SMOOTH_MS, seen),
        updateToDrawnMs: quantile(seen.updateToDrawnMs, 0.95),
        wallPicturesPerSecond: seen.pictures / seen.seconds,
        wallLongestFrameMs: Math.max(...seen.cpuMs),
      };
    },
    async stop() {
      await page.close();
      await stop();
    },
  };
}

/** Lets a second go by each second, until it is stopped, which throws what went wrong meanwhile. */
function live(city: BusyCity): { stop(): Promise<void> } {
  const over = new AbortController();
  const living = (async () => {
    while (!over.signal.aborted) {
      const next = performance.now() + TICK_MS;
      await city.tick();
      await wait(Math.max(0, next - performance.now()));
    }
  })();
  // Told by `stop`; until then it is nobody's.
  living.catch(() => over.abort());
  return {
    stop: async () => {
      over.abort();
      await living;
    },
  };
}
