import { fileURLToPath } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';

const COUNT_RESOURCES = fileURLToPath(new URL('count-resources.page.js', import.meta.url));

/** What a page holds at a moment, after garbage was collected. */
export interface Held {
  readonly heapBytes: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly timers: number;
  readonly webgl: number;
}

/** Looks at what one page holds. */
export class HeldByPage {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** To be called before the page is opened. */
  static async of(page: Page): Promise<HeldByPage> {
    await page.addInitScript({ path: COUNT_RESOURCES });
    return new HeldByPage(page, await page.context().newCDPSession(page));
  }

  async look(): Promise<Held> {
    // Twice: what the first collection lets go of may hold other things.
    await this.#session.send('HeapProfiler.collectGarbage');
    await this.#session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#session.send('Runtime.getHeapUsage');
    const { jsEventListeners, nodes } = await this.#session.send('Memory.getDOMCounters');
    const { timers, webgl } =
      await this.#page.evaluate<Pick<Held, 'timers' | 'webgl'>>('window.liveResources');
    return { heapBytes: usedSize, listeners: jsEventListeners, nodes, timers, webgl };
  }
}
