import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromE5, toE5 } from '@maplewall/shared/domain/units.ts';
import { latOf, lngOf, localPlane } from '@maplewall/shared/geo/local-plane.ts';
import { buildStreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { groundOf, lostToAge, TRAVEL_MODES, USUAL_SPEEDS } from '@maplewall/shared/rules/travel.ts';
import { lonePosts, twinPosts } from './advice.ts';
import { arrivalsAt, wayOf } from './arrivals.ts';
import { HORIZON_SECONDS } from '@maplewall/shared/wire/coverage.ts';
import { Candidates } from './candidates-for-more.ts';
import { Coverage } from './coverage.ts';
import { FIRST_POST, type Movers, withPostMoved } from './movers.ts';
import { joinPlaces, type RawPlace } from './places.ts';
import { Streets } from './streets.ts';

const CENTRE = { lng: 120.56, lat: 27.54 };
const plane = localPlane(CENTRE);
const at = (x: number, y: number) => ({ lng: lngOf(plane, x), lat: latOf(plane, y) });

/** Streets every 80 m, 400 m square, a motorway across, a path on its own. */
const LINES = [0, 80, 160, 240, 320, 400];
const road = (
  roadClass: 'street' | 'motorway' | 'path',
  ...points: readonly (readonly [number, number])[]
) => ({
  class: roadClass,
  line: points.map(([x, y]) => [lngOf(plane, x), latOf(plane, y)]),
});
const streets = new Streets(
  buildStreetGraph(
    [
      ...LINES.map((x) => road('street', [x, 0], [x, 400])),
      ...LINES.map((y) => road('street', [0, y], [400, y])),
      road('motorway', [-500, 200], [900, 210]),
      road('path', [400, 120], [700, 120]),
    ],
    CENTRE,
  ),
  USUAL_SPEEDS,
);

const raw: readonly RawPlace[] = Array.from({ length: 120 }, (_, index) => ({
  weight: index % 3 === 0 ? 'incidents' : index % 3 === 1 ? 'places' : 'blocks',
  ...at(((index * 137) % 760) - 20, ((index * 61) % 440) - 20),
  counts: 1 + (index % 4),
}));
const places = joinPlaces(raw, streets, (lng) => [0, lng > at(200, 0).lng ? 1 : 2]);
const newCoverage = (): Coverage => new Coverage(streets, places, 3);

interface Somebody {
  readonly key: number;
  readonly x: number;
  readonly y: number;
  readonly mode: number;
  readonly age: number;
  /** The post that they hold. */
  readonly holds?: number;
}

function moversOfAll(everybody: readonly Somebody[]): Movers {
  return {
    count: everybody.length,
    keys: Uint32Array.from(everybody, ({ key }) => key),
    lngE5: Int32Array.from(everybody, ({ x }) => toE5(lngOf(plane, x))),
    latE5: Int32Array.from(everybody, ({ y }) => toE5(latOf(plane, y))),
    modes: Uint8Array.from(everybody, ({ mode }) => mode),
    ageSeconds: Float32Array.from(everybody, ({ age }) => age),
    onDuty: everybody.length,
    posts: Int32Array.from(
      everybody,
      ({ key, holds }) => holds ?? (key >= FIRST_POST ? key - FIRST_POST : -1),
    ),
  };
}

const somebody = fc.record({
  key: fc.integer({ min: 0, max: 5 }),
  x: fc.integer({ min: -40, max: 740 }),
  y: fc.integer({ min: -40, max: 440 }),
  mode: fc.integer({ min: 0, max: 3 }),
  age: fc.integer({ min: 0, max: 89 }),
});
const everybody = fc.uniqueArray(somebody, { selector: ({ key }) => key, maxLength: 6 });

/** How many reach each place within so many seconds, each of them searched by itself from the place: the plain way. */
function reachedPlainly(who: readonly Somebody[], seconds: number, accept: number): readonly number[] {
  return raw.map((_, place) => {
    const there = {
      edge: places.edge[place] ?? 0,
      a: 0,
      b: 0,
      part: places.part[place] ?? 0,
      x: 0,
      y: 0,
      edgeMetres: 0,
      offMetres: places.offMetres[place] ?? 0,
    };
    const { graph } = streets;
    there.b = graph.edgeTo[there.edge] ?? 0;
    while ((graph.firstEdge[there.a + 1] ?? 0) <= there.edge) there.a += 1;
    return who.filter(({ x, y, mode, age }) => {
      const by = TRAVEL_MODES[mode] ?? 'walk';
      const from = streets.at(fromE5(toE5(lngOf(plane, x))), fromE5(toE5(latOf(plane, y))), groundOf(by));
      if (from === undefined) return false;
      const cost = streets.searchFrom(from, by, 1_000).costOf(there) + streets.offCost(there, by);
      return cost / streets.perSecond(by) <= seconds - accept - lostToAge(age);
    }).length;
  });
}

it('a post that is supposed to stand elsewhere takes along whoever holds it', () => {
  const movers = moversOfAll([
    { key: 7, x: 0, y: 0, mode: 0, age: 0 },
    { key: FIRST_POST, x: 200, y: 40, mode: 1, age: 0 },
    { key: 1, x: 205, y: 40, mode: 1, age: 0, holds: 0 },
  ]);
  const moved = withPostMoved(movers, { post: 0, ...at(400, 400) });
  expect([...moved.keys]).toEqual([7, FIRST_POST]);
  expect(moved.lngE5[1]).toBe(toE5(at(400, 400).lng));
});

describe('coverage', () => {
  it('is what each of all who could set out reaches by themselves, whatever was before', () => {
    fc.assert(
      fc.property(
        fc.array(everybody, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 20 }),
        (steps, accept) => {
          const coverage = newCoverage();
          for (const step of steps) coverage.update(moversOfAll(step), accept);
          const last = steps.at(-1) ?? [];
          for (const [horizon, seconds] of HORIZON_SECONDS.entries())
            expect([...(coverage.reachedBy[horizon] ?? [])]).toEqual(reachedPlainly(last, seconds, accept));
          const covered = raw.reduce(
            (sum, { weight, counts }, place) =>
              weight === 'blocks' && (coverage.reachedBy[1]?.[place] ?? 0) > 0 ? sum + counts : sum,
            0,
          );
          expect((coverage.share(0, 0, 1) ?? 0) * coverage.total(0, 0)).toBeCloseTo(covered, 6);
        },
      ),
      { seed: 44, numRuns: 60 },
    );
  });

  it('only shrinks as fixes grow old', () => {
    fc.assert(
      fc.property(everybody, fc.integer({ min: 1, max: 60 }), (who, older) => {
        const coverage = newCoverage();
        coverage.update(moversOfAll(who), 5);
        const before = HORIZON_SECONDS.map((_, horizon) => coverage.share(0, 0, horizon) ?? 0);
        coverage.update(moversOfAll(who.map((one) => ({ ...one, age: one.age + older }))), 5);
        for (const [horizon, share] of before.entries())
          expect(coverage.share(0, 0, horizon)).toBeLessThanOrEqual(share);
      }),
      { seed: 45, numRuns: 60 },
    );
  });

  it('leads somebody far from any street there in a straight line at walking pace, and says so', () => {
    const coverage = newCoverage();
    coverage.update(moversOfAll([{ key: 1, x: 200, y: -300, mode: 2, age: 0 }]), 0);
    expect(coverage.counts()).toEqual({ posts: 0, people: 1, offStreet: 1, onDuty: 1 });
    const [first] = arrivalsAt(coverage, at(200, 0).lng, at(200, 0).lat);
    expect(first?.offStreet).toBe(true);
    expect(first?.seconds).toBeCloseTo(150, 0);
  });
});

