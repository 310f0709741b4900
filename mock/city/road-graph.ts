import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { LeastFirst } from './least-first.ts';

export interface RoadEdge {
  readonly from: number;
  readonly to: number;
  readonly roadClass: RoadClass;
  readonly name: string;
  readonly metres: number;
  /** Degrees, [lng, lat], with both ends, from `from` to `to`. */
  readonly line: readonly (readonly [number, number])[];
}

/** A way along roads; `metresAt` says for each point how far along it lies. */
export interface Route {
  readonly line: readonly (readonly [number, number])[];
  readonly metresAt: readonly number[];
  readonly metres: number;
}

/** How one moves: on foot every way is as fast, on wheels wide roads are and paths are none. */
export type Travel = 'foot' | 'wheels';

const METRES_PER_SECOND: Readonly<Record<RoadClass, number>> = {
  motorway: 26,
  arterial: 14,
  street: 10,
  lane: 6,
  path: 1.4,
};
const FASTEST = 26;
/** Nothing on wheels takes a path unless there is no other way. */
const PATH_ON_WHEELS = 0.5;

/** Degrees per cell of the index of nodes: some 300 metres. */
const CELL = 0.003;
const METRES_PER_DEGREE = 111_195;

/** The roads of a pack as nodes and edges: lines are joined where they have a point in common. */
export class RoadGraph {
  readonly nodes: readonly (readonly [number, number])[];
  readonly edges: readonly RoadEdge[];
  /** For each node its edges; an edge may be taken both ways. */
  readonly around: readonly (readonly number[])[];
  readonly #cells = new Map<string, number[]>();
  readonly #east: number;

  constructor(nodes: readonly (readonly [number, number])[], edges: readonly RoadEdge[]) {
    this.nodes = nodes;
    this.edges = edges;
    const around = nodes.map((): number[] => []);
    for (const [index, { from, to }] of edges.entries()) {
      around[from]?.push(index);
      if (to !== from) around[to]?.push(index);
    }
    this.around = around;
    this.#east = Math.cos(((nodes[0]?.[1] ?? 0) * Math.PI) / 180);
    for (const node of mainPart(around, edges)) {
      const [lng, lat] = this.#node(node);
      const key = cellOf(lng, lat);
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [node]);
      else cell.push(node);
    }
  }

  /**
   * The nearest node from which all others of the city can be reached.
   * @throws when the graph has no node
   */
  nearestNode(lng: number, lat: number): number {
    for (let reach = 1; reach < 400; reach *= 2) {
      let best = -1;
      let nearest = Number.POSITIVE_INFINITY;
      for (let column = -reach; column <= reach; column += 1)
        for (let row = -reach; row <= reach; row += 1)
          for (const node of this.#cells.get(cellOf(lng + column * CELL, lat + row * CELL)) ?? []) {
            const away = this.#metres(this.#node(node), [lng, lat]);
            if (away < nearest) {
              nearest = away;
              best = node;
            }
          }
      // What lies outside the square looked through can be nearer than a corner of it.
      if (best >= 0 && nearest <= reach * CELL * METRES_PER_DEGREE * this.#east) return best;
    }
    throw new Error('no road is near');
  }

  /** The quickest way between two nodes (A*); undefined where there is none. */
  route(from: number, to: number, travel: Travel): Route | undefined {
    const target = this.#node(to);
    const fastest = travel === 'foot' ? 1 : FASTEST;
    const cost = new Map<number, number>([[from, 0]]);
    const cameBy = new Map<number, number>();
    const done = new Set<number>();
    const open = new LeastFirst<number>();
    open.push(0, from);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === to) return this.#routeBack(from, to, cameBy);
      if (done.has(node)) continue;
      done.add(node);
      for (const index of this.around[node] ?? []) {
        const edge = this.#edge(index);
        const next = edge.from === node ? edge.to : edge.from;
        if (done.has(next)) continue;
        const now = (cost.get(node) ?? 0) + edge.metres / speedOn(edge.roadClass, travel);
        if (now >= (cost.get(next) ?? Number.POSITIVE_INFINITY)) continue;
        cost.set(next, now);
        cameBy.set(next, index);
        open.push(now + this.#metres(this.#node(next), target) / fastest, next);
      }
    }
    return undefined;
  }

  #routeBack(from: number, to: number, cameBy: ReadonlyMap<number, number>): Route {
    const parts: (readonly (readonly [number, number])[])[] = [];
    for (let node = to; node !== from;) {
      const edge = this.#edge(cameBy.get(node) ?? -1);
      parts.push(edge.to === node ? edge.line : edge.line.toReversed());
      node = edge.to === node ? edge.from : edge.to;
    }
    const line: (readonly [number, number])[] = [this.#node(from)];
    for (const part of parts.toReversed()) line.push(...part.slice(1));
    const metresAt = [0];
    let metres = 0;
    for (const [index, point] of line.entries()) {
      const before = line[index - 1];
      if (before === undefined) continue;
      metres += this.#metres(before, point);
      metresAt.push(metres);
    }
    return { line, metresAt, metres };
  }

  #node(node: number): readonly [number, number] {
    const found = this.nodes[node];
    if (found === undefined) throw new RangeError(`no node ${node}`);
    return found;
  }

  #edge(edge: number): RoadEdge {
    const found = this.edges[edge];
    if (found === undefined) throw new RangeError(`no edge ${edge}`);
    return found;
  }

  #metres([lngA, latA]: readonly [number, number], [lngB, latB]: readonly [number, number]): number {
    return METRES_PER_DEGREE * Math.hypot((lngB - lngA) * this.#east, latB - latA);
  }
}

