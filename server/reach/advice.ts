import { latOf, lngOf } from '@maplewall/shared/geo/local-plane.ts';
import type { OnStreet } from '@maplewall/shared/geo/nearest-street.ts';
import { LeastFirst } from '@maplewall/shared/geo/least-first.ts';
import { groundCosts, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import type { Coverage, Mover } from './coverage.ts';
import { FIRST_POST, isPost, NO_POST } from './movers.ts';
import { ReachedPlaces } from './reached-places.ts';
import type { Streets } from './streets.ts';

/** A spot where one more would add most to what those before it cover. */
export interface AdvisedSpot {
  readonly lng: number;
  readonly lat: number;
  /** What would be covered besides, in the weight asked for: buildings, places or incidents of a year. */
  readonly gain: number;
}

/** A post, and what nobody else covers. */
export interface LonePost {
  readonly post: number;
  readonly loss: number;
}

/** Two posts, and the part of the smaller one's places that the other covers as well. */
export interface TwinPosts {
  readonly posts: readonly [number, number];
  readonly shared: number;
}

/** Posts that share less than half of their places are no twins. */
const TWIN_SHARE = 0.5;

/** Where somebody could be put: the junctions and ends of streets, with what is reached from each. */
export class Candidates {
  readonly #streets: Streets;
  readonly #nodes: readonly number[];
  readonly #reached: readonly Uint32Array[];

  /** @param seconds from setting out to arrival · @param isInside whether a spot may be advised at all */
  constructor(
    coverage: Coverage,
    mode: TravelMode,
    seconds: number,
    isInside: (lng: number, lat: number) => boolean,
  ) {
    const { streets, places } = coverage;
    this.#streets = streets;
    const finder = new ReachedPlaces(streets, places);
    const nodes: number[] = [];
    const reached: Uint32Array[] = [];
    const { plane, nodeX } = streets.graph;
    const costs = groundCosts(streets.graph, 'onFoot', streets.speeds);
    for (let node = 0; node < nodeX.length; node++) {
      const at = atNode(streets, costs, node);
      if (at === undefined || !isInside(lngOf(plane, at.x), latOf(plane, at.y))) continue;
      const found = finder.from(at, mode, seconds).places;
      if (found.length === 0) continue;
      nodes.push(node);
      reached.push(found);
    }
    this.#nodes = nodes;
    this.#reached = reached;
  }

  /**
   * The `count` spots that add most, best first: each time the one with the greatest gain is taken. Gains only shrink as more is
   * covered, so a gain that was worked out earlier is an upper bound, and most spots are never looked at again
   * (Minoux 1978); and for the same reason the whole is at least 1 − 1/e, 63 %, of the best there is (Nemhauser, Wolsey and Fisher 1978).
   */
  best(
    { places, reachedBy }: Coverage,
    horizon: number,
    weight: number,
    count: number,
  ): readonly AdvisedSpot[] {
    const isCovered = Uint8Array.from(reachedBy[horizon] ?? [], (by) => (by > 0 ? 1 : 0));
    const gainOf = (candidate: number): number => {
      let gain = 0;
      for (const place of this.#reached[candidate] ?? [])
        if (isCovered[place] === 0 && places.weight[place] === weight) gain += places.counts[place] ?? 0;
      return gain;
    };
    const queue = new LeastFirst();
    for (let candidate = 0; candidate < this.#nodes.length; candidate++) {
      const gain = gainOf(candidate);
      if (gain > 0) queue.put(candidate, -gain);
    }
    const { plane, nodeX, nodeY } = this.#streets.graph;
    const found: AdvisedSpot[] = [];
    for (let next = queue.take(); next !== undefined && found.length < count; next = queue.take()) {
      const gain = gainOf(next);
      if (gain === 0) continue;
      if (-gain > queue.leastCost) {
        queue.put(next, -gain);
        continue;
      }
      for (const place of this.#reached[next] ?? []) isCovered[place] = 1;
      const node = this.#nodes[next] ?? 0;
      found.push({ lng: lngOf(plane, nodeX[node] ?? 0), lat: latOf(plane, nodeY[node] ?? 0), gain });
    }
    return found;
  }
}

/** A node as a point on one of its streets that people walk on; undefined where there is none. */
function atNode({ graph }: Streets, costs: Float64Array, node: number): OnStreet | undefined {
  const { firstEdge, edgeTo, edgeMetres, nodeX, nodeY } = graph;
  for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge++)
    if (costs[edge] !== Infinity)
      return {
        edge,
        a: node,
        b: edgeTo[edge] ?? 0,
        part: 0,
        x: nodeX[node] ?? 0,
        y: nodeY[node] ?? 0,
        edgeMetres: edgeMetres[edge] ?? 0,
        offMetres: 0,
      };
  return undefined;
}

/** The movers of each post that is held: the post itself, and those of its holders who are seen. They leave together. */
export function moversOfPosts(movers: Iterable<Mover>): ReadonlyMap<number, readonly Mover[]> {
  const found = new Map<number, Mover[]>();
  for (const mover of movers) {
    if (mover.post === NO_POST) continue;
    const own = found.get(mover.post);
    if (own === undefined) found.set(mover.post, [mover]);
    else own.push(mover);
  }
  return found;
}

/** The places that some of these movers reach in time, and by how many of them. */
export function reachedByAll(movers: readonly Mover[], horizon: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { reached, counted } of movers)
    for (const place of reached.places.subarray(0, counted[horizon] ?? 0))
      found.set(place, (found.get(place) ?? 0) + 1);
  return found;
}

/** Posts by what nobody would cover if they were left, the greatest hole first. */
export function lonePosts(coverage: Coverage, horizon: number, weight: number): readonly LonePost[] {
  const { places, reachedBy, movers } = coverage;
  const found: LonePost[] = [];
  for (const [post, own] of moversOfPosts(movers.values())) {
    let loss = 0;
    for (const [place, by] of reachedByAll(own, horizon))
      if (places.weight[place] === weight && reachedBy[horizon]?.[place] === by)
        loss += places.counts[place] ?? 0;
    if (loss > 0) found.push({ post, loss });
  }
  return found.toSorted((a, b) => b.loss - a.loss);
}

/** Pairs of posts that cover the same, those that share most first. */
export function twinPosts({ movers }: Coverage, horizon: number): readonly TwinPosts[] {
  const postsAt = new Map<number, number[]>();
  const sizes = new Map<number, number>();
  for (const { key, reached, counted } of movers.values()) {
    if (!isPost(key)) continue;
    const own = reached.places.subarray(0, counted[horizon] ?? 0);
    sizes.set(key, own.length);
    for (const place of own) {
      const there = postsAt.get(place);
      if (there === undefined) postsAt.set(place, [key]);
      else there.push(key);
    }
  }
  const shared = new Map<string, { readonly pair: readonly [number, number]; count: number }>();
  for (const posts of postsAt.values())
    for (const [index, one] of posts.entries())
      for (const other of posts.slice(index + 1)) {
        const pair: readonly [number, number] = one < other ? [one, other] : [other, one];
        const name = pair.join(' ');
        const known = shared.get(name);
        if (known === undefined) shared.set(name, { pair, count: 1 });
        else known.count += 1;
      }
  return [...shared.values()]
    .map(({ pair: [one, other], count }): TwinPosts => ({
      posts: [one - FIRST_POST, other - FIRST_POST],
      shared: count / Math.max(1, Math.min(sizes.get(one) ?? 0, sizes.get(other) ?? 0)),
    }))
    .filter(({ shared: share }) => share >= TWIN_SHARE)
    .toSorted((a, b) => b.shared - a.shared);
}
