import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { City } from '@maplewall/shared/domain/city.ts';
import type { PostId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { blockCentres } from './city-areas.ts';
import { Coverage, HALF_MINUTE_METRES, type Place } from './coverage.ts';
import { CoverageWatch } from './coverage-watch.ts';
import { CENTRE, EVENING, SmallCity } from './small-city.ts';

const METRES_PER_LAT = 111_320;
const METRES_PER_LNG = METRES_PER_LAT * Math.cos((CENTRE.lat * Math.PI) / 180);
/** So many metres east and north of the centre. */
const at = (east: number, north: number): Place => ({
  lng: CENTRE.lng + east / METRES_PER_LNG,
  lat: CENTRE.lat + north / METRES_PER_LAT,
});
const post = (id: string, place: Place): City['posts'][number] =>
  ({ id, name: { zh: id, en: id }, precinctId: 'p', ...place }) as City['posts'][number];

/** A world with one sentry on each of the posts named, and volunteers seen at places `ageSeconds` ago. */
function worldOf(posts: readonly string[], seen: readonly (readonly [Place, ageSeconds: number])[]) {
  const city = new SmallCity();
  const begins = epochMs(EVENING - 3_600_000);
  for (const [index, postId] of posts.entries())
    city.happens(begins, {
      kind: 'responder.checkedIn',
      responderId: `sentry-${index}` as ResponderId,
      responderKind: 'sentry',
      callSign: 's',
      postId: postId as PostId,
    });
  for (const [index, [place, ageSeconds]] of seen.entries()) {
    city.checksIn(begins, `v${index}`, 'volunteer');
    city.seen(epochMs(EVENING - ageSeconds * 1_000), [{ id: `v${index}`, ...place }]);
  }
  const { keyframe } = city.keyframe(EVENING);
  if (keyframe === undefined) throw new Error('there must be a keyframe');
  return keyframe.world;
}

describe('coverage', () => {
  const centres = [at(0, 0), at(49, 0), at(51, 0), at(0, 5_000)];

  it('counts the blocks whose centre a staffed post reaches in half a minute, in a straight line', () => {
    const coverage = new Coverage(centres, {
      centre: CENTRE,
      posts: [post('a', at(0, 0)), post('b', at(0, 5_000))],
    });
    expect(coverage.measure(worldOf(['a'], []), EVENING)).toEqual({
      covered: 2,
      blocks: 4,
      posts: 1,
      people: 0,
    });
    expect(coverage.measure(worldOf([], []), EVENING)).toEqual({
      covered: 0,
      blocks: 4,
      posts: 0,
      people: 0,
    });
  });

  it('counts a free responder with a fresh fix, and none whose fix is stale', () => {
    const coverage = new Coverage(centres, { centre: CENTRE, posts: [] });
    const fresh = worldOf([], [[at(10, 4_990), 80]]);
    expect(coverage.measure(fresh, EVENING)).toEqual({ covered: 1, blocks: 4, posts: 0, people: 1 });
    const stale = worldOf([], [[at(10, 4_990), 100]]);
    expect(coverage.measure(stale, EVENING)).toEqual({ covered: 0, blocks: 4, posts: 0, people: 0 });
  });

  it('finds what looking at every pair finds, anywhere in the city', () => {
    const place = fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }));
    expect.hasAssertions();
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 60 }),
        fc.array(fc.tuple(place, fc.boolean()), { maxLength: 20 }),
        (blocks, posts) => {
          const all = posts.map(([[east, north]], index) => post(String(index), at(east, north)));
          const staffed = posts.flatMap(([, isStaffed], index) => (isStaffed ? [String(index)] : []));
          const reached = (metres: number): number =>
            blocks.filter(([x, y]) =>
              posts.some(([[px, py], isStaffed]) => isStaffed && Math.hypot(px - x, py - y) <= metres),
            ).length;
          const coverage = new Coverage(
            blocks.map(([x, y]) => at(x, y)),
            { centre: CENTRE, posts: all },
          );
          const { covered } = coverage.measure(worldOf(staffed, []), EVENING);
          // What lies on the edge to the last digit may fall to either side.
          expect(covered).toBeGreaterThanOrEqual(reached(HALF_MINUTE_METRES - 1e-6));
          expect(covered).toBeLessThanOrEqual(reached(HALF_MINUTE_METRES + 1e-6));
        },
      ),
      { seed: 30, numRuns: 150 },
    );
  });

  it('is unknown, not nought, in a city without blocks', () => {
    const watch = new CoverageWatch(new Coverage([], { centre: CENTRE, posts: [post('a', at(0, 0))] }));
    expect(watch.look(worldOf(['a'], []), EVENING, 0)).toMatchObject({
      percent: undefined,
      blocks: 0,
      posts: 1,
    });
  });
});

describe('the watch over coverage', () => {
  it('measures every five seconds at most and keeps the course by the minute', () => {
    const coverage = new Coverage([at(0, 0)], { centre: CENTRE, posts: [post('a', at(0, 0))] });
    const watch = new CoverageWatch(coverage);
    const staffed = worldOf(['a'], []);
    const empty = worldOf([], []);
    expect(watch.look(staffed, EVENING, 0).percent).toBe(100);
    expect(watch.look(empty, epochMs(EVENING + 4_000), 4_000).percent).toBe(100);
    expect(watch.look(empty, epochMs(EVENING + 5_000), 5_000).percent).toBe(0);
    expect(watch.look(empty, epochMs(EVENING + 61_000), 61_000).course).toEqual([
      { at: EVENING, value: 100 },
      { at: EVENING + 61_000, value: 0 },
    ]);
  });
});

describe('the middle of a block', () => {
  const square = (left: number, width: number): readonly (readonly [number, number])[] => [
    [left, 27],
    [left + width, 27],
    [left + width, 27 + width],
    [left, 27 + width],
    [left, 27],
  ];
  const block = (type: string, coordinates: unknown) => ({ properties: {}, geometry: { type, coordinates } });

  it('is the centroid of its ring, whichever way round and of whichever kind', () => {
    const [one, other, first] = blockCentres([
      block('Polygon', [square(120, 0.001)]),
      block('Polygon', [square(120, 0.001).toReversed()]),
      block('MultiPolygon', [[square(120, 0.001)], [square(121, 0.001)]]),
    ]);
    for (const centre of [one, other, first]) {
      expect(centre?.lng).toBeCloseTo(120.0005, 9);
      expect(centre?.lat).toBeCloseTo(27.0005, 9);
    }
  });

  it('is the middle of the corners where there is no area', () => {
    const [flat] = blockCentres([
      block('Polygon', [
        [
          [120, 27],
          [120.002, 27],
          [120, 27],
          [120.002, 27],
        ],
      ]),
    ]);
    expect(flat?.lng).toBeCloseTo(120.001, 9);
    expect(flat?.lat).toBe(27);
  });
});
