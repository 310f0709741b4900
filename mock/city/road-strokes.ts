import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { at, between, distance, lengthOf, type Point } from './plane.ts';
import type { StreetPlan } from './plan-faces.ts';

/** A street as people see it: one line through many junctions. */
export interface Stroke {
  readonly roadClass: RoadClass;
  readonly name: string;
  readonly points: readonly Point[];
}

/** From where a road meets the foot of a motorway's bank or the shore, which it does not cross. */
const SHORT_OF_MOTORWAY = 34;
const SHORT_OF_EDGE = 14;

/**
 * Joins the plan's edges to long streets: at each vertex, edges of the same class and name that run on into
 * each other most straightly become one. Motorways pass over all other roads and share no point with them but
 * where a ramp begins.
 */
export function strokesOf(plan: StreetPlan): Stroke[] {
  const { graph, lines } = plan;
  const isRoad = (edge: number): boolean =>
    graph.has(edge) && at(lines, at(graph.edges, edge).line).role === 'road';
  const isMotorway = (edge: number): boolean =>
    at(lines, at(graph.edges, edge).line).roadClass === 'motorway';
  const onward = continuations(plan, isRoad);
  const used = new Set<number>();
  const strokes: Stroke[] = [];
  for (let first = 0; first < graph.edges.length; first += 1) {
    if (used.has(first) || !isRoad(first)) continue;
    used.add(first);
    const { a, b, line } = at(graph.edges, first);
    const run = (edge: number, vertex: number): number[] => {
      const passed: number[] = [];
      let here = vertex;
      let next = onward.get(halfOf(plan, edge, here));
      while (next !== undefined && !used.has(next)) {
        used.add(next);
        here = graph.otherEnd(next, here);
        passed.push(here);
        next = onward.get(halfOf(plan, next, here));
      }
      return passed;
    };
    const ahead = run(first, b);
    const back = run(first, a);
    const vertices = [...back.toReversed(), a, b, ...ahead];
    const { roadClass, name } = at(lines, line);
    const motorway = roadClass === 'motorway';
    const kept = motorway
      ? vertices.filter((vertex, index) => {
          const isEnd = index === 0 || index === vertices.length - 1;
          return isEnd || graph.edgesAt(vertex).every(isMotorway);
        })
      : vertices;
    let points: readonly Point[] = kept.map((vertex) => at(graph.points, vertex));
    if (!motorway) {
      const shortBy = (vertex: number): number => {
        const around = graph.edgesAt(vertex);
        if (around.filter((edge) => isRoad(edge) && !isMotorway(edge)).length > 1) return 0;
        if (around.some((edge) => isRoad(edge) && isMotorway(edge))) return SHORT_OF_MOTORWAY;
        return around.length > 1 ? SHORT_OF_EDGE : 0;
      };
      points = shortened(points, shortBy(at(vertices, -1)));
      points = shortened(points.toReversed(), shortBy(at(vertices, 0))).toReversed();
    }
    strokes.push({ roadClass, name, points });
  }
  return strokes;
}

/** For each end of each edge: the edge that continues it. */
function continuations({ graph, lines }: StreetPlan, isRoad: (edge: number) => boolean): Map<number, number> {
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
  return onward;
}

const halfOf = ({ graph }: StreetPlan, edge: number, vertex: number): number =>
  edge * 2 + (at(graph.edges, edge).a === vertex ? 0 : 1);

/** The line without its last metres, at most without its last segment. */
function shortened(points: readonly Point[], by: number): readonly Point[] {
  const last = at(points, -1);
  const before = at(points, -2);
  const length = distance(before, last);
  if (by === 0 || lengthOf(points) < by * 2) return points;
  if (length > by * 1.2) return [...points.slice(0, -1), between(before, last, 1 - by / length)];
  return points.length > 2 ? points.slice(0, -1) : points;
}

/** How far, in radians, one turns on the way a → b → c. */
function bendOf(a: Point, b: Point, c: Point): number {
  const inX = b.x - a.x;
  const inY = b.y - a.y;
  const outX = c.x - b.x;
  const outY = c.y - b.y;
  return Math.abs(Math.atan2(inX * outY - inY * outX, inX * outX + inY * outY));
}
