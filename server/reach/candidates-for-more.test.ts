import { expect, it } from 'vitest';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { latOf, lngOf, localPlane } from '@maplewall/shared/geo/local-plane.ts';
import { buildStreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { ageLimitsOf } from '@maplewall/shared/rules/fix-age.ts';
import { USUAL_SPEEDS, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import { Candidates } from './candidates-for-more.ts';
import { Coverage } from './coverage.ts';
import { moversOf } from './movers.ts';
import { joinPlaces, type RawPlace } from './places.ts';
import { ReachedPlaces } from './reached-places.ts';
import { Streets } from './streets.ts';

const CENTRE = { lng: 120.56, lat: 27.54 };
const plane = localPlane(CENTRE);
const LINES = Array.from({ length: 16 }, (_, index) => index * 25 + (index % 3));
const street = (...points: readonly (readonly [number, number])[]) => ({
  class: 'street' as const,
  line: points.map(([x, y]) => [lngOf(plane, x), latOf(plane, y)]),
});
const streets = new Streets(
  buildStreetGraph(
    [
      ...LINES.map((x) => street([x, 0], [x, 400])),
      ...LINES.map((y) => street([0, y], [400, y])),
      street([400, 27], [900, 27]),
    ],
    CENTRE,
  ),
  USUAL_SPEEDS,
);
const raw: readonly RawPlace[] = Array.from({ length: 150 }, (_, index) => ({
  weight: 'blocks',
  lng: lngOf(plane, (index * 137) % 860),
  lat: latOf(plane, (index * index * 61) % 410),
  counts: 1 + (index % 4),
}));
const places = joinPlaces(raw, streets, () => [0]);

/** Gains when each time all junctions are looked at: the plain way. */
function plainGains(mode: TravelMode, seconds: number, count: number): readonly number[] {
  const { nodeX, nodeY } = streets.graph;
  const finder = new ReachedPlaces(streets, places);
  const reached = Array.from(nodeX, (x, node) => {
    const at = streets.at(lngOf(plane, x), latOf(plane, nodeY[node] ?? 0), 'onFoot');
    return at === undefined ? new Uint32Array() : finder.from(at, mode, seconds).places;
  });
  const covered = new Set<number>();
  return Array.from({ length: count }, () => {
    const gainOf = (list: Uint32Array): number =>
      list.reduce((sum, place) => sum + (covered.has(place) ? 0 : (places.counts[place] ?? 0)), 0);
    const best = reached.reduce((one, other) => (gainOf(other) > gainOf(one) ? other : one));
    const gain = gainOf(best);
    for (const place of best) covered.add(place);
    return gain;
  });
}

it.each([
  ['run', 15],
  ['run', 60],
  ['walk', 120],
  ['car', 25],
] as const)('the best spots by %s in %i s gain what a look at every junction says', (mode, seconds) => {
  const coverage = new Coverage(streets, places, 1);
  coverage.update(moversOf(emptyWorld(), epochMs(0), [], ageLimitsOf({})), 0);
  const found = new Candidates(coverage, mode, seconds, () => true).best(coverage, 0, 0, 3);
  const [first, ...later] = found.map(({ gain }) => gain);
  const [plainFirst, ...plainLater] = plainGains(mode, seconds, 3);
  expect(first).toBe(plainFirst);
  // Of spots that gain the same another may be taken, and what is left for the next is another then.
  for (const [index, gain] of later.entries())
    expect(Math.abs(gain / (plainLater[index] ?? 0) - 1)).toBeLessThan(0.1);
});
