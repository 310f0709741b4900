import type { City } from '@maplewall/shared/domain/city.ts';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { PostId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { fromE5, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { ageLimitsOf, fixAge, limitsFor } from '@maplewall/shared/rules/fix-age.ts';
import { MODE_OF_KIND, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Feature } from './geo-json.ts';

/** One responder or one post of the city. */
export type Whose = { readonly responder: ResponderId } | { readonly post: PostId };

/** Where one of them stands, how they go, and what is told of them. */
export interface Standing {
  readonly lng: number;
  readonly lat: number;
  readonly mode: TravelMode;
  /** Of the last fix; 0 for a post. */
  readonly ageSeconds: number;
  readonly about: Feature['properties'];
}

/** What one responder or post reaches; without features where no time is left to set out. */
export interface ReachOfOne {
  readonly features: readonly Feature[];
  readonly about: Feature['properties'];
}

/**
 * Where a responder or a post stands at a moment. Of a responder whose fix is not fresh nobody can tell; a post stands
 * where the pack says, whether somebody free holds it or not.
 */
export const standingOf = (world: World, at: EpochMs, city: City, whose: Whose): Result<Standing> =>
  'post' in whose ? postOf(world, city, whose.post) : responderOf(world, at, city, whose.responder);

function postOf({ responders }: World, { posts }: City, id: PostId): Result<Standing> {
  const post = posts.find((one) => one.id === id);
  if (post === undefined) return fail('post.unknown', 'post', { post: id });
  const isHeld = [...responders.values()].some(({ postId, state }) => postId === id && state === 'available');
  const { lng, lat } = post;
  return ok({ lng, lat, mode: 'run', ageSeconds: 0, about: { post: id, isHeld } });
}

function responderOf(
  { responders, positions }: World,
  at: EpochMs,
  city: City,
  id: ResponderId,
): Result<Standing> {
  const responder = responders.get(id);
  if (responder === undefined) return fail('responder.unknown', 'responder', { responder: id });
  const { slot, kind, callSign, state } = responder;
  if (positions.hasFix[slot] !== 1) return fail('responder.notSeen', 'responder', { responder: id });
  const ageSeconds = Math.max(0, at / 1_000 - (positions.fixAtSeconds[slot] ?? 0));
  const limits = limitsFor(ageLimitsOf(city), responder);
  if (fixAge(ageSeconds, limits) !== 'fresh')
    return fail('responder.notFresh', 'responder', {
      responder: id,
      seconds: Math.round(ageSeconds),
      limit: limits.staleAfterSeconds,
    });
  return ok({
    lng: fromE5(positions.lngE5[slot] ?? 0),
    lat: fromE5(positions.latE5[slot] ?? 0),
    mode: MODE_OF_KIND[kind],
    ageSeconds,
    about: { responderId: id, callSign, state, fixAgeSeconds: Math.round(ageSeconds) },
  });
}
