import { at, between, crossing, distance, type Point } from './plane.ts';
import { contains, type Ring } from './ring.ts';
import { thinned } from './smooth-line.ts';
import { nearestWay, type StreetField } from './street-field.ts';

/** A cell as a street sees it that is to cross it. */
export interface Ground {
  readonly ring: Ring;
  readonly field: StreetField;
  /** Whether another street leaves the ring's corner on its other side. */
  isJunction(corner: number): boolean;
}

/** Where a street ends on its cell's ring. */
export interface Hit {
  /** The side of the ring, from this corner to the next. */
  readonly side: number;
  readonly point: Point;
  /** The corner, where the street ends on one. */
  readonly corner: number | undefined;
}

/** How far a cell reaches along an axis. */
export interface Span {
  readonly axis: number;
  readonly low: number;
  readonly length: number;
}

export function spanOf(ring: Ring, axis: number): Span {
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

export interface Start {
  readonly point: Point;
  /** The corner where the street begins; undefined when it begins inside and runs both ways. */
  readonly corner: number | undefined;
}

/** A corner near the middle of the span from which a street already leaves on the other side. */
export function startAtJunction({ ring, isJunction }: Ground, span: Span): Start | undefined {
  const cos = Math.cos(span.axis);
  const sin = Math.sin(span.axis);
  let best: Start | undefined;
  let nearest = 0.24;
  for (let index = 0; index < ring.length; index += 1) {
    if (!isJunction(index)) continue;
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

export function startInside(ring: Ring, span: Span, share: number): Start | undefined {
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

/** A street through a cell. */
export interface Path {
  readonly from: Hit;
  readonly to: Hit;
  /** With both ends. */
  readonly points: readonly Point[];
}

/**
 * Follows the field from a start to the cell's ring, both ways where it starts inside.
 * @param bend 0 keeps straight on, 1 follows every turn of the field
 * @param wanted square metres of a block there, which set the length of a step
 */
export function traceStreet(
  ground: Ground,
  start: Start,
  heading: number,
  bend: number,
  wanted: number,
): Path | undefined {
  const { ring, field } = ground;
  const snap = Math.min(60, Math.max(13, Math.sqrt(wanted) * 0.2));
  const walk = (way: number): { readonly points: Point[]; readonly hit: Hit } | undefined => {
    const points: Point[] = [start.point];
    let here = start.point;
    let ahead = way;
    const step = Math.min(45, Math.max(12, Math.sqrt(wanted) * 0.3));
    for (let count = 0; count < 300; count += 1) {
      const wish = nearestWay(field.angleAt(here), ahead);
      ahead += (wish - ahead) * bend * 0.5;
      const next = { x: here.x + step * Math.cos(ahead), y: here.y + step * Math.sin(ahead) };
      const hit = firstHit(ring, here, next, count === 0 ? start.corner : undefined);
      if (hit !== undefined) {
        const ended = snapped(ground, hit, snap);
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
      const wish = nearestWay(field.angleAt(start.point), way);
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
function snapped({ ring, isJunction }: Ground, hit: Hit, snap: number): Hit {
  let best = hit;
  let nearest = snap;
  for (let index = 0; index < ring.length; index += 1) {
    const point = at(ring, index);
    const away = distance(point, hit.point);
    const reach = isJunction(index) ? snap : 9;
    if (away < reach && away < nearest) {
      nearest = away;
      best = { side: index, point, corner: index };
    }
  }
  return best;
}
