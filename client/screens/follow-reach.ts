import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { MapHandle } from '../map/map-handle.ts';
import type { ReachedStreets } from '../map/reached-streets.ts';
import { fetchReachedStreets } from '../stores/coverage.ts';

const EVERY_MS = 60_000;

/**
 * Keeps the glow on the streets of staffed posts as it is at a moment. Who holds which post changes a few times a day; the
 * ground is given new streets only then. Returns what ends it.
 */
export function followReach(map: () => MapHandle | undefined, at: () => EpochMs | undefined): () => void {
  let shown = '';
  const read = async (): Promise<void> => {
    const found = await fetchReachedStreets(at());
    if (found === undefined || found === shown) return;
    shown = found;
    map()?.showReach(JSON.parse(found) as ReachedStreets);
  };
  void read();
  const timer = setInterval(() => void read(), EVERY_MS);
  return () => clearInterval(timer);
}
