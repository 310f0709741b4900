import { DateTime } from 'luxon';
import type { City } from '@maplewall/shared/domain/city.ts';
import { isOn, postShiftOf, type PostShift } from '@maplewall/shared/domain/post-shift.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { groundOf } from '@maplewall/shared/rules/travel.ts';
import { WEIGHTS } from '@maplewall/shared/wire/coverage.ts';
import { SHIFT_ENDS_AHEAD_MS } from '@maplewall/shared/wire/reach.ts';
import { moversOfPosts, reachedByAll } from './advice.ts';
import type { Coverage } from './coverage.ts';
import { AREAS_PER_PLACE } from './places.ts';
import { ReachedPlaces } from './reached-places.ts';

/** The end of a shift of a post, and what nobody covers from then on that is covered now. */
export interface ShiftEnd {
  /** Its place in the pack. */
  readonly post: number;
  readonly at: EpochMs;
  /** What is lost, by the index in WEIGHTS. */
  readonly lost: readonly number[];
  /** The area in which most of it lies, of those that `isNamed`. */
  readonly area: number;
}

/**
 * Ends of shifts within the next hours of posts that are held now, with what nobody would cover any more, the worst in the
 * weight asked for first. By then whoever holds a post whose shifts are over is gone, posts whose shift is on are held, and
 * everybody else stands where they stand now. A post without shifts is held on if it is held now.
 */
export function shiftEnds(
  coverage: Coverage,
  city: Pick<City, 'posts' | 'timeZone'>,
  asked: {
    readonly at: EpochMs;
    readonly horizon: number;
    readonly seconds: number;
    readonly weight: number;
    readonly isNamed: (area: number) => boolean;
  },
): readonly ShiftEnd[] {
  const { places, reachedBy } = coverage;
  const { horizon, weight } = asked;
  const shifts = city.posts.map((post) => (post.shifts ?? []).flatMap((text) => postShiftOf(text) ?? []));
  const held = moversOfPosts([...coverage.movers.values()]);
  const ends = [...held.keys()]
    .flatMap((post) => endsOf(shifts[post] ?? [], asked.at, city.timeZone).map((at) => ({ post, at })))
    .toSorted((a, b) => a.at - b.at);
  const reachOfPost = postReach(coverage, city.posts, asked.seconds - coverage.acceptSeconds);
  const found: ShiftEnd[] = [];
  let then: Int32Array | undefined;
  for (const [index, { post, at }] of ends.entries()) {
    if (then === undefined || ends[index - 1]?.at !== at) {
      then = Int32Array.from(reachedBy[horizon] ?? []);
      const minute = minuteOfDay(at, city.timeZone);
      for (const [other, own] of shifts.entries()) {
        const movers = held.get(other);
        const isHeldThen = own.some((shift) => isOn(shift, minute));
        if (movers !== undefined && own.length > 0 && !isHeldThen)
          for (const [place, by] of reachedByAll(movers, horizon)) then[place] = (then[place] ?? 0) - by;
        if (movers === undefined && isHeldThen)
          for (const place of reachOfPost(other)) then[place] = (then[place] ?? 0) + 1;
      }
    }
    const lost = WEIGHTS.map(() => 0);
    const byArea = new Map<number, number>();
    for (const place of reachedByAll(held.get(post) ?? [], horizon).keys()) {
      if ((then[place] ?? 0) > 0) continue;
      const counts = places.counts[place] ?? 0;
      const of = places.weight[place] ?? 0;
      lost[of] = (lost[of] ?? 0) + counts;
      for (const area of places.areas.subarray(place * AREAS_PER_PLACE, (place + 1) * AREAS_PER_PLACE))
        if (asked.isNamed(area)) byArea.set(area, (byArea.get(area) ?? 0) + (of === weight ? counts : 0));
    }
    if (lost.every((each) => each === 0)) continue;
    const [worst] = [...byArea].toSorted(([, a], [, b]) => b - a);
    found.push({ post, at, lost, area: worst?.[0] ?? 0 });
  }
  return found.toSorted(
    (a, b) => (b.lost[weight] ?? 0) - (a.lost[weight] ?? 0) || a.at - b.at || a.post - b.post,
  );
}

/** When shifts of a post end, from a moment on, without another one being on. */
function endsOf(shifts: readonly PostShift[], from: EpochMs, timeZone: string): readonly EpochMs[] {
  const today = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
  const minutes = [...new Set(shifts.map(({ to }) => to % 1_440))].filter(
    (minute) => !shifts.some((shift) => isOn(shift, minute)),
  );
  return [0, 1]
    .flatMap((days) =>
      minutes.map((minute) =>
        today
          .plus({ days })
          .set({ hour: Math.floor(minute / 60), minute: minute % 60 })
          .toMillis(),
      ),
    )
    .filter((at) => at > from && at <= from + SHIFT_ENDS_AHEAD_MS)
    .map((at) => epochMs(at));
}

function minuteOfDay(at: EpochMs, timeZone: string): number {
  const { hour, minute } = DateTime.fromMillis(at, { zone: timeZone });
  return hour * 60 + minute;
}

/** What posts would reach that nobody holds now, each searched once. */
function postReach(
  { streets, places }: Coverage,
  posts: City['posts'],
  seconds: number,
): (post: number) => Uint32Array {
  const finder = new ReachedPlaces(streets, places);
  const known = new Map<number, Uint32Array>();
  return (index) => {
    const post = posts[index];
    const before = known.get(index);
    if (before !== undefined || post === undefined) return before ?? new Uint32Array();
    const at = streets.at(post.lng, post.lat, groundOf('run'));
    const found = at === undefined ? new Uint32Array() : finder.from(at, 'run', seconds).places;
    known.set(index, found);
    return found;
  };
}
