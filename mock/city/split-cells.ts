import type { Random } from '../seeded-random.ts';
import { at, between, crossing, distance, lengthOf, turn, type Point } from './plane.ts';
import type { PlanarGraph } from './planar-graph.ts';
import { ZONE_KINDS, type ZoneKind } from './proportions.ts';
import { areaOf, centreOf, contains, perimeterOf, pointInside, type Ring } from './ring.ts';
import { nearestWay, type StreetField } from './street-field.ts';
import { thinned } from './smooth-line.ts';

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

interface Hit {
  /** The side of the ring, from this corner to the next. */
  readonly side: number;
  readonly point: Point;
  /** The corner, where the street ends on one. */
  readonly corner: number | undefined;
}

function splitOnce(plan: SplitPlan, cell: Cell): readonly (readonly number[])[] | undefined {
  const { graph, random } = plan;
  const corners = graph.refreshed(cell.ring);
  const ring = ringPoints(graph, corners);
  const area = areaOf(ring);
  if (area < cell.wanted * 1.45) return undefined;
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
          ? startAtJunction(plan, corners, ring, span)
          : startInside(ring, span, 0.5 + random.between(-0.12, 0.12) * Math.min(3.6, 1 + attempt * 0.3));
      if (start === undefined) continue;
      const path = trace(
        plan,
        corners,
        ring,
        start,
        span.axis + Math.PI / 2,
        ZONE_KINDS[kind].bend,
        cell.wanted,
      );
      if (path === undefined || !isGood(plan, corners, ring, path, cell.wanted)) continue;
      return cut(plan, corners, path, plan.newStreet(kind, area));
    }
  }
  return undefined;
}

interface Span {
  readonly axis: number;
  readonly low: number;
  readonly length: number;
}

function spanOf(ring: Ring, axis: number): Span {
  const cos = Math.cos(axis);
  const sin = Math.sin(axis);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { x, y } of ring) {
    const place = x * cos + y * sin;
    low = Math.min(low, place);
    high = Math.max(high, place);
  }
  return { axis, low, length: high - low };
}

interface Start {
  readonly point: Point;
  /** The corner where the street begins; undefined when it begins inside and runs both ways. */
  readonly corner: number | undefined;
}

/** A corner near the middle of the span from which a street already leaves on the other side. */
function startAtJunction(
  plan: SplitPlan,
  corners: readonly number[],
  ring: Ring,
  span: Span,
): Start | undefined {
  const cos = Math.cos(span.axis);
  const sin = Math.sin(span.axis);
  let best: Start | undefined;
  let nearest = 0.24;
  for (let index = 0; index < ring.length; index += 1) {
    const vertex = at(corners, index);
    if (plan.graph.edgesAt(vertex).length < 3) continue;
    const before = at(ring, (index + ring.length - 1) % ring.length);
    const after = at(ring, (index + 1) % ring.length);
    const here = at(ring, index);
    if (isSharp(before, here, after)) continue;
    const off = Math.abs((here.x * cos + here.y * sin - span.low) / span.length - 0.5);
    if (off < nearest) {
      nearest = off;
      best = { point: here, corner: index };
    }
  }
  return best;
}

/** Whether the ring turns by more than about 40 degrees here, so that a street from here would start in a corner. */
function isSharp(before: Point, here: Point, after: Point): boolean {
  const dot = (here.x - before.x) * (after.x - here.x) + (here.y - before.y) * (after.y - here.y);
  return dot < 0.76 * distance(before, here) * distance(here, after);
}

function startInside(ring: Ring, span: Span, share: number): Start | undefined {
  const place = span.low + span.length * share;
  const cos = Math.cos(span.axis);
  const sin = Math.sin(span.axis);
  const cuts: number[] = [];
  for (let index = 0; index < ring.length; index += 1) {
    const a = at(ring, index);
    const b = at(ring, (index + 1) % ring.length);
    const fromA = a.x * cos + a.y * sin - place;
    const fromB = b.x * cos + b.y * sin - place;
    if (fromA > 0 === fromB > 0) continue;
    const point = between(a, b, fromA / (fromA - fromB));
    cuts.push(point.y * cos - point.x * sin);
  }
  cuts.sort((one, two) => one - two);
  let widest = 0;
  let middle: number | undefined;
  for (let index = 0; index + 1 < cuts.length; index += 2) {
    const width = at(cuts, index + 1) - at(cuts, index);
    if (width <= widest) continue;
    widest = width;
    middle = (at(cuts, index + 1) + at(cuts, index)) / 2;
  }
  if (middle === undefined) return undefined;
  return { point: { x: place * cos - middle * sin, y: place * sin + middle * cos }, corner: undefined };
}

