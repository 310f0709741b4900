import { startOfMinute, minuteOf, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { MapHandle } from '../../../map/map-handle.ts';
import type { ReachedStreets } from '../../../map/reached-streets.ts';
import { fetchReachedStreets } from '../../../stores/coverage.ts';
import { wait } from './stand-at.ts';

/** A gateway that has much to do may answer later; the film then goes on with what the ground shows. */
const PATIENCE_MS = 3_000;

/**
 * Shows what staffed posts reach at each moment that it is called with: the screen asks for it once a minute of ours, in which a
 * film sees hours. Resolves when the ground is drawn with it; without an answer the ground stays as it is.
 */
export function showReachOf(map: MapHandle): (at: EpochMs) => Promise<void> {
  let minute: number | undefined;
  let shown: string | undefined;
  let isAsking = false;
  const show = async (at: EpochMs): Promise<void> => {
    isAsking = true;
    const found = await fetchReachedStreets(startOfMinute(minuteOf(at)));
    isAsking = false;
    if (found === undefined || found === shown) return;
    shown = found;
    map.showReach(JSON.parse(found) as ReachedStreets);
    await map.whenIdle();
  };
  return async (at) => {
    if (minute === minuteOf(at) || isAsking) return;
    minute = minuteOf(at);
    await Promise.race([show(at), wait(PATIENCE_MS)]);
  };
}
