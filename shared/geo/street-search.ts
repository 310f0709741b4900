import { LeastFirst } from './least-first.ts';
import type { OnStreet } from './nearest-street.ts';
import type { StreetGraph } from './street-graph.ts';

/** Where a search begins, and what it cost to get there. */
export interface Start {
  readonly at: OnStreet;
  readonly cost: number;
}

/**
 * Costs along the streets from one place (or several) to everything within a limit: Dijkstra, stopped at the limit. What
 * an edge costs is given, metres or seconds; Infinity bars it. It keeps its columns, so it does one search at a time, and
 * what it found stands until the next.
 */
export class StreetSearch {
  readonly graph: StreetGraph;
  readonly edgeCost: Float64Array;
  /** Nodes reached by the last search, cheapest first: those below `reachedCount`. */
  readonly reached: Uint32Array;
  reachedCount = 0;
  readonly #cost: Float64Array;
  /** The search in which `cost` of a node was written. */
  readonly #search: Uint32Array;
  readonly #isReached: Uint32Array;
  /** The node before each on the cheapest way; -1 where the way begins. */
  readonly #via: Int32Array;
  readonly #open = new LeastFirst();
  #searches = 0;
  #starts: readonly Start[] = [];
  #limit = 0;

  constructor(graph: StreetGraph, edgeCost: Float64Array) {
    const nodes = graph.nodeX.length;
    this.graph = graph;
    this.edgeCost = edgeCost;
    this.reached = new Uint32Array(nodes);
    this.#cost = new Float64Array(nodes);
    this.#search = new Uint32Array(nodes);
    this.#isReached = new Uint32Array(nodes);
    this.#via = new Int32Array(nodes);
  }

  get starts(): readonly Start[] {
    return this.#starts;
  }

  get limit(): number {
    return this.#limit;
  }

  run(starts: readonly Start[], limit: number): void {
    this.#searches += 1;
    this.#starts = starts;
    this.#limit = limit;
    this.reachedCount = 0;
    this.#open.clear();
    for (const { at, cost } of starts) {
      const edgeCost = this.edgeCost[at.edge] ?? Infinity;
      // On a barred street nobody gets anywhere; 0 × Infinity would be no number.
      if (edgeCost === Infinity) continue;
      this.#reach(at.a, cost + at.part * edgeCost, -1);
      this.#reach(at.b, cost + (1 - at.part) * edgeCost, -1);
    }
    const { firstEdge, edgeTo } = this.graph;
    const { edgeCost, reached } = this;
    const costs = this.#cost;
    const isReached = this.#isReached;
    const open = this.#open;
    const searches = this.#searches;
    let count = 0;
    for (let node = open.take(); node !== undefined; node = open.take()) {
      if (isReached[node] === searches) continue;
      isReached[node] = searches;
      reached[count++] = node;
      const cost = costs[node] ?? 0;
      const last = firstEdge[node + 1] ?? 0;
      for (let edge = firstEdge[node] ?? 0; edge < last; edge++)
        this.#reach(edgeTo[edge] ?? 0, cost + (edgeCost[edge] ?? Infinity), node);
    }
    this.reachedCount = count;
  }

  /** What it costs to reach a node; Infinity beyond the limit. */
  costAt(node: number): number {
    return this.#isReached[node] === this.#searches ? (this.#cost[node] ?? Infinity) : Infinity;
  }

  /** What it costs to reach a point on a street, from either end or along the street itself; Infinity beyond the limit. */
  costOf({ edge, a, b, part }: OnStreet): number {
    const edgeCost = this.edgeCost[edge] ?? Infinity;
    if (edgeCost === Infinity) return Infinity;
    let least = Math.min(this.costAt(a) + part * edgeCost, this.costAt(b) + (1 - part) * edgeCost);
    for (const { at, cost } of this.#starts) {
      if (at.edge === edge) least = Math.min(least, cost + Math.abs(at.part - part) * edgeCost);
    }
    return least <= this.#limit ? least : Infinity;
  }

  /** The cheapest way from a point on a street to the (first) start: x, y, x, y …; empty beyond the limit. */
  wayFrom(from: OnStreet): readonly number[] {
    const least = this.costOf(from);
    const [start] = this.#starts;
    if (least === Infinity || start === undefined) return [];
    const whole = this.edgeCost[from.edge] ?? 0;
    const ends = [
      { node: from.a, cost: this.costAt(from.a) + from.part * whole },
      { node: from.b, cost: this.costAt(from.b) + (1 - from.part) * whole },
    ];
    const first = ends.find(({ cost }) => cost <= least);
    const way = [from.x, from.y];
    for (let node = first?.node ?? -1; node >= 0; node = this.#via[node] ?? -1)
      way.push(this.graph.nodeX[node] ?? 0, this.graph.nodeY[node] ?? 0);
    way.push(start.at.x, start.at.y);
    return way;
  }

  #reach(node: number, cost: number, via: number): void {
    if (!(cost <= this.#limit)) return;
    if (this.#search[node] === this.#searches && (this.#cost[node] ?? 0) <= cost) return;
    this.#search[node] = this.#searches;
    this.#cost[node] = cost;
    this.#via[node] = via;
    this.#open.put(node, cost);
  }
}
