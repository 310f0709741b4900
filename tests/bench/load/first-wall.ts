import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { waitUntil } from '../../support/wait-until.ts';

export interface FirstWall {
  /** From navigation until the ground was drawn for the last time and the last panel showed data. */
  readonly completeMs: number;
  /** Body bytes of the scripts as they came over the wire, by part of the client. */
  readonly scriptBytes: Readonly<Record<string, number>>;
}

/** What watch-wall.page.js keeps; moments in milliseconds since navigation. */
interface WallWatch {
  readonly groundAt: number;
  readonly panelsAt: number;
  readonly panels: number;
}

const WATCH = fileURLToPath(new URL('watch-wall.page.js', import.meta.url));
/** Complete is what did not change for so long. */
const QUIET_MS = 1_500;
const LEAST_PANELS = 6;
const PATIENCE_MS = 120_000;

/** Opens a wall and waits until it is complete. @throws when it does not become so in two minutes */
export async function firstWall(page: Page, address: string): Promise<FirstWall> {
  const scripts: Promise<readonly [part: string, bytes: number]>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!/\.m?js$/.test(pathname)) return;
    // The length of the body as it is served, compressed; the browser tells none of a worker's script.
    scripts.push(
      response
        .headerValue('content-length')
        .then((length) => [partOf(pathname), Number(length ?? Number.NaN)]),
    );
  });
  await page.addInitScript({ path: WATCH });
  await page.goto(address, { waitUntil: 'commit', timeout: PATIENCE_MS });
  const completeMs = await waitUntil(
    'the wall is complete',
    async () => {
      const [{ groundAt, panelsAt, panels }, now] = await page.evaluate<[WallWatch, number]>(
        '[wallWatch, performance.now()]',
      );
      const changedAt = Math.max(groundAt, panelsAt);
      return groundAt > 0 && panels >= LEAST_PANELS && now - changedAt > QUIET_MS && changedAt;
    },
    PATIENCE_MS,
  );
  const scriptBytes: Record<string, number> = {};
  for (const [part, bytes] of await Promise.all(scripts))
    scriptBytes[part] = (scriptBytes[part] ?? 0) + bytes;
  return { completeMs, scriptBytes };
}

const PARTS: Readonly<Record<string, string>> = {
  index: 'main',
  WallPage: 'wall',
  'maplibre-gl-worker': 'worker',
  'rolldown-runtime': 'runtime',
};

/** `/assets/map-DHcrm1Sj.js` is the part `map`. */
function partOf(path: string): string {
  const name = (path.split('/').at(-1) ?? path).replace(/-[\w-]{8}\.m?js$/, '');
  return PARTS[name] ?? name;
}
