import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { at, between, crossing, distance, type Point } from './plane.ts';
import type { PlanarGraph } from './planar-graph.ts';
import { GREAT_ROADS } from './road-plans.ts';
import { smoothLine } from './smooth-line.ts';

export interface GreatRoad {
  readonly name: string;
  readonly roadClass: RoadClass;
  readonly points: readonly Point[];
}

/** Where a motorway can be entered, and the road that leads there. */
export interface Interchange {
  readonly point: Point;
  readonly motorway: string;
  readonly road: string;
}

export const greatRoads = (): GreatRoad[] =>
  GREAT_ROADS.map(({ name, roadClass, line }) => ({ name, roadClass, points: smoothLine(line, 60) }));

/** The crossings of motorways with other great roads that lie nearest to where the plan wants interchanges. */
export function interchangesOf(roads: readonly GreatRoad[]): Interchange[] {
  return GREAT_ROADS.flatMap(({ name, interchanges }) => {
    const motorway = roads.find((road) => road.name === name);
    if (motorway === undefined) return [];
    return (interchanges ?? []).flatMap((wanted) => {
      const found = roads
        .filter(({ roadClass }) => roadClass !== 'motorway')
        .flatMap((road) =>
          crossings(motorway.points, road.points).map((point) => ({ point, road: road.name })),
        )
        .sort((one, two) => distance(one.point, wanted) - distance(two.point, wanted))[0];
      return found === undefined ? [] : [{ ...found, motorway: name }];
    });
  });
}

function crossings(one: readonly Point[], two: readonly Point[]): Point[] {
  const found: Point[] = [];
  for (let i = 1; i < one.length; i += 1)
    for (let j = 1; j < two.length; j += 1) {
      const hit = crossing(at(one, i - 1), at(one, i), at(two, j - 1), at(two, j));
      if (hit !== undefined) found.push(between(at(one, i - 1), at(one, i), hit.first));
    }
  return found;
}

/**
 * Ends every loose road end: where another line lies straight ahead within `reach` metres the road goes on to
 * it, else it is taken back to its last junction. Ends outside the land stay: those roads leave the city.
 */
export function settleEnds(
  graph: PlanarGraph,
  isLand: (point: Point) => boolean,
  reachOf: (line: number) => number,
  isTarget: (edge: number) => boolean,
): void {
  for (let vertex = 0; vertex < graph.points.length; vertex += 1) {
    const [edge, more] = graph.edgesAt(vertex);
    if (edge === undefined || more !== undefined) continue;
    const end = at(graph.points, vertex);
    if (!isLand(end)) continue;
    const { line } = at(graph.edges, edge);
    const before = at(graph.points, graph.otherEnd(edge, vertex));
    const target = ahead(graph, before, end, reachOf(line), isTarget);
    if (target === undefined) takeBack(graph, vertex);
    else graph.draw([end, target], line);
  }
}

function ahead(
  graph: PlanarGraph,
  before: Point,
  end: Point,
  reach: number,
  isTarget: (edge: number) => boolean,
): Point | undefined {
  const length = distance(before, end);
  if (reach === 0 || length === 0) return undefined;
  const far = between(before, end, 1 + reach / length);
  const start = between(before, end, 1 + 1 / length);
  let first = 2;
  let found: Point | undefined;
  for (let edge = 0; edge < graph.edges.length; edge += 1) {
    if (!graph.has(edge) || !isTarget(edge)) continue;
    const { a, b } = at(graph.edges, edge);
    const hit = crossing(start, far, at(graph.points, a), at(graph.points, b));
    if (hit === undefined || hit.first >= first) continue;
    first = hit.first;
    found = between(start, far, hit.first);
  }
  return found;
}

function takeBack(graph: PlanarGraph, end: number): void {
  let vertex = end;
  for (;;) {
    const [edge, more] = graph.edgesAt(vertex);
    if (edge === undefined || more !== undefined) return;
    const next = graph.otherEnd(edge, vertex);
    graph.remove(edge);
    vertex = next;
  }
}