/** Where one is after so many metres of a route, and the way one faces: degrees clockwise from north. */
export function placeOnRoute(
  { line, metresAt, metres }: Route,
  gone: number,
): { readonly lng: number; readonly lat: number; readonly course: number } {
  const wanted = Math.min(metres, Math.max(0, gone));
  let low = 1;
  let high = Math.max(1, line.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((metresAt[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const [lngA, latA] = line[low - 1] ?? [0, 0];
  const [lngB, latB] = line[low] ?? [lngA, latA];
  const start = metresAt[low - 1] ?? 0;
  const length = (metresAt[low] ?? start) - start;
  const share = length === 0 ? 0 : (wanted - start) / length;
  const east = (lngB - lngA) * Math.cos((latA * Math.PI) / 180);
  return {
    lng: lngA + (lngB - lngA) * share,
    lat: latA + (latB - latA) * share,
    course: ((Math.atan2(east, latB - latA) * 180) / Math.PI + 360) % 360,
  };
}

/** Reads the roads of any city pack. */
export async function readRoadGraph(dir: string): Promise<RoadGraph> {
  const json = JSON.parse(await readFile(join(dir, 'roads.geojson'), 'utf8')) as {
    readonly features: readonly RoadFeature[];
  };
  return roadGraphOf(json.features);
}

export interface RoadFeature {
  readonly properties: { readonly class: RoadClass; readonly name?: string };
  readonly geometry:
    | { readonly type: 'LineString'; readonly coordinates: readonly (readonly [number, number])[] }
    | {
        readonly type: 'MultiLineString';
        readonly coordinates: readonly (readonly (readonly [number, number])[])[];
      };
}

export function roadGraphOf(features: readonly RoadFeature[]): RoadGraph {
  const lines = features.flatMap(({ properties, geometry }) =>
    (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates).map((line) => ({
      line,
      roadClass: properties.class,
      name: properties.name ?? '',
    })),
  );
  const passes = new Map<string, number>();
  for (const { line } of lines)
    for (const [index, point] of line.entries()) {
      const isEnd = index === 0 || index === line.length - 1;
      const key = keyOf(point);
      passes.set(key, (passes.get(key) ?? 0) + (isEnd ? 2 : 1));
    }
  const nodes: (readonly [number, number])[] = [];
  const known = new Map<string, number>();
  const nodeAt = (point: readonly [number, number]): number => {
    const key = keyOf(point);
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, nodes.length);
    return nodes.push(point) - 1;
  };
  const edges: RoadEdge[] = [];
  for (const { line, roadClass, name } of lines) {
    const east = Math.cos(((line[0]?.[1] ?? 0) * Math.PI) / 180);
    let part: (readonly [number, number])[] = [];
    let metres = 0;
    for (const point of line) {
      const before = part.at(-1);
      if (before !== undefined)
        metres += METRES_PER_DEGREE * Math.hypot((point[0] - before[0]) * east, point[1] - before[1]);
      part.push(point);
      if (before === undefined || (passes.get(keyOf(point)) ?? 0) < 2) continue;
      const first = part[0] ?? point;
      edges.push({ from: nodeAt(first), to: nodeAt(point), roadClass, name, metres, line: part });
      part = [point];
      metres = 0;
    }
  }
  return new RoadGraph(nodes, edges);
}

const keyOf = ([lng, lat]: readonly [number, number]): string => `${lng.toFixed(6)} ${lat.toFixed(6)}`;
const cellOf = (lng: number, lat: number): string => `${Math.floor(lng / CELL)} ${Math.floor(lat / CELL)}`;

function speedOn(roadClass: RoadClass, travel: Travel): number {
  if (travel === 'foot') return roadClass === 'motorway' ? 0.01 : 1;
  return roadClass === 'path' ? PATH_ON_WHEELS : METRES_PER_SECOND[roadClass];
}

/** The nodes of the largest part that hangs together. */
function mainPart(around: readonly (readonly number[])[], edges: readonly RoadEdge[]): readonly number[] {
  const seen = new Set<number>();
  let largest: number[] = [];
  for (const first of around.keys()) {
    if (seen.has(first)) continue;
    seen.add(first);
    const part = [first];
    for (const node of part)
      for (const index of around[node] ?? []) {
        const edge = edges[index];
        if (edge === undefined) continue;
        const next = edge.from === node ? edge.to : edge.from;
        if (seen.has(next)) continue;
        seen.add(next);
        part.push(next);
      }
    if (part.length > largest.length) largest = part;
  }
  return largest;
}