describe('arrivals', () => {
  it('count whoever holds a post once, by whichever of the two is sooner there', () => {
    const coverage = newCoverage();
    const post = FIRST_POST;
    const { lng, lat } = at(200, 0);
    const keysOf = (holderX: number): readonly number[] => {
      coverage.update(
        moversOfAll([
          { key: post, x: 200, y: 40, mode: 1, age: 0 },
          { key: 1, x: holderX, y: 0, mode: 1, age: 0, holds: 0 },
          { key: 2, x: 200, y: 80, mode: 1, age: 0 },
        ]),
        5,
      );
      return arrivalsAt(coverage, lng, lat).map(({ mover }) => mover.key);
    };
    expect(keysOf(210)).toEqual([1, 2]);
    expect(keysOf(360)).toEqual([post, 2]);
  });

  it('are sorted, and each way is as long as its seconds say', () => {
    const coverage = newCoverage();
    coverage.update(
      moversOfAll([
        { key: 1, x: 0, y: 0, mode: 0, age: 0 },
        { key: 2, x: 400, y: 400, mode: 1, age: 10 },
        { key: 3, x: 400, y: 0, mode: 3, age: 0 },
      ]),
      5,
    );
    const { lng, lat } = at(160, 160);
    const found = arrivalsAt(coverage, lng, lat);
    // By car 400 m at 8 m/s; on foot 320 m at 2 m/s; running 480 m at 3 m/s, and five seconds for the age of the fix.
    expect(found.map(({ mover, seconds }) => [mover.key, Math.round(seconds)])).toEqual([
      [3, 55],
      [1, 165],
      [2, 170],
    ]);
    for (const arrival of found) {
      const way = wayOf(coverage, lng, lat, arrival);
      let metres = 0;
      for (let point = 2; point < way.length; point += 2)
        metres += Math.hypot(
          (way[point] ?? 0) - (way[point - 2] ?? 0),
          (way[point + 1] ?? 0) - (way[point - 1] ?? 0),
        );
      const seconds = arrival.seconds - 5 - lostToAge(arrival.mover.ageSeconds);
      const pace = arrival.mode === 'car' ? 8 : USUAL_SPEEDS[arrival.mode as 'walk'];
      expect(metres / pace).toBeCloseTo(seconds, 0);
    }
  });
});

