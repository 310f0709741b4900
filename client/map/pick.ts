import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { ClientWorld } from '../world/client-world.ts';
import { offsetX, offsetY } from '../world/mercator.ts';
import type { MapPick } from './map-handle.ts';
import type { PostMarks } from './post-marks.ts';

interface PickQuery {
  readonly clientWorld: ClientWorld;
  readonly postMarks: PostMarks;
  readonly lng: number;
  readonly lat: number;
  /** CSS pixels per Mercator unit. */
  readonly pixelsPerUnit: number;
  readonly scale: number;
  readonly at: EpochMs;
}

/** What lies under a finger: the nearest incident, else the nearest responder, else the nearest post. */
export function pickAt(query: PickQuery): MapPick | undefined {
  const { clientWorld, postMarks, pixelsPerUnit, scale, at } = query;
  const { world, mercator, motion, incidentMarks } = clientWorld;
  const x = offsetX(mercator, query.lng);
  const y = offsetY(mercator, query.lat);
  const pixels = (otherX: number, otherY: number): number =>
    Math.hypot(otherX - x, otherY - y) * pixelsPerUnit;

  const incident = nearest(incidentMarks.ids, 22 * scale, (id) => {
    const its = world.incidents.get(id);
    if (its === undefined) return Infinity;
    const place = incidentMarks.place(its);
    return pixels(place.x, place.y);
  });
  if (incident !== undefined) return { kind: 'incident', id: incident };

  const responder = nearest(world.responders.values(), 14 * scale, ({ slot }) => {
    const place = motion.isMergedAway(slot) ? undefined : motion.drawnAt(slot, at);
    return place === undefined ? Infinity : pixels(place.x, place.y);
  });
  if (responder !== undefined) return { kind: 'responder', id: responder.id };

  const post = nearest(postMarks.posts, 14 * scale, ({ lng, lat }) =>
    pixels(offsetX(mercator, lng), offsetY(mercator, lat)),
  );
  return post === undefined ? undefined : { kind: 'post', id: post.id };
}

function nearest<T>(
  candidates: Iterable<T>,
  within: number,
  distance: (candidate: T) => number,
): T | undefined {
  let best: T | undefined;
  let least = within;
  for (const candidate of candidates) {
    const its = distance(candidate);
    if (its > least) continue;
    least = its;
    best = candidate;
  }
  return best;
}
