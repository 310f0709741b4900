import type { Random } from '../seeded-random.ts';
import { at, between, crossing, distance, lengthOf, turn, type Point } from './plane.ts';
import type { PlanarGraph } from './planar-graph.ts';
import { areaOf, centreOf, contains, perimeterOf, pointInside, type Ring } from './ring.ts';
import type { StreetField } from './street-field.ts';
import {
  spanOf,
  startAtJunction,
  startInside,
  traceStreet,
  type Ground,
  type Hit,
  type Path,
} from './trace-street.ts';
import { ZONE_KINDS, type ZoneKind } from './zone-plans.ts';

/** What the splitting asks of its surroundings. */
export interface SplitPlan {
  readonly graph: PlanarGraph;
  readonly field: StreetField;
  readonly random: Random;
  kindAt(point: Point): ZoneKind;
  /** Whether one may turn from this edge into a street. */
  isStreet(edge: number): boolean;
  /** A new line number for a street through a cell of so many square metres. */
  newStreet(kind: ZoneKind, cellArea: number): number;
}

interface Cell {
  readonly ring: readonly number[];
  /** The area at which it stays whole. */
  readonly wanted: number;
}

/**
 * Divides areas by streets until every block has the size of its zone. Each street runs from side to side of
 * its cell along the field, and ends where a street of the cell beyond begins if one is near: so streets go
 * on through crossroads in regular zones and make T junctions in old ones.
 */
export function splitCells(rings: readonly (readonly number[])[], plan: SplitPlan): void {
  let open: Cell[] = rings.map((ring) => ({ ring, wanted: wantedArea(plan, ring) }));
  while (open.length > 0) {
    const next: Cell[] = [];
    open.sort((one, two) => two.ring.length - one.ring.length || at(one.ring, 0) - at(two.ring, 0));
    for (const cell of open) {
      const halves = splitOnce(plan, cell);
      if (halves !== undefined)
        for (const ring of halves) next.push({ ring, wanted: wantedArea(plan, ring) });
    }
    open = next;
  }
}

const ringPoints = (graph: PlanarGraph, ring: readonly number[]): Point[] =>
  ring.map((vertex) => at(graph.points, vertex));

function wantedArea(plan: SplitPlan, ring: readonly number[]): number {
  const points = ringPoints(plan.graph, ring);
  const { hectares } = ZONE_KINDS[plan.kindAt(pointInside(points))];
  return hectares * 10_000 * plan.random.between(0.75, 1.7);
}

function splitOnce(plan: SplitPlan, cell: Cell): readonly (readonly number[])[] | undefined {
  const { graph, random } = plan;
  const corners = graph.refreshed(cell.ring);
  const ring = ringPoints(graph, corners);
  const area = areaOf(ring);
  if (area < cell.wanted * 1.45) return undefined;
  const ground: Ground = {
    ring,
    field: plan.field,
    isJunction: (corner) => graph.edgesAt(at(corners, corner)).length > 2,
  };
  const thickness = (2 * area) / perimeterOf(ring);
  if (thickness < 26) return undefined;
  const kind = plan.kindAt(pointInside(ring));
  const centre = centreOf(ring);
  const field = plan.field.angleAt(centre);
  const spans = [field, field + Math.PI / 2].map((axis) => spanOf(ring, axis));
  const [first, second] = at(spans, 0).length >= at(spans, 1).length ? spans : spans.toReversed();
  for (const [axisIndex, span] of [first, second].entries()) {
    if (span === undefined) continue;
    // A cell that is far too large, and of an odd shape, is worth more patience.
    const tries = (axisIndex === 0 ? 7 : 3) + (area > cell.wanted * 5 ? 20 : 0);
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const start =
        attempt < 3 && random.chance(ZONE_KINDS[kind].aligned)
          ? startAtJunction(ground, span)
          : startInside(ring, span, 0.5 + random.between(-0.12, 0.12) * Math.min(3.6, 1 + attempt * 0.3));
      if (start === undefined) continue;
      const path = traceStreet(ground, start, span.axis + Math.PI / 2, ZONE_KINDS[kind].bend, cell.wanted);
      if (path === undefined || !isGood(plan, corners, ring, path, cell.wanted)) continue;
      return cut(plan, corners, path, plan.newStreet(kind, area));
    }
  }
  return undefined;
}

