import { latOf, lngOf } from '@maplewall/shared/geo/local-plane.ts';
import type { OnStreet } from '@maplewall/shared/geo/nearest-street.ts';
import { LeastFirst } from '@maplewall/shared/geo/least-first.ts';
import { groundCosts, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import type { Coverage } from './coverage.ts';
import { ReachedPlaces } from './reached-places.ts';
import type { Streets } from './streets.ts';

/** A spot where one more would add most to what those before it cover. */
export interface AdvisedSpot {
  readonly lng: number;
  readonly lat: number;
  /** What would be covered besides, in the weight asked for: buildings, places or incidents of a year. */
  readonly gain: number;
}

/** Spots so near to one another, as part of the time that there is, form a group. */
const GROUP_PART = 1 / 12;
/** Where groups would be narrower, each spot is looked at by itself: junctions lie hardly nearer to one another. */
const LEAST_GROUP_METRES = 20;

/** Spots near one of them, and all that any of them could reach. */
interface Group {
  readonly spots: readonly number[];
  readonly within: Uint32Array;
}

/**
 * Where somebody could be put: the junctions and ends of streets. Whatever is reached from a spot is reached from its neighbour
 * in a little more time; so what a whole group gains at most takes one search, and of most groups nothing more is ever asked.
 */
export class Candidates {
  readonly #streets: Streets;
  readonly #costs: Float64Array;
  readonly #finder: ReachedPlaces;
  readonly #mode: TravelMode;
  readonly #seconds: number;
  readonly #groups: readonly Group[];
  /** What is reached from each spot that was looked at, by its node. */
  readonly #reached = new Map<number, Uint32Array>();

  /** @param seconds from setting out to arrival · @param isInside whether a spot may be advised at all */
  constructor(
    { streets, places }: Coverage,
    mode: TravelMode,
    seconds: number,
    isInside: (lng: number, lat: number) => boolean,
  ) {
    this.#streets = streets;
    this.#costs = groundCosts(streets.graph, 'onFoot', streets.speeds);
    this.#finder = new ReachedPlaces(streets, places);
    this.#mode = mode;
    this.#seconds = seconds;
    const { plane, nodeX, nodeY } = streets.graph;
    const isSpot = Uint8Array.from(nodeX, (x, node) => {
      const isOnFoot = atNode(streets, this.#costs, node) !== undefined;
      return isOnFoot && isInside(lngOf(plane, x), latOf(plane, nodeY[node] ?? 0)) ? 1 : 0;
    });
    this.#groups = this.#grouped(isSpot);
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
    const { plane, nodeX, nodeY } = this.#streets.graph;
    // Nodes stand in the queue by their number, groups after them.
    const placesOf = (item: number): Uint32Array =>
      this.#groups[item - nodeX.length]?.within ?? this.#reachedFrom(item);
    const gainOf = (item: number): number => {
      let gain = 0;
      for (const place of placesOf(item))
        if (isCovered[place] === 0 && places.weight[place] === weight) gain += places.counts[place] ?? 0;
      return gain;
    };
    const queue = new LeastFirst();
    const put = (item: number): void => {
      const gain = gainOf(item);
      if (gain > 0) queue.put(item, -gain);
    };
    for (const [index, { spots }] of this.#groups.entries())
      put(spots.length === 1 ? (spots[0] ?? 0) : nodeX.length + index);
    const found: AdvisedSpot[] = [];
    for (let next = queue.take(); next !== undefined && found.length < count; next = queue.take()) {
      const gain = gainOf(next);
      if (gain === 0) continue;
      if (-gain > queue.leastCost) {
        queue.put(next, -gain);
        continue;
      }
      const group = this.#groups[next - nodeX.length];
      if (group !== undefined) {
        group.spots.forEach(put);
        continue;
      }
      for (const place of placesOf(next)) isCovered[place] = 1;
      found.push({ lng: lngOf(plane, nodeX[next] ?? 0), lat: latOf(plane, nodeY[next] ?? 0), gain });
    }
    return found;
  }

  #reachedFrom(node: number): Uint32Array {
    const known = this.#reached.get(node);
    if (known !== undefined) return known;
    const at = atNode(this.#streets, this.#costs, node);
    const found =
      at === undefined ? new Uint32Array() : this.#finder.from(at, this.#mode, this.#seconds).places;
    this.#reached.set(node, found);
    return found;
  }

  #grouped(isSpot: Uint8Array): readonly Group[] {
    const { speeds } = this.#streets;
    const apartSeconds = this.#seconds * GROUP_PART;
    const metresPerSecond = this.#mode === 'car' ? speeds.car.street : speeds[this.#mode];
    const isAlone = apartSeconds * metresPerSecond < LEAST_GROUP_METRES;
    const groups: Group[] = [];
    for (let node = 0; node < isSpot.length; node++) {
      if (isSpot[node] === 0) continue;
      const spots = isAlone ? [node] : this.#near(node, apartSeconds).filter((near) => isSpot[near] === 1);
      for (const spot of spots) isSpot[spot] = 0;
      groups.push({ spots, within: spots.length === 1 ? NONE : this.#withinOf(node, apartSeconds) });
    }
    return groups;
  }

  /** The nodes that lie within so many seconds of one, itself among them. */
  #near(node: number, seconds: number): readonly number[] {
    const at = atNode(this.#streets, this.#costs, node);
    if (at === undefined) return [node];
    const { reached, reachedCount } = this.#streets.searchFrom(at, this.#mode, seconds);
    return [...new Set([node, ...reached.subarray(0, reachedCount)])];
  }

  #withinOf(node: number, apartSeconds: number): Uint32Array {
    const at = atNode(this.#streets, this.#costs, node);
    if (at === undefined) return NONE;
    // A little more, so that the last digit of a sum does not lose a place.
    return this.#finder.from(at, this.#mode, this.#seconds + apartSeconds + 0.001).places;
  }
}

const NONE = new Uint32Array();

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
