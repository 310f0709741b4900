import type { RoadClass } from '@maplewall/shared/domain/city.ts';
import { at, type Point } from './plane.ts';
import type { StreetPlan } from './street-plan.ts';

/** A street as people see it: one line through many junctions. */
export interface Stroke {
  readonly roadClass: RoadClass;
  readonly name: string;
  readonly vertices: readonly number[];
}

/**
 * Joins the plan's edges to long streets: at each vertex, edges of the same class and name that run on into
 * each other most straightly become one.
 */
export function strokesOf({ graph, lines }: StreetPlan): Stroke[] {
  const isRoad = (edge: number): boolean => at(lines, at(graph.edges, edge).line).role === 'road';
  /** For each edge and end vertex: the edge that continues it. */
  const onward = new Map<number, number>();
  const key = (edge: number, vertex: number): number =>
    edge * 2 + (at(graph.edges, edge).a === vertex ? 0 : 1);
  for (let vertex = 0; vertex < graph.points.length; vertex += 1) {
    const around = graph.edgesAt(vertex).filter(isRoad);
    const pairs: { one: number; two: number; bend: number }[] = [];
    for (const [index, one] of around.entries())
      for (const two of around.slice(index + 1)) {
        const first = at(lines, at(graph.edges, one).line);
        const second = at(lines, at(graph.edges, two).line);
        if (first.roadClass !== second.roadClass || first.name !== second.name) continue;
        const bend = bendOf(
          at(graph.points, graph.otherEnd(one, vertex)),
          at(graph.points, vertex),
          at(graph.points, graph.otherEnd(two, vertex)),
        );
        if (bend < 0.75 || around.length === 2) pairs.push({ one, two, bend });
      }
    pairs.sort((a, b) => a.bend - b.bend || a.one - b.one);
    for (const { one, two } of pairs) {
      if (onward.has(key(one, vertex)) || onward.has(key(two, vertex))) continue;
      onward.set(key(one, vertex), two);
      onward.set(key(two, vertex), one);
    }
  }
  const used = new Set<number>();
  const strokes: Stroke[] = [];
  for (let first = 0; first < graph.edges.length; first += 1) {
    if (used.has(first) || !isRoad(first)) continue;
    used.add(first);
    const { a, b, line } = at(graph.edges, first);
    const run = (edge: number, vertex: number): number[] => {
      const passed: number[] = [];
      let here = vertex;
      let next = onward.get(key(edge, vertex));
      while (next !== undefined && !used.has(next)) {
        used.add(next);
        here = graph.otherEnd(next, here);
        passed.push(here);
        next = onward.get(key(next, here));
      }
      return passed;
    };
    const ahead = run(first, b);
    const back = run(first, a);
    const { roadClass, name } = at(lines, line);
    strokes.push({ roadClass, name, vertices: [...back.toReversed(), a, b, ...ahead] });
  }
  return strokes;
}

/** How far, in radians, one turns on the way a → b → c. */
function bendOf(a: Point, b: Point, c: Point): number {
  const inX = b.x - a.x;
  const inY = b.y - a.y;
  const outX = c.x - b.x;
  const outY = c.y - b.y;
  return Math.abs(Math.atan2(inX * outY - inY * outX, inX * outX + inY * outY));
}
