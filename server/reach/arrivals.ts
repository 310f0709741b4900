import { fromE5 } from '@maplewall/shared/domain/units.ts';
import { planeX, planeY } from '@maplewall/shared/geo/local-plane.ts';
import { GROUNDS, groundOf, lostToAge, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import type { Coverage, Mover } from './coverage.ts';
import { isPost, NO_POST } from './movers.ts';
import { OFF_STREET_METRES, type Streets } from './streets.ts';

/** Somebody who sets out from where they were seen last. */
export type Starter = Pick<Mover, 'mode' | 'lngE5' | 'latE5' | 'at' | 'ageSeconds'>;

/** The streets of a moment, and how long somebody takes to accept. */
export type Setting = Pick<Coverage, 'streets' | 'acceptSeconds'>;

/** When somebody could be at a place: their way, and the seconds until they accept and those lost to the age of their fix. */
export interface Arrival<Of extends Starter = Mover> {
  readonly mover: Of;
  readonly mode: TravelMode;
  readonly seconds: number;
  /** Far from any street: the way begins with a long straight line. */
  readonly offStreet: boolean;
}

/** Nobody further than this is asked. */
export const ARRIVAL_METRES = 3_000;

/**
 * Everybody who could come to a place, soonest first: one search from the place outward on each ground tells the way of
 * all, since streets lead both ways.
 */
export const arrivalsAt = (coverage: Coverage, lng: number, lat: number): readonly Arrival[] =>
  oncePerPerson(
    arrivalsOf(coverage, [...coverage.movers.values()], lng, lat, ARRIVAL_METRES).toSorted(
      (a, b) => a.seconds - b.seconds,
    ),
  );

/** When one of them could be there, however far; undefined where no way leads. */
export const arrivalOf = <Of extends Starter>(
  setting: Setting,
  starter: Of,
  lng: number,
  lat: number,
): Arrival<Of> | undefined => arrivalsOf(setting, [starter], lng, lat, Number.POSITIVE_INFINITY)[0];

function arrivalsOf<Of extends Starter>(
  { streets, acceptSeconds }: Setting,
  starters: readonly Of[],
  lng: number,
  lat: number,
  withinMetres: number,
): Arrival<Of>[] {
  const here = streets.at(lng, lat, 'onFoot');
  if (here === undefined) return [];
  // What lies beside the streets is walked by everybody, whatever their pace on them.
  const onStreet = { ...here, offMetres: 0 };
  const found: Arrival<Of>[] = [];
  for (const ground of GROUNDS) {
    const mode = ground === 'byCar' ? 'car' : 'walk';
    const search = streets.searchFrom(onStreet, mode, withinMetres / metresPerSecond(streets, mode));
    for (const mover of starters) {
      if (groundOf(mover.mode) !== ground) continue;
      const cost = search.costOf(mover.at);
      if (cost === Infinity) continue;
      const seconds =
        acceptSeconds +
        lostToAge(mover.ageSeconds) +
        cost / streets.perSecond(mover.mode) +
        (here.offMetres + mover.at.offMetres) / streets.speeds.walk;
      found.push({ mover, mode: mover.mode, seconds, offStreet: mover.at.offMetres > OFF_STREET_METRES });
    }
  }
  return found;
}

/** A post and who holds it are one and the same person: of both only the sooner one comes. */
function oncePerPerson(arrivals: readonly Arrival[]): readonly Arrival[] {
  const posts = new Set<number>();
  const holders = new Set<number>();
  return arrivals.filter(({ mover: { key, post } }) => {
    if (post === NO_POST) return true;
    if (isPost(key)) {
      if (holders.has(post)) return false;
      posts.add(post);
      return true;
    }
    // Several may hold one post; as many come, the first of them once.
    if (posts.delete(post)) return false;
    holders.add(post);
    return true;
  });
}

/** A car gets as far in a street in the time; on wide roads further. */
const metresPerSecond = ({ speeds }: Streets, mode: 'car' | 'walk'): number =>
  mode === 'car' ? speeds.car.street : speeds.walk;

/** The way of somebody who arrives, in metres of the plane: x, y, x, y …, from their fix onto the streets, along them and to the place. */
export function wayOf(
  { streets, acceptSeconds }: Setting,
  lng: number,
  lat: number,
  { mover, mode, seconds }: Arrival<Starter>,
): readonly number[] {
  const here = streets.at(lng, lat, 'onFoot');
  if (here === undefined) return [];
  const { plane } = streets.graph;
  // A little more than the way takes, so that a last digit does not lose it.
  const along = streets.searchFrom(here, mode, seconds - acceptSeconds + 1).wayFrom(mover.at);
  if (along.length === 0) return [];
  return [
    planeX(plane, fromE5(mover.lngE5)),
    planeY(plane, fromE5(mover.latE5)),
    ...along,
    planeX(plane, lng),
    planeY(plane, lat),
  ];
}
