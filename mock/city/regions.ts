import type { Random } from '../seeded-random.ts';
import { LeastFirst } from './least-first.ts';
import { at, distance, type Point } from './plane.ts';
import type { PlanarGraph } from './planar-graph.ts';
import { areaOf, contains, type Ring } from './ring.ts';

/** An area with its outer ring first and its holes after it. */
export type Shape = readonly Ring[];
interface Tile {
  readonly corners: readonly number[];
  readonly edges: readonly number[];
  readonly inside: Point;
}

/** Which tiles lie beside each tile. */
export function neighboursOf(tiles: readonly Tile[]): readonly (readonly number[])[] {
  const byEdge = new Map<number, number[]>();
  for (const [index, { edges }] of tiles.entries())
    for (const edge of edges) {
      const list = byEdge.get(edge);
      if (list === undefined) byEdge.set(edge, [index]);
      else list.push(index);
    }
  return tiles.map(({ edges }, index) => {
    const around = new Set<number>();
    for (const edge of edges)
      for (const other of byEdge.get(edge) ?? []) if (other !== index) around.add(other);
    return [...around];
  });
}

/**
 * Gives each of the member tiles to one of the seeds: the nearest one from which the tile can be reached
 * through tiles of the same seed, so that every region hangs together.
 * @returns for each member tile the number of its seed
 */
export function growRegions(
  tiles: readonly Tile[],
  around: readonly (readonly number[])[],
  members: ReadonlySet<number>,
  seeds: readonly number[],
): Map<number, number> {
  const owner = new Map<number, number>();
  const queue = new LeastFirst<{ readonly tile: number; readonly seed: number }>();
  for (const [seed, tile] of seeds.entries()) queue.push(0, { tile, seed });
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { tile, seed } = next;
    if (owner.has(tile)) continue;
    owner.set(tile, seed);
    const centre = at(tiles, at(seeds, seed)).inside;
    for (const other of at(around, tile))
      if (members.has(other) && !owner.has(other))
        queue.push(distance(centre, at(tiles, other).inside), { tile: other, seed });
  }
  return owner;
}

/** Picks tiles that lie evenly among their fellows, by weight: Lloyd's iteration from a random start. */
export function spreadSeeds(
  tiles: readonly Tile[],
  members: readonly number[],
  weightOf: (tile: number) => number,
  count: number,
  random: Random,
): number[] {
  const weights = members.map(weightOf);
  let centres: Point[] = [];
  const nearest = (point: Point): { readonly index: number; readonly away: number } => {
    let index = -1;
    let away = Number.POSITIVE_INFINITY;
    for (const [candidate, centre] of centres.entries()) {
      const now = distance(point, centre);
      if (now < away) {
        away = now;
        index = candidate;
      }
    }
    return { index, away };
  };
  while (centres.length < Math.min(count, members.length)) {
    const pulls = members.map((tile, index) =>
      centres.length === 0
        ? at(weights, index)
        : at(weights, index) * nearest(at(tiles, tile).inside).away ** 2,
    );
    centres.push(at(tiles, at(members, random.pickIndex(pulls))).inside);
  }
  for (let round = 0; round < 12; round += 1) {
    const sums = centres.map(() => ({ x: 0, y: 0, weight: 0 }));
    for (const [index, tile] of members.entries()) {
      const { inside } = at(tiles, tile);
      const sum = at(sums, nearest(inside).index);
      const weight = at(weights, index);
      sum.x += inside.x * weight;
      sum.y += inside.y * weight;
      sum.weight += weight;
    }
    centres = sums.map((sum, index) =>
      sum.weight === 0 ? at(centres, index) : { x: sum.x / sum.weight, y: sum.y / sum.weight },
    );
  }
  const free = new Set(members);
  const seeds: number[] = [];
  for (const centre of centres) {
    let best = -1;
    let away = Number.POSITIVE_INFINITY;
    for (const tile of free) {
      const now = distance(at(tiles, tile).inside, centre);
      if (now < away) {
        away = now;
        best = tile;
      }
    }
    free.delete(best);
    seeds.push(best);
  }
  return seeds;
}

/** The common outline of tiles: every edge that has a member on one side only. */
export function outlineOf(graph: PlanarGraph, tiles: readonly Tile[], members: Iterable<number>): Shape[] {
  const halves = new Map<number, { from: number; to: number }[]>();
  const sides = new Map<number, number>();
  const list = [...members];
  for (const tile of list)
    for (const edge of at(tiles, tile).edges) sides.set(edge, (sides.get(edge) ?? 0) + 1);
  for (const tile of list) {
    const { corners, edges } = at(tiles, tile);
    for (const [index, edge] of edges.entries()) {
      if (sides.get(edge) !== 1) continue;
      const from = at(corners, index);
      const half = { from, to: at(corners, (index + 1) % corners.length) };
      const leaving = halves.get(from);
      if (leaving === undefined) halves.set(from, [half]);
      else leaving.push(half);
    }
  }
  const rings: Ring[] = [];
  for (const leaving of halves.values())
    for (let start = leaving.pop(); start !== undefined; start = leaving.pop()) {
      const ring: number[] = [start.from];
      let half = start;
      while (half.to !== start.from) {
        ring.push(half.to);
        const onward = halves.get(half.to) ?? [];
        const next = leftmost(graph, half, onward);
        if (next === undefined) throw new Error('the outline does not close');
        onward.splice(onward.indexOf(next), 1);
        half = next;
      }
      for (const simple of untied(ring)) rings.push(simple.map((vertex) => at(graph.points, vertex)));
    }
  const outer = rings.filter((ring) => areaOf(ring) > 0);
  const holes = rings.filter((ring) => areaOf(ring) < 0);
  return outer.map((ring) => [ring, ...holes.filter((hole) => isInside(hole, ring, outer))]);
}

/** A hole belongs to the smallest outer ring around it. */
function isInside(hole: Ring, ring: Ring, outer: readonly Ring[]): boolean {
  const probe = { x: (at(hole, 0).x + at(hole, 1).x) / 2, y: (at(hole, 0).y + at(hole, 1).y) / 2 };
  const around = outer.filter((candidate) => contains(candidate, probe));
  return around.toSorted((one, two) => areaOf(one) - areaOf(two)).at(0) === ring;
}

/** Cuts a ring at the vertices that it passes twice, so that none touches itself. */
function untied(ring: readonly number[]): number[][] {
  const parts: number[][] = [];
  const path: number[] = [];
  const place = new Map<number, number>();
  for (const vertex of ring) {
    const known = place.get(vertex);
    if (known !== undefined) {
      const loop = path.splice(known);
      for (const left of loop) place.delete(left);
      if (loop.length > 2) parts.push(loop);
    }
    place.set(vertex, path.length);
    path.push(vertex);
  }
  if (path.length > 2) parts.push(path);
  return parts;
}

interface Half {
  readonly from: number;
  readonly to: number;
}

function leftmost(graph: PlanarGraph, arriving: Half, onward: readonly Half[]): Half | undefined {
  let best: Half | undefined;
  let widest = Number.NEGATIVE_INFINITY;
  const a = at(graph.points, arriving.from);
  const b = at(graph.points, arriving.to);
  for (const half of onward) {
    const c = at(graph.points, half.to);
    const inX = b.x - a.x;
    const inY = b.y - a.y;
    const outX = c.x - b.x;
    const outY = c.y - b.y;
    const angle = Math.atan2(inX * outY - inY * outX, inX * outX + inY * outY);
    if (angle > widest) {
      widest = angle;
      best = half;
    }
  }
  return best;
}
