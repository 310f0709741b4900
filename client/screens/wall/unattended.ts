import type { World } from '@maplewall/shared/world/world.ts';
import type { FeedState } from '../../feed/feed.ts';
import { ringState } from '../../world/ring-state.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';

/** The picture moves a little so often, so that nothing bright stays on the same lamps for months. */
const SHIFT_EVERY_MS = 180_000;
/** Places round the middle, in units of the design; each differs from the one before by a few pixels only. */
const SHIFTS = [
  [0, 0],
  [6, 2],
  [4, 8],
  [-3, 6],
  [-8, 0],
  [-4, -6],
  [3, -8],
  [8, -3],
] as const;

/** How far the picture is moved at a moment, right and down, in units: the same on every screen of a wall. */
export function pixelShift(at: number): { readonly right: number; readonly down: number } {
  const [right, down] = SHIFTS[Math.floor(at / SHIFT_EVERY_MS) % SHIFTS.length] ?? SHIFTS[0];
  return { right, down };
}

/** A new build waits for a quiet moment, but not for ever. */
const LONGEST_WAIT_MS = 600_000;
/** A page that was just loaded and yet speaks another version than the gateway is not helped by being loaded at once again. */
const LEAST_PAGE_AGE_MS = 180_000;

/** Whether nothing on the screen would be missed while it is loaded anew: no danger to life open, no ring running. */
export function isQuiet(world: World, at: EpochMs): boolean {
  for (const incident of world.incidents.values())
    if (ringState(incident, at).kind === 'running' || (incident.priority === 1 && isOpen(incident.state)))
      return false;
  return true;
}
const isOpen = (state: string): boolean =>
  !['stable', 'closed', 'merged', 'cancelled', 'diverted'].includes(state);

/** Watches the builds that the gateway names, and says when this page is to be loaded anew. */
export class BuildWatch {
  #own: string;
  #waitsSince: number | undefined;

  /** `own`: the build that this page is; '' where it does not know, then the first one named counts. */
  constructor(own: string) {
    this.#own = own;
  }

  /** The gateway serves this build now. */
  named(build: string, pageAgeMs: number): void {
    if (this.#own === '') this.#own = build;
    if (build === this.#own) this.#waitsSince = undefined;
    else this.#waitsSince ??= pageAgeMs;
  }

  /** `pageAgeMs`: since this page was loaded. It only grows, so that a page can do this once in that time at the most. */
  shouldReload(state: FeedState, quiet: boolean, pageAgeMs: number): boolean {
    // This page and the gateway do not understand each other; the page that it serves speaks as it does.
    if (state.kind === 'refused' && state.code === 'wireVersion') return pageAgeMs >= LEAST_PAGE_AGE_MS;
    if (state.kind !== 'live' || this.#waitsSince === undefined) return false;
    return quiet || pageAgeMs - this.#waitsSince >= LONGEST_WAIT_MS;
  }
}