interface Path {
  readonly from: Hit;
  readonly to: Hit;
  /** With both ends. */
  readonly points: readonly Point[];
}

function trace(
  plan: SplitPlan,
  corners: readonly number[],
  ring: Ring,
  start: Start,
  heading: number,
  bend: number,
  wanted: number,
): Path | undefined {
  const snap = Math.min(60, Math.max(13, Math.sqrt(wanted) * 0.2));
  const walk = (way: number): { readonly points: Point[]; readonly hit: Hit } | undefined => {
    const points: Point[] = [start.point];
    let here = start.point;
    let ahead = way;
    const step = Math.min(45, Math.max(12, Math.sqrt(wanted) * 0.3));
    for (let count = 0; count < 300; count += 1) {
      const wish = nearestWay(plan.field.angleAt(here), ahead);
      ahead += (wish - ahead) * bend * 0.5;
      const next = { x: here.x + step * Math.cos(ahead), y: here.y + step * Math.sin(ahead) };
      const hit = firstHit(ring, here, next, count === 0 ? start.corner : undefined);
      if (hit !== undefined) {
        const ended = snapped(plan, corners, ring, hit, snap);
        return { points: pulled([...points, hit.point], ended.point), hit: ended };
      }
      points.push(next);
      here = next;
    }
    return undefined;
  };
  if (start.corner !== undefined) {
    const { corner } = start;
    for (const way of [heading, heading + Math.PI]) {
      const wish = nearestWay(plan.field.angleAt(start.point), way);
      const probe = { x: start.point.x + 4 * Math.cos(wish), y: start.point.y + 4 * Math.sin(wish) };
      if (!contains(ring, probe)) continue;
      const ended = walk(wish);
      if (ended === undefined) return undefined;
      return {
        from: { side: corner, point: start.point, corner },
        to: ended.hit,
        points: straightEnds(ended.points),
      };
    }
    return undefined;
  }
  const back = walk(heading + Math.PI);
  const forth = back === undefined ? undefined : walk(heading);
  if (back === undefined || forth === undefined) return undefined;
  return {
    from: back.hit,
    to: forth.hit,
    points: straightEnds([...back.points.toReversed(), ...forth.points.slice(1)]),
  };
}

/** The line with its end moved elsewhere: every point follows by its share of the way, so no kink comes. */
function pulled(points: readonly Point[], end: Point): Point[] {
  const last = at(points, -1);
  const dx = end.x - last.x;
  const dy = end.y - last.y;
  return points.map(({ x, y }, index) => {
    const share = index / (points.length - 1);
    return { x: x + dx * share, y: y + dy * share };
  });
}

/** Leaves out what lies nearly on a straight line, and the last point before an end when it is very near. */
function straightEnds(points: readonly Point[]): Point[] {
  const kept = thinned(points, 1.6);
  if (kept.length > 2 && distance(at(kept, -1), at(kept, -2)) < 10) kept.splice(-2, 1);
  if (kept.length > 2 && distance(at(kept, 0), at(kept, 1)) < 10) kept.splice(1, 1);
  return kept;
}

function firstHit(ring: Ring, from: Point, to: Point, leaving: number | undefined): Hit | undefined {
  let first = 2;
  let hit: Hit | undefined;
  for (let side = 0; side < ring.length; side += 1) {
    if (leaving !== undefined && (side === leaving || (side + 1) % ring.length === leaving)) continue;
    const a = at(ring, side);
    const b = at(ring, (side + 1) % ring.length);
    const found = crossing(from, to, a, b);
    if (found === undefined || found.first >= first) continue;
    first = found.first;
    hit = { side, point: between(a, b, found.second), corner: undefined };
  }
  return hit;
}

/** Moves a street's end to a corner near it: far for junctions, a little for bends. */
function snapped(plan: SplitPlan, corners: readonly number[], ring: Ring, hit: Hit, snap: number): Hit {
  let best = hit;
  let nearest = snap;
  for (let index = 0; index < ring.length; index += 1) {
    const point = at(ring, index);
    const away = distance(point, hit.point);
    const reach = plan.graph.edgesAt(at(corners, index)).length > 2 ? snap : 9;
    if (away < reach && away < nearest) {
      nearest = away;
      best = { side: index, point, corner: index };
    }
  }
  return best;
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
