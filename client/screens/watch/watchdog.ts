/** A page that is being loaded is given so long to show its first sign of life … */
const LOADING_MS = 60_000;
/** … and one that lives so long between two of them. */
const SILENCE_MS = 15_000;
const LONGEST_LOADING_MS = 600_000;

/** What a watchdog knows of the page that it looks after; all times in steady milliseconds. */
export interface Watched {
  readonly loadedAt: number;
  readonly aliveAt: number | undefined;
  /** Loads since the page last lived. */
  readonly tries: number;
  readonly reloads: number;
}

export const newlyWatched = (now: number): Watched => ({
  loadedAt: now,
  aliveAt: undefined,
  tries: 0,
  reloads: 0,
});

export const onAlive = (watched: Watched, now: number): Watched => ({ ...watched, aliveAt: now, tries: 0 });

/** Looks at the page at a moment: it is left alone, or loaded anew, each time with twice the patience. */
export function onLook(
  watched: Watched,
  now: number,
): { readonly watched: Watched; readonly reload: boolean } {
  const { loadedAt, aliveAt, tries, reloads } = watched;
  const patience = Math.min(LONGEST_LOADING_MS, LOADING_MS * 2 ** tries);
  const isStuck = aliveAt === undefined ? now - loadedAt >= patience : now - aliveAt >= SILENCE_MS;
  if (!isStuck) return { watched, reload: false };
  return {
    watched: {
      loadedAt: now,
      aliveAt: undefined,
      tries: aliveAt === undefined ? tries + 1 : 0,
      reloads: reloads + 1,
    },
    reload: true,
  };
}

/** What a wall tells the page that watches it. */
export const ALIVE = 'maplewall-alive';

/**
 * The address under which the wall is framed. Only a page of another host gets a process of its own, which may hang or
 * crash without the watchdog; a gateway on this machine has two names. `asked` is what somebody wrote in the address.
 */
export function framedAddress(here: URL, asked: string | null): URL {
  const target = new URL(asked ?? '/wall', here);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return new URL('/wall', here);
  if (target.host !== here.host) return target;
  const other = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' }[target.hostname];
  if (other !== undefined) target.hostname = other;
  return target;
}
