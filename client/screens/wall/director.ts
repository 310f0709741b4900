import type { Incident } from '@maplewall/shared/domain/incident.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { easedCamera, type Bounds, type Camera } from '../../map/camera.ts';
import { alarmedAt } from './alarmed-at.ts';

/** An incident holds the camera as long as it is open and unstable, at most so long. */
const ATTENTION_MS = 300_000;
/** After it is stable or ended the picture stays a little, so that its end is seen. */
const FAREWELL_MS = 15_000;
/** Between two moves the camera rests at least so long. */
export const REST_MS = 10_000;
export const MOVE_MS = 1_200;
const MOST_INSETS = 3;

/** What the camera shows. */
export type Shot =
  | { readonly kind: 'overview' }
  | ({ readonly kind: 'incident' } & Pick<Incident, 'id' | 'lng' | 'lat'>);

/** What ought to be seen now: one shot, and what shares the screen with it as insets, newest first. */
export interface Wanted {
  readonly shot: Shot;
  readonly insets: readonly IncidentId[];
}

const OVERVIEW: Shot = { kind: 'overview' };

const isIn = ([west, south, east, north]: Bounds, { lng, lat }: Incident): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north;

/** Until when an incident of danger to life is to be watched; 0 if it is none. */
function watchedUntil(incident: Incident): number {
  const { priority, state, times } = incident;
  const since = alarmedAt(incident);
  if (priority !== 1 || since === undefined || state === 'diverted' || state === 'merged') return 0;
  const over = times.stable ?? times.closed ?? times.cancelled;
  return Math.min(since + ATTENTION_MS, over === undefined ? Infinity : over + FAREWELL_MS);
}

/**
 * What ought to be seen of a world at a moment, from nothing else: the newest danger to life first, all others that
 * still need eyes beside it, the whole city when there is none. One that was reported from outside the city is no shot: its
 * place is wrong, and there is nothing to see. Queue and banner tell of it all the same.
 */
export function wantedShot(world: World, at: EpochMs, city: Bounds): Wanted {
  const watched: Incident[] = [];
  // What a source whose clock is ahead says of the future counts as of now: the world holds nothing that has not been told.
  for (const incident of world.incidents.values())
    if (at < watchedUntil(incident) && isIn(city, incident)) watched.push(incident);
  watched.sort((a, b) => (alarmedAt(b) ?? 0) - (alarmedAt(a) ?? 0) || (a.id < b.id ? -1 : 1));
  const [first, ...others] = watched;
  if (first === undefined) return { shot: OVERVIEW, insets: [] };
  return {
    shot: { kind: 'incident', id: first.id, lng: first.lng, lat: first.lat },
    insets: others.slice(0, MOST_INSETS).map(({ id }) => id),
  };
}

/** Where a move begins: at what was shown before, or where a hand has left the map. */
type Beginning = Shot | { readonly kind: 'hand'; readonly camera: Camera };

/** Where the camera is on its way, and since when. */
export interface Direction {
  readonly shot: Shot;
  readonly before: Beginning;
  readonly since: EpochMs | undefined;
}

/** Shows the first shot at once. */
export const beginDirection = ({ shot }: Wanted): Direction => ({ shot, before: shot, since: undefined });

/** Takes the map over from a hand that left it at `camera`: a move like any other, with its rest. */
export const takeOver = ({ shot }: Wanted, camera: Camera, at: EpochMs): Direction => ({
  shot,
  before: { kind: 'hand', camera },
  since: at,
});

const isSameShot = (a: Shot, b: Shot): boolean =>
  a.kind === 'incident' ? b.kind === 'incident' && a.id === b.id : b.kind === 'overview';

/** The direction after a look at what is wanted: another shot only when the camera has rested. */
export function direct(direction: Direction, { shot }: Wanted, at: EpochMs): Direction {
  if (isSameShot(direction.shot, shot)) return direction;
  // A moment before the last move: somebody jumped back in time, and rest would never end.
  const rested = direction.since === undefined || at - direction.since >= REST_MS || at < direction.since;
  return rested ? { shot, before: direction.shot, since: at } : direction;
}

/** The camera of a direction at a moment. */
export function directedCamera(
  { shot, before, since }: Direction,
  at: EpochMs,
  cameraOf: (shot: Shot) => Camera,
): Camera {
  // A moment before the move: somebody jumped back in time, and would wait for it.
  const share = since === undefined || at < since ? 1 : (at - since) / MOVE_MS;
  if (share >= 1) return cameraOf(shot);
  return easedCamera(before.kind === 'hand' ? before.camera : cameraOf(before), cameraOf(shot), share);
}

/** What stands beside the picture: all that ought to be seen and is not what the camera shows. */
export function insetsOf({ shot }: Direction, wanted: Wanted): readonly IncidentId[] {
  const shown = shot.kind === 'incident' ? shot.id : undefined;
  const all = wanted.shot.kind === 'incident' ? [wanted.shot.id, ...wanted.insets] : wanted.insets;
  return all.filter((id) => id !== shown).slice(0, MOST_INSETS);
}
