import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildClient, buildPlayer } from '@maplewall/server/cli/build-client.ts';
import { waitUntil } from './wait-until.ts';

/** Builds the screens if their sources changed; a gateway started afterwards serves them. */
export const buildScreens = (): Promise<void> =>
  buildClient(fileURLToPath(new URL('../..', import.meta.url)), () => undefined);

/** Builds the page of replays that are taken along, if its sources changed. */
export const buildTakenPlayer = (): Promise<void> =>
  buildPlayer(fileURLToPath(new URL('../..', import.meta.url)), () => undefined);

/** A wall's screen of 1920 × 1080, drawn with a quarter of the pixels because tests draw without a graphics card. */
export const wallContext = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 0.5 });

/** The hosts that a context asks anything of, by HTTP or WebSocket, from now on. */
export function watchHosts(context: BrowserContext): ReadonlySet<string> {
  const hosts = new Set<string>();
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    // What a page makes for itself goes nowhere.
    if (protocol !== 'blob:' && protocol !== 'data:') hosts.add(host);
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
  });
  return hosts;
}

/** Asks the handle of a wall that was opened with `?debug`; a text, because the tests' types know no DOM. */
export const askWall = <T>(page: Page, call: string): Promise<T | undefined> =>
  page.evaluate<T | undefined>(`window.maplewall?.${call}`);

/** Waits until a wall that was opened with `?debug` has its map, drawn to the last name. */
export async function mapIsIdle(page: Page, patienceMs: number): Promise<void> {
  await waitUntil('there is a map', () => askWall(page, 'view()'), patienceMs);
  await askWall(page, 'whenIdle()');
}
