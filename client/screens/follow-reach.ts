import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { MapHandle } from '../map/map-handle.ts';
import type { ReachedStreets } from '../map/reached-streets.ts';
import { fetchReachedStreets } from '../stores/coverage.ts';

const EVERY_MS = 60_000;
/** And so often where another time is shown than it was read for. */
const AGAIN_MS = 3_000;

/**
 * Keeps the glow on the streets of staffed posts as it is at a moment. Who holds which post changes a few times a day; the
 * ground is given new streets only then. Returns what ends it.
 */
export function followReach(map: () => MapHandle | undefined, at: () => EpochMs | undefined): () => void {
  let shown = '';
  const read = async (): Promise<void> => {
    const found = await fetchReachedStreets(at());
    // The streets may still be joined; whoever has no glow yet does not wait a minute for it.
    if (found === undefined) readAt -= EVERY_MS - 2 * AGAIN_MS;
    if (found === undefined || found === shown) return;
    shown = found;
    map()?.showReach(JSON.parse(found) as ReachedStreets);
  };
  let readAt = -EVERY_MS;
  let readFor = 0;
  const look = (): void => {
    // A replay may have jumped, or run through hours in a minute.
    const isElsewhere = Math.abs((at() ?? readFor) - readFor) > EVERY_MS * 10;
    if (performance.now() - readAt < (isElsewhere ? AGAIN_MS : EVERY_MS)) return;
    readAt = performance.now();
    readFor = at() ?? 0;
    void read();
  };
  look();
  const timer = setInterval(look, AGAIN_MS);
  return () => clearInterval(timer);
}
