import { at, between, distance, lengthOf, type Point } from './plane.ts';

/**
 * A smooth line through coarse points: Catmull and Rom's spline with chord-length parameters, which neither
 * overshoots nor loops where two points lie close together.
 * @param step metres between the points of the answer
 */
export function smoothLine(coarse: readonly Point[], step: number): Point[] {
  if (coarse.length < 3) return spaced(coarse, step);
  const line: Point[] = [];
  const last = coarse.length - 1;
  for (let index = 0; index < last; index += 1) {
    const b = at(coarse, index);
    const c = at(coarse, index + 1);
    const a = index === 0 ? mirrored(c, b) : at(coarse, index - 1);
    const d = index === last - 1 ? mirrored(b, c) : at(coarse, index + 2);
    const count = Math.max(1, Math.round(distance(b, c) / step));
    for (let part = 0; part < count; part += 1) line.push(onSpline(a, b, c, d, part / count));
  }
  line.push(at(coarse, last));
  return line;
}

/** The same for a closed line. */
export function smoothRing(coarse: readonly Point[], step: number): Point[] {
  const ring: Point[] = [];
  const count = coarse.length;
  for (let index = 0; index < count; index += 1) {
    const a = at(coarse, (index + count - 1) % count);
    const b = at(coarse, index);
    const c = at(coarse, (index + 1) % count);
    const d = at(coarse, (index + 2) % count);
    const parts = Math.max(1, Math.round(distance(b, c) / step));
    for (let part = 0; part < parts; part += 1) ring.push(onSpline(a, b, c, d, part / parts));
  }
  return ring;
}

/** The same line with points at even distances. */
export function spaced(line: readonly Point[], step: number): Point[] {
  const points: Point[] = [];
  for (let index = 0; index + 1 < line.length; index += 1) {
    const a = at(line, index);
    const b = at(line, index + 1);
    const parts = Math.max(1, Math.round(distance(a, b) / step));
    for (let part = 0; part < parts; part += 1) points.push(between(a, b, part / parts));
  }
  points.push(at(line, -1));
  return points;
}

/**
 * A line beside the given one; `left(share)` says how far to the left, in metres, at each share of the length
 * (below 0: to the right). Bends must be wider than that distance.
 */
export function beside(line: readonly Point[], left: (share: number) => number): Point[] {
  const total = lengthOf(line);
  const moved: Point[] = [];
  let run = 0;
  for (let index = 0; index < line.length; index += 1) {
    const here = at(line, index);
    const before = at(line, Math.max(0, index - 1));
    const after = at(line, Math.min(line.length - 1, index + 1));
    run += distance(before, here);
    const length = distance(before, after);
    const away = left(run / total) / length;
    moved.push({ x: here.x - (after.y - before.y) * away, y: here.y + (after.x - before.x) * away });
  }
  return moved;
}

/** Leaves out points that lie less than `tolerance` metres off the line between those kept (Douglas, Peucker). */
export function thinned(
  line: readonly Point[],
  tolerance: number,
  mustKeep?: (index: number) => boolean,
): Point[] {
  const keep = new Set<number>([0, line.length - 1]);
  if (mustKeep !== undefined)
    for (let index = 0; index < line.length; index += 1) if (mustKeep(index)) keep.add(index);
  const fixed = [...keep].sort((a, b) => a - b);
  const open: [number, number][] = [];
  for (let index = 1; index < fixed.length; index += 1) open.push([at(fixed, index - 1), at(fixed, index)]);
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    const a = at(line, from);
    const b = at(line, to);
    const length = distance(a, b);
    let furthest = tolerance;
    let split = -1;
    for (let index = from + 1; index < to; index += 1) {
      const p = at(line, index);
      const away =
        length < 1e-9
          ? distance(a, p)
          : Math.abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / length;
      if (away > furthest) {
        furthest = away;
        split = index;
      }
    }
    if (split < 0) continue;
    keep.add(split);
    open.push([from, split], [split, to]);
  }
  return line.filter((_, index) => keep.has(index));
}

const mirrored = (point: Point, centre: Point): Point => ({
  x: 2 * centre.x - point.x,
  y: 2 * centre.y - point.y,
});

/** Barry and Goldman's pyramid for the centripetal spline between b and c. */
function onSpline(a: Point, b: Point, c: Point, d: Point, share: number): Point {
  const knot = (from: Point, to: Point): number => Math.max(1e-3, Math.sqrt(distance(from, to)));
  const t1 = knot(a, b);
  const t2 = t1 + knot(b, c);
  const t3 = t2 + knot(c, d);
  const t = t1 + (t2 - t1) * share;
  const ab = between(a, b, t / t1);
  const bc = between(b, c, (t - t1) / (t2 - t1));
  const cd = between(c, d, (t - t2) / (t3 - t2));
  return between(between(ab, bc, t / t2), between(bc, cd, (t - t1) / (t3 - t1)), (t - t1) / (t2 - t1));
}
