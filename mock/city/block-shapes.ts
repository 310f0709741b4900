import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { at, type Point } from './plane.ts';
import { areaOf, isSimple, type Ring } from './ring.ts';
import { settled } from './terrain.ts';
import type { StreetPlan } from './plan-faces.ts';

/** From the middle of a road to the kerb of the block beside it, in metres. */
export const HALF_WIDTH: Readonly<Record<RoadClass, number>> = {
  motorway: 19,
  arterial: 15,
  street: 8.5,
  lane: 4.5,
  path: 2,
};

/** The part of a face, given by its number, that its roads leave; undefined where nothing worth drawing is left. */
export function blockOf(plan: StreetPlan, index: number): Ring | undefined {
  const face = at(plan.faces, index);
  const widths = face.edges.map((edge) => {
    const { role, roadClass } = at(plan.lines, at(plan.graph.edges, edge).line);
    return role === 'edge' ? 3 : HALF_WIDTH[roadClass];
  });
  for (const share of [1, 0.6, 0.3]) {
    const ring = inset(
      face.ring,
      widths.map((width) => width * share),
    );
    if (ring === undefined || areaOf(ring) < 350) continue;
    const block = settled(ring);
    if (isSimple(block)) return block;
  }
  return undefined;
}

interface Side {
  /** A point on the moved side, and its direction. */
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * Moves each side of a counter-clockwise ring inward by its own distance. Sides that vanish on the way are left
 * out, so that their neighbours meet. @returns undefined when nothing is left
 */
export function inset(ring: Ring, distances: readonly number[]): Ring | undefined {
  const sides: Side[] = [];
  for (let index = 0; index < ring.length; index += 1) {
    const a = at(ring, index);
    const b = at(ring, (index + 1) % ring.length);
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length < 0.5) continue;
    const dx = (b.x - a.x) / length;
    const dy = (b.y - a.y) / length;
    const by = at(distances, index);
    sides.push({ x: a.x - dy * by, y: a.y + dx * by, dx, dy });
  }
  while (sides.length >= 3) {
    const corners = sides.map((side, index) =>
      meeting(at(sides, (index + sides.length - 1) % sides.length), side),
    );
    let worst = 0;
    let vanished = -1;
    for (const [index, side] of sides.entries()) {
      const from = at(corners, index);
      const to = at(corners, (index + 1) % sides.length);
      const length = (to.x - from.x) * side.dx + (to.y - from.y) * side.dy;
      if (length < worst) {
        worst = length;
        vanished = index;
      }
    }
    if (vanished < 0) return corners;
    sides.splice(vanished, 1);
  }
  return undefined;
}

/** Where two sides' lines meet; where they run nearly the same way, a point between the two. */
function meeting(one: Side, two: Side): Point {
  const across = one.dx * two.dy - one.dy * two.dx;
  if (Math.abs(across) < 0.12) {
    // The foot of the second side's start on the first side's line, and the start: the middle of both.
    const run = (two.x - one.x) * one.dx + (two.y - one.y) * one.dy;
    return { x: (one.x + one.dx * run + two.x) / 2, y: (one.y + one.dy * run + two.y) / 2 };
  }
  const share = ((two.x - one.x) * two.dy - (two.y - one.y) * two.dx) / across;
  return { x: one.x + one.dx * share, y: one.y + one.dy * share };
}
