import type { Browser, CDPSession, Page } from 'playwright-core';
import type { PlaceOfSomebody, Sought } from '@maplewall/client/fixtures/play/play-page.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { countDraws, MainThread } from '../draw/main-thread.ts';

const OPEN_PATIENCE_MS = 180_000;

/** One page that plays history, and asks as the peers do. */
export class PlayerPage {
  readonly thread: MainThread;
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, thread: MainThread, session: CDPSession) {
    this.#page = page;
    this.thread = thread;
    this.#session = session;
  }

  static async open(
    browser: Browser,
    url: string,
    {
      at,
      people = 0,
      map = false,
    }: { readonly at: number; readonly people?: number; readonly map?: boolean },
  ): Promise<PlayerPage> {
    const page = await browser.newPage({ viewport: { width: 480, height: 270 } });
    await countDraws(page);
    await page.goto(`${url}/?at=${at}&people=${people}${map ? '&map' : ''}`, {
      waitUntil: 'load',
      timeout: OPEN_PATIENCE_MS,
    });
    await waitUntil(
      'the page is there',
      () => page.evaluate<boolean>('window.playPage !== undefined'),
      OPEN_PATIENCE_MS,
    );
    return new PlayerPage(page, await MainThread.of(page), await page.context().newCDPSession(page));
  }

  play(at: number, speed: number): Promise<void> {
    return this.#page.evaluate(`playPage.play(${at}, ${speed})`);
  }
  shown(): Promise<{ readonly at: number; readonly isEnded: boolean }> {
    return this.#page.evaluate('playPage.shown()');
  }
  places(): Promise<readonly PlaceOfSomebody[]> {
    return this.#page.evaluate('playPage.places()');
  }
  seek(at: number): Promise<Sought> {
    return this.#page.evaluate<Sought>(`playPage.seek(${at})`);
  }
  askRows(second: number): Promise<number> {
    return this.#page.evaluate<number>(`playPage.askRows(${second})`);
  }
  setData(): Promise<void> {
    return this.#page.evaluate('playPage.setData()');
  }

  /** What the page's scripts hold after garbage was collected: objects, and the memory of columns. */
  async heldBytes(): Promise<number> {
    // Twice: what the first collection lets go of may hold other things.
    await this.#session.send('HeapProfiler.collectGarbage');
    await this.#session.send('HeapProfiler.collectGarbage');
    const { usedSize, ...rest } = await this.#session.send('Runtime.getHeapUsage');
    return usedSize + ((rest as { readonly backingStorageSize?: number }).backingStorageSize ?? 0);
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}
