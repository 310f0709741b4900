import { LeastFirst } from './least-first.ts';
import { NearestStreet, type OnStreet } from './nearest-street.ts';
import type { StreetGraph } from './street-graph.ts';

/** A way along the streets, in metres of the graph's plane: x, y, x, y … */
export interface Way {
  readonly points: readonly number[];
  readonly metres: number;
}

/**
 * Shortest ways by length in one graph: A* with the distance as the crow flies, which no street undercuts, so the way
 * found is a shortest one. It keeps its working columns, so it does one search at a time.
 */
export class WayFinder {
  readonly #graph: StreetGraph;
  readonly #streets: NearestStreet;
  readonly #cost: Float64Array;
  readonly #via: Int32Array;
  /** The search in which `cost` and `via` of a node were written. */
  readonly #search: Uint32Array;
  readonly #open = new LeastFirst();
  #searches = 0;

  constructor(graph: StreetGraph) {
    this.#graph = graph;
    const nodes = graph.nodeX.length;
    this.#streets = new NearestStreet(graph);
    this.#cost = new Float64Array(nodes);
    this.#via = new Int32Array(nodes);
    this.#search = new Uint32Array(nodes);
  }

  /**
   * The shortest way between the streets nearest to two points of the plane; undefined when one of them has no street
   * within `reachMetres`, or none that leads to the other. The way begins and ends on the streets.
   */
  find(fromX: number, fromY: number, toX: number, toY: number, reachMetres: number): Way | undefined {
    const from = this.#streets.within(fromX, fromY, reachMetres);
    const to = this.#streets.within(toX, toY, reachMetres);
    if (from === undefined || to === undefined) return undefined;
    if (this.#component(from) === this.#component(to)) return this.#between(from, to);
    const [partOfFrom, partOfTo] = [this.#component(from), this.#component(to)];
    const otherFrom = this.#streets.within(fromX, fromY, reachMetres, (part) => part === partOfTo);
    const otherTo = this.#streets.within(toX, toY, reachMetres, (part) => part === partOfFrom);
    const detourAtStart = otherFrom === undefined ? Infinity : otherFrom.offMetres - from.offMetres;
    const detourAtEnd = otherTo === undefined ? Infinity : otherTo.offMetres - to.offMetres;
    if (otherFrom !== undefined && detourAtStart <= detourAtEnd) return this.#between(otherFrom, to);
    return otherTo === undefined ? undefined : this.#between(from, otherTo);
  }

  #x(node: number): number {
    return this.#graph.nodeX[node] ?? 0;
  }

  #y(node: number): number {
    return this.#graph.nodeY[node] ?? 0;
  }

  #component({ a }: OnStreet): number {
    return this.#graph.component[a] ?? 0;
  }

  #between(from: OnStreet, to: OnStreet): Way | undefined {
    const { firstEdge, edgeTo, edgeMetres } = this.#graph;
    this.#searches += 1;
    this.#open.clear();
    this.#reach(from.a, from.part * from.edgeMetres, -1, to);
    this.#reach(from.b, (1 - from.part) * from.edgeMetres, -1, to);
    const isOneStreet = (from.a === to.a && from.b === to.b) || (from.a === to.b && from.b === to.a);
    let least = isOneStreet ? Math.hypot(to.x - from.x, to.y - from.y) : Infinity;
    let last = -1;
    while (this.#open.leastCost < least) {
      const node = this.#open.take();
      if (node === undefined) break;
      const cost = this.#cost[node] ?? 0;
      for (const [end, rest] of [
        [to.a, to.part],
        [to.b, 1 - to.part],
      ] as const) {
        if (node !== end || cost + rest * to.edgeMetres >= least) continue;
        least = cost + rest * to.edgeMetres;
        last = node;
      }
      for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge++)
        this.#reach(edgeTo[edge] ?? 0, cost + (edgeMetres[edge] ?? 0), node, to);
    }
    if (least === Infinity) return undefined;
    const back = [to.y, to.x];
    for (let node = last; node >= 0; node = this.#via[node] ?? -1) back.push(this.#y(node), this.#x(node));
    back.push(from.y, from.x);
    return { points: back.toReversed(), metres: least };
  }

  /** Remembers that a node can be reached so, if that is shorter than what is known. */
  #reach(node: number, cost: number, via: number, to: OnStreet): void {
    if (this.#search[node] === this.#searches && (this.#cost[node] ?? 0) <= cost) return;
    this.#search[node] = this.#searches;
    this.#cost[node] = cost;
    this.#via[node] = via;
    this.#open.put(node, cost + Math.hypot(this.#x(node) - to.x, this.#y(node) - to.y));
  }
}
