import { at, type Point } from './plane.ts';
import type { PlanarGraph } from './planar-graph.ts';
import { areaOf } from './ring.ts';

/** An area that edges enclose: its corners counter-clockwise, and the edge from each corner to the next. */
export interface Face {
  readonly corners: readonly number[];
  readonly edges: readonly number[];
}

export const ringOf = (graph: PlanarGraph, { corners }: Face): Point[] =>
  corners.map((corner) => at(graph.points, corner));

/**
 * The areas between the edges. Dead ends, and edges with the same area on both sides, enclose nothing
 * and are left out; so are loose parts that hang together with nothing.
 */
export function facesOf(graph: PlanarGraph): Face[] {
  const alive = new Set<number>();
  for (let edge = 0; edge < graph.edges.length; edge += 1) if (graph.has(edge)) alive.add(edge);
  for (;;) {
    dropDeadEnds(graph, alive);
    dropLooseParts(graph, alive);
    const faces = trace(graph, alive);
    const left = new Map<number, number>();
    const twice = new Set<number>();
    for (const [index, face] of faces.entries())
      for (const edge of face.edges) {
        if (left.get(edge) === index) twice.add(edge);
        left.set(edge, index);
      }
    if (twice.size === 0) return faces.filter((face) => areaOf(ringOf(graph, face)) > 0);
    for (const edge of twice) alive.delete(edge);
  }
}

function dropDeadEnds(graph: PlanarGraph, alive: Set<number>): void {
  const degree = new Map<number, number>();
  const ends: number[] = [];
  const count = (vertex: number, by: number): void => {
    const now = (degree.get(vertex) ?? 0) + by;
    degree.set(vertex, now);
    if (by < 0 && now === 1) ends.push(vertex);
  };
  for (const edge of alive) {
    count(at(graph.edges, edge).a, 1);
    count(at(graph.edges, edge).b, 1);
  }
  for (const [vertex, now] of degree) if (now === 1) ends.push(vertex);
  for (let vertex = ends.pop(); vertex !== undefined; vertex = ends.pop()) {
    const edge = graph.edgesAt(vertex).find((candidate) => alive.has(candidate));
    if (edge === undefined) continue;
    alive.delete(edge);
    count(vertex, -1);
    count(graph.otherEnd(edge, vertex), -1);
  }
}

function dropLooseParts(graph: PlanarGraph, alive: Set<number>): void {
  const seen = new Set<number>();
  let largest: number[] = [];
  for (const first of alive) {
    if (seen.has(first)) continue;
    seen.add(first);
    const part = [first];
    for (const edge of part) {
      const { a, b } = at(graph.edges, edge);
      for (const vertex of [a, b])
        for (const next of graph.edgesAt(vertex))
          if (alive.has(next) && !seen.has(next)) {
            seen.add(next);
            part.push(next);
          }
    }
    if (part.length > largest.length) largest = part;
  }
  alive.clear();
  for (const edge of largest) alive.add(edge);
}

function trace(graph: PlanarGraph, alive: ReadonlySet<number>): Face[] {
  const order = new Map<number, number[]>();
  const sortedAt = (vertex: number): number[] => {
    const known = order.get(vertex);
    if (known !== undefined) return known;
    const here = at(graph.points, vertex);
    const angleOf = (edge: number): number => {
      const there = at(graph.points, graph.otherEnd(edge, vertex));
      return Math.atan2(there.y - here.y, there.x - here.x);
    };
    const sorted = graph
      .edgesAt(vertex)
      .filter((edge) => alive.has(edge))
      .map((edge) => ({ edge, angle: angleOf(edge) }))
      .sort((one, two) => one.angle - two.angle)
      .map(({ edge }) => edge);
    order.set(vertex, sorted);
    return sorted;
  };
  const seen = new Set<number>();
  const faces: Face[] = [];
  for (const first of alive)
    for (const start of [at(graph.edges, first).a, at(graph.edges, first).b]) {
      let vertex = start;
      let edge = first;
      const corners: number[] = [];
      const edges: number[] = [];
      for (;;) {
        const half = edge * 2 + (at(graph.edges, edge).a === vertex ? 0 : 1);
        if (seen.has(half)) break;
        seen.add(half);
        corners.push(vertex);
        edges.push(edge);
        vertex = graph.otherEnd(edge, vertex);
        const around = sortedAt(vertex);
        edge = at(around, (around.indexOf(edge) + around.length - 1) % around.length);
      }
      if (corners.length > 0) faces.push({ corners, edges });
    }
  return faces;
}
