import { ROAD_CLASSES, type RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { distance, lengthOf, type FlatMap, type Point } from './flat-map.ts';
import { NodeHeap } from './node-heap.ts';
import { PointGrid } from './point-grid.ts';

export interface Road {
  readonly roadClass: RoadClass;
  readonly name: string;
  /** Lines of [lng, lat]. */
  readonly lines: readonly (readonly (readonly [number, number])[])[];
}

/** How somebody gets about: walkers and e-bikes keep off motorways, cars off paths. */
export type Travel = 'foot' | 'car';

/** Metres a second of a car in ordinary traffic, in the order of ROAD_CLASSES. */
const CAR_SPEEDS: readonly number[] = [19, 11, 8, 5.5, 2];
const MOTORWAY = ROAD_CLASSES.indexOf('motorway');
const PATH = ROAD_CLASSES.indexOf('path');
/** A* looks ahead as if the rest of the way were such a road; dearer guesses would leave good roads untried. */
const CAR_GUESS_METRES_PER_SECOND = 9;

/**
 * Streets as a graph: every vertex of a road is a node, and roads that share a vertex meet there. Edges of node n are
 * `firstEdge[n] … firstEdge[n + 1] − 1`. Works for any city pack.
 */
export class StreetNet {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly firstEdge: Int32Array;
  readonly edgeTo: Int32Array;
  readonly edgeMetres: Float64Array;
  /** Index in ROAD_CLASSES. */
  readonly edgeClass: Uint8Array;
  /** Names of the streets at each node; most have one, junctions more. */
  readonly names: readonly (readonly string[])[];
  /** Nodes from which all others of the largest connected part can be reached. */
  readonly #onFoot: Uint8Array;
  readonly #byCar: Uint8Array;
  readonly #grids: Readonly<Record<Travel, PointGrid>>;
  readonly #cost: Float64Array;
  readonly #cameFrom: Int32Array;
  readonly #seenIn: Int32Array;
  readonly #doneIn: Int32Array;
  #search = 0;
  readonly #heap = new NodeHeap();

  constructor(roads: readonly Road[], map: FlatMap) {
    const built = join(roads, map);
    this.xs = built.xs;
    this.ys = built.ys;
    this.names = built.names;
    this.firstEdge = built.firstEdge;
    this.edgeTo = built.edgeTo;
    this.edgeClass = built.edgeClass;
    this.edgeMetres = built.edgeMetres;
    this.#cost = new Float64Array(this.count);
    this.#cameFrom = new Int32Array(this.count);
    this.#seenIn = new Int32Array(this.count);
    this.#doneIn = new Int32Array(this.count);
    this.#onFoot = this.#largestPart('foot');
    this.#byCar = this.#largestPart('car');
    this.#grids = {
      foot: new PointGrid(this.xs, this.ys, this.#onFoot),
      car: new PointGrid(this.xs, this.ys, this.#byCar),
    };
  }

  get count(): number {
    return this.xs.length;
  }

  node(index: number): Point {
    return { x: this.xs[index] ?? 0, y: this.ys[index] ?? 0 };
  }

  isOpen(edge: number, travel: Travel): boolean {
    return travel === 'foot' ? this.edgeClass[edge] !== MOTORWAY : this.edgeClass[edge] !== PATH;
  }

  isReachable(node: number, travel: Travel): boolean {
    return (travel === 'foot' ? this.#onFoot : this.#byCar)[node] === 1;
  }

  /** Metres a second of a car on this edge in ordinary traffic. */
  carSpeed(edge: number): number {
    return CAR_SPEEDS[this.edgeClass[edge] ?? 0] ?? 5;
  }

  /** The reachable node nearest to a point. */
  nearest(point: Point, travel: Travel): number {
    return this.#grids[travel].nearest(point);
  }

  /** Metres from a point to the nearest street, whatever its class. */
  metresToStreet(point: Point): number {
    let least = Infinity;
    const near = [...this.#grids.foot.within(point, 250), ...this.#grids.car.within(point, 250)];
    for (const node of near)
      for (let edge = this.firstEdge[node] ?? 0; edge < (this.firstEdge[node + 1] ?? 0); edge += 1)
        least = Math.min(least, toLine(point, this.node(node), this.node(this.edgeTo[edge] ?? 0)));
    return least;
  }

  /**
   * The way along the streets (A*), as nodes in their order: the shortest on foot, about the quickest by car.
   * @returns undefined when there is none
   */
  route(from: number, to: number, travel: Travel): readonly number[] | undefined {
    this.#search += 1;
    const search = this.#search;
    const goalX = this.xs[to] ?? 0;
    const goalY = this.ys[to] ?? 0;
    const perMetre = travel === 'foot' ? 1 : 1 / CAR_GUESS_METRES_PER_SECOND;
    const guess = (node: number): number =>
      lengthOf((this.xs[node] ?? 0) - goalX, (this.ys[node] ?? 0) - goalY) * perMetre;
    const heap = this.#heap;
    heap.clear();
    this.#cost[from] = 0;
    this.#seenIn[from] = search;
    this.#cameFrom[from] = -1;
    heap.push(from, guess(from));
    for (let node = heap.pop(); node !== -1; node = heap.pop()) {
      if (node === to) return this.#wayTo(to);
      if (this.#doneIn[node] === search) continue;
      this.#doneIn[node] = search;
      const here = this.#cost[node] ?? 0;
      const end = this.firstEdge[node + 1] ?? 0;
      for (let edge = this.firstEdge[node] ?? 0; edge < end; edge += 1) {
        if (!this.isOpen(edge, travel)) continue;
        const next = this.edgeTo[edge] ?? 0;
        const metres = this.edgeMetres[edge] ?? 0;
        const there = here + (travel === 'foot' ? metres : metres / this.carSpeed(edge));
        if (this.#seenIn[next] === search && there >= (this.#cost[next] ?? 0)) continue;
        this.#seenIn[next] = search;
        this.#cost[next] = there;
        this.#cameFrom[next] = node;
        heap.push(next, there + guess(next));
      }
    }
    return undefined;
  }

  #wayTo(to: number): readonly number[] {
    const way: number[] = [];
    for (let node = to; node !== -1; node = this.#cameFrom[node] ?? -1) way.push(node);
    return way.toReversed();
  }

  #largestPart(travel: Travel): Uint8Array {
    const part = new Int32Array(this.count);
    const sizes = [0];
    for (let start = 0; start < this.count; start += 1) {
      if (part[start] !== 0) continue;
      const number = sizes.length;
      const open = [start];
      part[start] = number;
      let size = 0;
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        size += 1;
        for (let edge = this.firstEdge[node] ?? 0; edge < (this.firstEdge[node + 1] ?? 0); edge += 1) {
          const next = this.edgeTo[edge] ?? 0;
          if (part[next] !== 0 || !this.isOpen(edge, travel)) continue;
          part[next] = number;
          open.push(next);
        }
      }
      sizes.push(size);
    }
    const largest = sizes.indexOf(Math.max(...sizes));
    return Uint8Array.from(part, (number) => (number === largest ? 1 : 0));
  }
}

interface Joined {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly names: readonly (readonly string[])[];
  readonly firstEdge: Int32Array;
  readonly edgeTo: Int32Array;
  readonly edgeClass: Uint8Array;
  readonly edgeMetres: Float64Array;
}

function join(roads: readonly Road[], map: FlatMap): Joined {
  const nodes = new Map<string, number>();
  const points: Point[] = [];
  const names: string[][] = [];
  const pieces: (readonly [number, number, number])[] = [];
  const nodeAt = (lng: number, lat: number): number => {
    const key = `${lng.toFixed(6)},${lat.toFixed(6)}`;
    let node = nodes.get(key);
    if (node === undefined) {
      node = points.length;
      nodes.set(key, node);
      points.push(map.toPoint(lng, lat));
      names.push([]);
    }
    return node;
  };
  for (const { roadClass, name, lines } of roads) {
    const classIndex = ROAD_CLASSES.indexOf(roadClass);
    for (const line of lines) {
      let before = -1;
      for (const [lng, lat] of line) {
        const node = nodeAt(lng, lat);
        if (name !== '' && names[node]?.includes(name) === false) names[node]?.push(name);
        if (before !== -1 && before !== node)
          pieces.push([before, node, classIndex], [node, before, classIndex]);
        before = node;
      }
    }
  }
  pieces.sort((a, b) => a[0] - b[0]);
  const firstEdge = new Int32Array(points.length + 1);
  for (const [from] of pieces) firstEdge[from + 1] = (firstEdge[from + 1] ?? 0) + 1;
  for (let node = 0; node < points.length; node += 1)
    firstEdge[node + 1] = (firstEdge[node + 1] ?? 0) + (firstEdge[node] ?? 0);
  const nowhere: Point = { x: 0, y: 0 };
  return {
    xs: Float64Array.from(points, ({ x }) => x),
    ys: Float64Array.from(points, ({ y }) => y),
    names,
    firstEdge,
    edgeTo: Int32Array.from(pieces, ([, to]) => to),
    edgeClass: Uint8Array.from(pieces, ([, , classIndex]) => classIndex),
    edgeMetres: Float64Array.from(pieces, ([from, to]) =>
      distance(points[from] ?? nowhere, points[to] ?? nowhere),
    ),
  };
}

function toLine(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share =
    square === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / square));
  return lengthOf(point.x - a.x - share * dx, point.y - a.y - share * dy);
}
