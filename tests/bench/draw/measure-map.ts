import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { waitUntil } from '../../support/wait-until.ts';
import { countDraws, MainThread } from './main-thread.ts';

const VIEWPORT = { width: 480, height: 270 } as const;
const OPEN_PATIENCE_MS = 180_000;
const SCREEN_HZ = 60;
/** A stretch goes on until it holds so many animation frames, however slow the machine draws. */
const LEAST_FRAMES = 20;
const WARM_UP_FRAMES = 5;

export type DrawnBy = 'nothing' | 'ours' | 'setData';

/** One small page that draws so many people one way. */
export class MapPage {
  readonly #page: Page;
  readonly #thread: MainThread;

  private constructor(page: Page, thread: MainThread) {
    this.#page = page;
    this.#thread = thread;
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
    return new MapPage(page, await MainThread.of(page));
  }

  /** Main-thread milliseconds per animation frame in which nothing happens. */
  async restingMs(forMs: number): Promise<number> {
    await this.#page.bringToFront();
    await this.#frames(WARM_UP_FRAMES, 0);
    const { cpuMs, frames } = await this.#thread.during(() => this.#frames(LEAST_FRAMES, forMs));
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
    // A page behind another one is given no animation frames.
    await this.#page.bringToFront();
    await this.#page.evaluate(`drawPage.play(${updatesPerSecond})`);
    await this.#frames(WARM_UP_FRAMES, 0);
    const before = await this.#updates();
    const both = await this.#thread.during(() => this.#frames(LEAST_FRAMES, forMs));
    const updates = (await this.#updates()) - before;
    await this.#page.evaluate('drawPage.rest()');
    const drawing = await this.#thread.during(() => this.#frames(LEAST_FRAMES, forMs / 2));
    await this.#page.evaluate('drawPage.stop()');
    const picture = drawing.cpuMs / drawing.frames;
    const update = Math.max(0, both.cpuMs - picture * both.frames) / Math.max(1, updates);
    return { frame: picture + update / SCREEN_HZ, update };
  }

  /** Main-thread milliseconds of one update until it is drawn, above a page at rest. */
  async updateMs(times: number, restingMs: number): Promise<number> {
    await this.#page.bringToFront();
    const { cpuMs, frames } = await this.#thread.during(async () => {
      for (let count = 0; count < times; count++) await this.#page.evaluate('drawPage.updateOnce()');
    });
    return Math.max(0, cpuMs - restingMs * frames) / times;
  }

  #updates(): Promise<number> {
    return this.#page.evaluate<number>('drawPage.updates()');
  }

  /** Waits for so many animation frames, and for so long. */
  async #frames(least: number, forMs: number): Promise<void> {
    const over = wait(forMs);
    await this.#thread.frames(least);
    await over;
  }
}
