import type { City } from '@maplewall/shared/domain/city.ts';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import { fromE5, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Responder } from '@maplewall/shared/domain/responder.ts';
import { distanceMetres } from '@maplewall/shared/geo/distance.ts';
import { ageLimitsOf, fixAge, limitsFor, type CityAgeLimits } from '@maplewall/shared/rules/fix-age.ts';
import {
  GROUNDS,
  groundOf,
  lostToAge,
  MODE_OF_KIND,
  type TravelMode,
} from '@maplewall/shared/rules/travel.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Streets } from './streets.ts';

/** Somebody who could be asked about an incident at a moment, or was, with their expected way there. */
export interface Askable {
  readonly responderId: ResponderId;
  readonly mode: TravelMode;
  readonly waySeconds: number;
}

interface Standing extends Omit<Askable, 'waySeconds'> {
  readonly lng: number;
  readonly lat: number;
  readonly ageSeconds: number;
}

/** Officers are called from further away than anybody else. */
const FURTHEST_METRES = 6_000;
/** Besides those who were asked. */
const MOST_OTHERS = 30;

/**
 * Who was free and near when something happened, soonest first, and everybody who was asked, wherever they were: each person
 * once, where their fix is fresh there, else at the post that they hold.
 */
export function askablesAt(
  { world, at, city }: { readonly world: World; readonly at: EpochMs; readonly city: City },
  streets: Streets,
  { lng, lat }: { readonly lng: number; readonly lat: number },
  asked: ReadonlySet<ResponderId>,
): readonly Askable[] {
  const ageLimits = ageLimitsOf(city);
  const standing = [...world.responders.values()].flatMap((responder) => {
    const isAsked = asked.has(responder.id);
    if (responder.state !== 'available' && !isAsked) return [];
    const found = standingOf({ world, at, posts: city.posts, ageLimits }, responder, isAsked);
    return found === undefined ? [] : [found];
  });
  const ways = waysTo(streets, { lng, lat }, standing);
  const found = standing.flatMap(({ responderId, mode, ageSeconds }, index): readonly Askable[] => {
    const seconds = ways[index];
    return seconds === undefined ? [] : [{ responderId, mode, waySeconds: seconds + lostToAge(ageSeconds) }];
  });
  const soonest = found.toSorted((a, b) => a.waySeconds - b.waySeconds);
  return [
    ...soonest.filter(({ responderId }) => asked.has(responderId)),
    ...soonest.filter(({ responderId }) => !asked.has(responderId)).slice(0, MOST_OTHERS),
  ];
}

interface Moment {
  readonly world: World;
  readonly at: EpochMs;
  readonly posts: City['posts'];
  readonly ageLimits: CityAgeLimits;
}

function standingOf(
  { world: { positions }, at, posts, ageLimits }: Moment,
  responder: Responder,
  isAsked: boolean,
): Standing | undefined {
  const { id, slot, kind, postId } = responder;
  const limits = limitsFor(ageLimits, responder);
  const mode = MODE_OF_KIND[kind];
  const age = Math.max(0, at / 1_000 - (positions.fixAtSeconds[slot] ?? 0));
  const fix = {
    responderId: id,
    mode,
    lng: fromE5(positions.lngE5[slot] ?? 0),
    lat: fromE5(positions.latE5[slot] ?? 0),
    // Nothing more is lost than while the fix was fresh: who was asked was not lost.
    ageSeconds: Math.min(age, limits.staleAfterSeconds),
  };
  const hasFix = positions.hasFix[slot] === 1;
  if (hasFix && fixAge(age, limits) === 'fresh') return fix;
  const post = postId === '' ? undefined : posts.find((one) => one.id === postId);
  if (post !== undefined) return { responderId: id, mode, lng: post.lng, lat: post.lat, ageSeconds: 0 };
  return hasFix && isAsked ? fix : undefined;
}

/** Seconds of the way to one place from others; undefined where there is none so near. Streets lead both ways, so one search does. */
export function waysTo(
  streets: Streets,
  to: { readonly lng: number; readonly lat: number },
  from: readonly { readonly lng: number; readonly lat: number; readonly mode: TravelMode }[],
): readonly (number | undefined)[] {
  const seconds: (number | undefined)[] = from.map(() => undefined);
  const here = streets.at(to.lng, to.lat, 'onFoot');
  if (here === undefined) return seconds;
  for (const ground of GROUNDS) {
    if (!from.some(({ mode }) => groundOf(mode) === ground)) continue;
    const mode = ground === 'byCar' ? 'car' : 'walk';
    const pace = mode === 'car' ? streets.speeds.car.street : streets.speeds.walk;
    const search = streets.searchFrom({ ...here, offMetres: 0 }, mode, FURTHEST_METRES / pace);
    for (const [index, one] of from.entries()) {
      if (groundOf(one.mode) !== ground) continue;
      // Their street need not be looked for where they are too far off as the crow flies.
      if (distanceMetres(one.lng, one.lat, to.lng, to.lat) > FURTHEST_METRES) continue;
      const there = streets.at(one.lng, one.lat, ground);
      const cost = there === undefined ? Infinity : search.costOf(there);
      if (there === undefined || cost === Infinity) continue;
      seconds[index] =
        cost / streets.perSecond(one.mode) + (here.offMetres + there.offMetres) / streets.speeds.walk;
    }
  }
  return seconds;
}