describe('advice', () => {
  const everywhere = (): boolean => true;
  const spotsReach = (
    coverage: Coverage,
    chosen: readonly { readonly lng: number; readonly lat: number }[],
  ): number => {
    const fresh = newCoverage();
    fresh.update(
      moversOfAll(
        chosen.map(({ lng, lat }, key) => ({
          key,
          x: (lng - plane.lng) * plane.metresPerDegreeLng,
          y: (lat - plane.lat) * plane.metresPerDegreeLat,
          mode: 1,
          age: 0,
        })),
      ),
      0,
    );
    return raw.reduce(
      (sum, { weight, counts }, place) =>
        weight === 'blocks' && (fresh.reachedBy[0]?.[place] ?? 0) > 0 && coverage.reachedBy[0]?.[place] === 0
          ? sum + counts
          : sum,
      0,
    );
  };

  it('adds at least 63 % of what the best two spots could, tried one by one, and each gain is true', () => {
    const coverage = newCoverage();
    coverage.update(moversOfAll([{ key: 0, x: 80, y: 80, mode: 0, age: 0 }]), 0);
    const candidates = new Candidates(coverage, 'run', 30, everywhere);
    const found = candidates.best(coverage, 0, 0, 2);
    expect(found.length).toBe(2);
    expect(found[0]?.gain).toBeGreaterThanOrEqual(found[1]?.gain ?? 0);
    const { nodeX, nodeY } = streets.graph;
    const nodes = Array.from({ length: nodeX.length }, (_, node) => at(nodeX[node] ?? 0, nodeY[node] ?? 0));
    let best = 0;
    for (const [index, one] of nodes.entries())
      for (const other of nodes.slice(index + 1)) best = Math.max(best, spotsReach(coverage, [one, other]));
    const gain = found.reduce((sum, spot) => sum + spot.gain, 0);
    expect(gain).toBeGreaterThanOrEqual(best * 0.63);
    expect(gain).toBe(spotsReach(coverage, found));
  });

  it('names posts that nobody could do without, and those that cover the same', () => {
    const coverage = newCoverage();
    const post = (index: number, x: number, y: number): Somebody => ({
      key: FIRST_POST + index,
      x,
      y,
      mode: 1,
      age: 0,
    });
    coverage.update(moversOfAll([post(0, 0, 0), post(1, 2, 0), post(2, 400, 400)]), 0);
    expect(twinPosts(coverage, 1).map(({ posts }) => posts)).toEqual([[0, 1]]);
    expect(lonePosts(coverage, 1, 0).map(({ post: lone }) => lone)).toContain(2);
    // Its holder, who stands beside it, leaves with it.
    const alone = lonePosts(coverage, 1, 0);
    const holder = { key: 7, x: 398, y: 400, mode: 1, age: 0, holds: 2 };
    coverage.update(moversOfAll([post(0, 0, 0), post(1, 2, 0), post(2, 400, 400), holder]), 0);
    expect(lonePosts(coverage, 1, 0)).toEqual(alone);
  });
});