function isGood(
  plan: SplitPlan,
  corners: readonly number[],
  ring: Ring,
  path: Path,
  wanted: number,
): boolean {
  const { from, to, points } = path;
  const count = ring.length;
  if (from.corner !== undefined && from.corner === to.corner) return false;
  if (from.side === to.side && (from.corner === undefined || to.corner === undefined)) return false;
  const sidesOf = (hit: Hit): number[] =>
    hit.corner === undefined ? [hit.side] : [hit.side, (hit.side + count - 1) % count];
  const streetAt = (hit: Hit): boolean =>
    sidesOf(hit).some((side) => {
      const edge = plan.graph.edgeBetween(at(corners, side), at(corners, (side + 1) % count));
      return edge !== undefined && plan.isStreet(edge);
    });
  if (!streetAt(from) && !streetAt(to)) return false;
  if (!meetsWell(ring, sidesOf(from), at(points, 0), at(points, 1))) return false;
  if (!meetsWell(ring, sidesOf(to), at(points, -1), at(points, -2))) return false;
  if (lengthOf(points) < 24 || !staysInside(ring, path)) return false;
  const halves = halvesOf(ring, path, points);
  return halves.every((half) => {
    const area = areaOf(half);
    return area > wanted * 0.3 && (2 * area) / perimeterOf(half) > 11;
  });
}

/** Whether the street leaves every side there at 38 degrees or more. */
function meetsWell(ring: Ring, sides: readonly number[], end: Point, inner: Point): boolean {
  return sides.every((side) => {
    const a = at(ring, side);
    const b = at(ring, (side + 1) % ring.length);
    const sine = Math.abs(turn(a, b, { x: a.x + inner.x - end.x, y: a.y + inner.y - end.y }));
    return sine > 0.61 * distance(a, b) * distance(end, inner);
  });
}

function staysInside(ring: Ring, { from, to, points }: Path): boolean {
  for (let index = 1; index < points.length; index += 1) {
    const a = at(points, index - 1);
    const b = at(points, index);
    if (!contains(ring, between(a, b, 0.5))) return false;
    for (let side = 0; side < ring.length; side += 1) {
      if (index === 1 && touches(ring.length, from, side)) continue;
      if (index === points.length - 1 && touches(ring.length, to, side)) continue;
      if (crossing(a, b, at(ring, side), at(ring, (side + 1) % ring.length)) !== undefined) return false;
    }
    for (let other = 1; other < index - 1; other += 1)
      if (crossing(a, b, at(points, other - 1), at(points, other)) !== undefined) return false;
  }
  return true;
}

const touches = (count: number, hit: Hit, side: number): boolean =>
  hit.side === side || (hit.corner !== undefined && (side + 1) % count === hit.corner);

/** The two areas on both sides of the path, as lists made of the ring's items and the path's. */
function halvesOf<T>(ring: readonly T[], { from, to }: Path, path: readonly T[]): readonly [T[], T[]] {
  const count = ring.length;
  const collect = (start: Hit, end: Hit): T[] => {
    const items: T[] = [];
    // A side of its own ends at the corner after it; at a corner the next one follows.
    let index = (start.side + 1) % count;
    const stop = end.side;
    for (let guard = 0; guard <= count; guard += 1) {
      if (end.corner !== undefined && index === end.corner) break;
      items.push(at(ring, index));
      if (end.corner === undefined && index === stop) break;
      index = (index + 1) % count;
    }
    return items;
  };
  return [
    [...path.toReversed(), ...collect(from, to)],
    [...path, ...collect(to, from)],
  ];
}

/** Draws the street and gives both halves as rings of vertices. */
function cut(
  plan: SplitPlan,
  corners: readonly number[],
  path: Path,
  line: number,
): readonly (readonly number[])[] {
  const { graph } = plan;
  const vertexOf = (hit: Hit): number => {
    if (hit.corner !== undefined) return at(corners, hit.corner);
    const edge = graph.edgeBetween(at(corners, hit.side), at(corners, (hit.side + 1) % corners.length));
    if (edge === undefined) throw new Error('a side of the ring is no edge');
    return graph.cutEdge(edge, hit.point);
  };
  const first = vertexOf(path.from);
  const last = vertexOf(path.to);
  const vertices = [first, ...path.points.slice(1, -1).map((point) => graph.addFree(point)), last];
  for (let index = 1; index < vertices.length; index += 1)
    graph.join(at(vertices, index - 1), at(vertices, index), line);
  return halvesOf(corners, path, vertices);
}
