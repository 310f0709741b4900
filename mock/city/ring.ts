import { at, crossing, footOn, type Point } from './plane.ts';

/** A closed line whose last point is not written again; counter-clockwise when its area is above 0. */
export type Ring = readonly Point[];

export function areaOf(ring: Ring): number {
  let twice = 0;
  for (let index = 0; index < ring.length; index += 1) {
    const a = at(ring, index);
    const b = at(ring, (index + 1) % ring.length);
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

export function perimeterOf(ring: Ring): number {
  let total = 0;
  for (let index = 0; index < ring.length; index += 1) {
    const a = at(ring, index);
    const b = at(ring, (index + 1) % ring.length);
    total += Math.hypot(b.x - a.x, b.y - a.y);
  }
  return total;
}

/** The centre of mass; the mean of the corners where the area is nothing. */
export function centreOf(ring: Ring): Point {
  const origin = at(ring, 0);
  let twice = 0;
  let x = 0;
  let y = 0;
  for (let index = 0; index < ring.length; index += 1) {
    const a = at(ring, index);
    const b = at(ring, (index + 1) % ring.length);
    const part = (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
    twice += part;
    x += (a.x + b.x - 2 * origin.x) * part;
    y += (a.y + b.y - 2 * origin.y) * part;
  }
  if (Math.abs(twice) < 1e-6) {
    let sumX = 0;
    let sumY = 0;
    for (const point of ring) {
      sumX += point.x;
      sumY += point.y;
    }
    return { x: sumX / ring.length, y: sumY / ring.length };
  }
  return { x: origin.x + x / (3 * twice), y: origin.y + y / (3 * twice) };
}

export function contains(ring: Ring, point: Point): boolean {
  let inside = false;
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index, index += 1) {
    const a = at(ring, index);
    const b = at(ring, before);
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x)
      inside = !inside;
  }
  return inside;
}

export function distanceToRing(point: Point, ring: Ring): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < ring.length; index += 1)
    nearest = Math.min(nearest, footOn(point, at(ring, index), at(ring, (index + 1) % ring.length)).away);
  return nearest;
}

/** Whether no two sides of the ring touch but neighbours at their common corner. */
export function isSimple(ring: Ring): boolean {
  const count = ring.length;
  if (count < 3) return false;
  for (let one = 0; one < count; one += 1) {
    const a = at(ring, one);
    const b = at(ring, (one + 1) % count);
    for (let two = one + 2; two < count; two += 1) {
      if (one === 0 && two === count - 1) continue;
      if (crossing(a, b, at(ring, two), at(ring, (two + 1) % count)) !== undefined) return false;
    }
  }
  return true;
}

/** A point well inside: the centre where that is inside, else the middle of the widest cut through it. */
export function pointInside(ring: Ring): Point {
  const centre = centreOf(ring);
  if (contains(ring, centre)) return centre;
  const cuts: number[] = [];
  for (let index = 0; index < ring.length; index += 1) {
    const a = at(ring, index);
    const b = at(ring, (index + 1) % ring.length);
    if (a.y > centre.y !== b.y > centre.y) cuts.push(a.x + ((centre.y - a.y) / (b.y - a.y)) * (b.x - a.x));
  }
  cuts.sort((a, b) => a - b);
  let best = centre;
  let widest = 0;
  for (let index = 0; index + 1 < cuts.length; index += 2) {
    const width = at(cuts, index + 1) - at(cuts, index);
    if (width > widest) {
      widest = width;
      best = { x: (at(cuts, index) + at(cuts, index + 1)) / 2, y: centre.y };
    }
  }
  return best;
}
