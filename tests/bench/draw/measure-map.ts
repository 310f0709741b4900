import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { waitUntil } from '../../support/wait-until.ts';
import { countDraws, MainThread } from './main-thread.ts';

const VIEWPORT = { width: 480, height: 270 } as const;
const OPEN_PATIENCE_MS = 180_000;
const SCREEN_HZ = 60;
const WARM_UP_MS = 400;

export type DrawnBy = 'nothing' | 'ours' | 'setData';

/** One small page that draws so many people one way. */
export class MapPage {
  readonly #thread: MainThread;
  readonly #evaluate: <T>(expression: string) => Promise<T>;

  private constructor(thread: MainThread, evaluate: <T>(expression: string) => Promise<T>) {
    this.#thread = thread;
    this.#evaluate = evaluate;
  }

  static async open(browser: Browser, url: string, by: DrawnBy, people: number): Promise<MapPage> {
    const page = await browser.newPage({ viewport: VIEWPORT });
    let trouble: Error | undefined;
    page.on('pageerror', (error) => {
      trouble = error;
    });
    await countDraws(page);
    await page.goto(`${url}/?city=/city/empty&by=${by}&people=${people}`, {
      waitUntil: 'commit',
      timeout: OPEN_PATIENCE_MS,
    });
    await waitUntil(
      `${by} ${people} is there`,
      () => {
        if (trouble !== undefined) throw trouble;
        return page.evaluate('window.drawPage !== undefined');
      },
      OPEN_PATIENCE_MS,
    );
    return new MapPage(await MainThread.of(page), (expression) => page.evaluate(expression));
  }

  /** Main-thread milliseconds per animation frame in which nothing happens. */
  async restingMs(forMs: number): Promise<number> {
    const { cpuMs, frames } = await this.#thread.during(() => wait(forMs));
    return cpuMs / frames;
  }

  /**
   * Main-thread milliseconds of an animation frame with everybody moving and one update a second, at 60 Hz, and of one
   * update. Measured apart (drawing without updates, drawing with several a second), because a machine that is busy
   * gives fewer frames, over which an update would be spread.
   */
  async movingMs(
    forMs: number,
    updatesPerSecond: number,
  ): Promise<{ readonly frame: number; readonly update: number }> {
    await this.#evaluate(`drawPage.play(${updatesPerSecond})`);
    await wait(WARM_UP_MS);
    const before = await this.#evaluate<number>('drawPage.updates()');
    const both = await this.#thread.during(() => wait(forMs));
    const updates = (await this.#evaluate<number>('drawPage.updates()')) - before;
    await this.#evaluate('drawPage.rest()');
    const drawing = await this.#thread.during(() => wait(forMs / 2));
    await this.#evaluate('drawPage.stop()');
    const picture = drawing.cpuMs / drawing.frames;
    const update = Math.max(0, both.cpuMs - picture * both.frames) / Math.max(1, updates);
    return { frame: picture + update / SCREEN_HZ, update };
  }

  /** Main-thread milliseconds of one update until it is drawn, above a page at rest. */
  async updateMs(times: number, restingMs: number): Promise<number> {
    const { cpuMs, frames } = await this.#thread.during(async () => {
      for (let count = 0; count < times; count++) await this.#evaluate('drawPage.updateOnce()');
    });
    return Math.max(0, cpuMs - restingMs * frames) / times;
  }
}
