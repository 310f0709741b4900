import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { seededRandom } from '../seeded-random.ts';
import {
  along,
  at,
  between,
  crossing,
  distance,
  distanceToLine,
  footOn,
  lengthOf,
  type Point,
} from './plane.ts';
import type { PlanarGraph } from './planar-graph.ts';
import { contains, type Ring } from './ring.ts';
import { smoothLine, spaced, thinned } from './smooth-line.ts';
import type { PlanFace, PlanLine } from './plan-faces.ts';
import type { Canal, Terrain } from './terrain.ts';

type AddLine = (role: PlanLine['role'], roadClass: RoadClass, name: string) => number;

/** Short ways over the dyke from the road behind it to the water, some 600 metres apart. */
export function layStairs(terrain: Terrain, graph: PlanarGraph, addLine: AddLine): void {
  const places = spaced(terrain.waterfront, 300).filter((_, index) => index % 2 === 1);
  for (const [index, place] of places.entries()) {
    const next = at(places, Math.min(index + 1, places.length - 1));
    const length = distance(place, next);
    if (length === 0 || graph.points.every((point) => distance(point, place) > 60)) continue;
    const across = { x: (next.y - place.y) / length, y: -(next.x - place.x) / length };
    const water = { x: place.x - across.x * 25, y: place.y - across.y * 25 };
    const inland = { x: place.x + across.x * 160, y: place.y + across.y * 160 };
    const dyke = firstOn(graph, water, inland);
    const road = dyke === undefined ? undefined : firstOn(graph, between(dyke, inland, 0.1), inland);
    if (dyke === undefined || road === undefined || distance(dyke, road) < 30) continue;
    graph.draw([dyke, road], addLine('road', 'path', ''));
  }
}

function firstOn(graph: PlanarGraph, from: Point, to: Point): Point | undefined {
  let first = 2;
  let found: Point | undefined;
  for (const [edge, { a, b }] of graph.edges.entries()) {
    if (!graph.has(edge)) continue;
    const hit = crossing(from, to, at(graph.points, a), at(graph.points, b));
    if (hit === undefined || hit.first >= first) continue;
    first = hit.first;
    found = between(from, to, hit.first);
  }
  return found;
}

/**
 * Bridges where a canal runs long without one; streets laid later go on over them.
 * @param bank from the canal's middle to the lane on its bank
 */
export function layBridges(
  terrain: Terrain,
  graph: PlanarGraph,
  canal: Canal,
  bank: number,
  isTown: (point: Point) => boolean,
  addLine: AddLine,
): void {
  const total = lengthOf(canal.middle);
  const crossed = graph.edges.flatMap(({ a, b }, edge) =>
    graph.has(edge) ? crossingsOf(canal.middle, at(graph.points, a), at(graph.points, b)) : [],
  );
  for (let gone = 130; gone < total - 100; gone += 40) {
    const { point, angle } = along(canal.middle, gone);
    const town = isTown(point);
    if (crossed.some((other) => distance(other, point) < (town ? 210 : 420))) continue;
    const ends = [1, -1].map((side) => ({
      x: point.x - Math.sin(angle) * bank * side,
      y: point.y + Math.cos(angle) * bank * side,
    }));
    if (!ends.every((end) => contains(terrain.land, end))) continue;
    graph.draw(ends, addLine('road', town ? 'street' : 'lane', ''));
    crossed.push(point);
  }
}

function crossingsOf(line: readonly Point[], a: Point, b: Point): Point[] {
  const found: Point[] = [];
  for (let index = 1; index < line.length; index += 1) {
    const hit = crossing(at(line, index - 1), at(line, index), a, b);
    if (hit !== undefined) found.push(between(a, b, hit.second));
  }
  return found;
}

/** Tracks that lead from a lane into the fields and end there. */
export function layFieldTracks(
  faces: readonly PlanFace[],
  graph: PlanarGraph,
  isStreet: (edge: number) => boolean,
  addLine: AddLine,
  seed: number,
): void {
  const random = seededRandom(seed, 'streets/tracks');
  for (const { corners, ring, use, zone, area } of faces) {
    if (use !== 'ground' || zone !== 'fields' || area < 40_000) continue;
    const count = Math.min(4, Math.round((area / 60_000) * random.between(0.4, 1.3)));
    const laid: Point[][] = [];
    for (let track = 0; track < count; track += 1) {
      const side = random.below(ring.length);
      const a = at(ring, side);
      const b = at(ring, (side + 1) % ring.length);
      const length = distance(a, b);
      const edge = graph.edgeBetween(at(corners, side), at(corners, (side + 1) % corners.length));
      const depth = Math.sqrt(area) * random.between(0.3, 0.6);
      const share = random.between(0.3, 0.7);
      const lean = random.between(-0.25, 0.25);
      if (edge === undefined || !isStreet(edge) || length < 50) continue;
      const start = between(a, b, share);
      const inX = -(b.y - a.y) / length;
      const inY = (b.x - a.x) / length;
      const line = [0.35, 0.7, 1].map((part) => ({
        x: start.x + depth * part * (inX + inY * lean * part),
        y: start.y + depth * part * (inY - inX * lean * part),
      }));
      const clear = line.every(
        (point) =>
          contains(ring, point) &&
          nearestSide(ring, point, side) > 35 &&
          laid.every((other) => distanceToLine(point, other) > 45),
      );
      if (!clear) continue;
      laid.push([start, ...line]);
      const street = addLine('road', 'path', '');
      let before = graph.cutEdge(edge, start);
      for (const point of line) {
        const vertex = graph.addFree(point);
        graph.join(before, vertex, street);
        before = vertex;
      }
    }
  }
}

function nearestSide(ring: Ring, point: Point, but: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let side = 0; side < ring.length; side += 1)
    if (side !== but)
      nearest = Math.min(nearest, footOn(point, at(ring, side), at(ring, (side + 1) % ring.length)).away);
  return nearest;
}

/** Winding paths from the foot of each hill to its top. */
export function layHillPaths(terrain: Terrain, graph: PlanarGraph, addLine: AddLine, seed: number): void {
  for (const { name, foot, top } of terrain.hills) {
    const random = seededRandom(seed, `streets/hill/${name}`);
    const starts = footJunctions(graph, foot).filter((point) => contains(terrain.land, point));
    const wanted = Math.min(starts.length, 5);
    for (let index = 0; index < wanted; index += 1) {
      const start = at(starts, Math.floor((index * starts.length) / wanted));
      const length = distance(start, top);
      const sway = random.between(0.1, 0.2) * (random.chance(0.5) ? 1 : -1);
      const coarse: Point[] = [start];
      const bends = Math.max(3, Math.round(length / 350));
      for (let bend = 1; bend < bends; bend += 1) {
        const on = between(start, top, bend / bends);
        const off = sway * (bend % 2 === 0 ? 1 : -1) * Math.min(900, length) * random.between(0.4, 1);
        coarse.push({
          x: on.x - ((top.y - start.y) / length) * off,
          y: on.y + ((top.x - start.x) / length) * off,
        });
      }
      coarse.push(top);
      const path = thinned(smoothLine(coarse, 40), 2);
      // The first point lies on the foot itself.
      if (!path.slice(2).every((point) => contains(foot, point) && contains(terrain.land, point))) continue;
      graph.draw(path, addLine('road', 'path', ''));
    }
  }
}

/** Where roads end at the foot of a hill, in the order of the foot's corners. */
function footJunctions(graph: PlanarGraph, foot: Ring): Point[] {
  const found: { readonly point: Point; readonly place: number }[] = [];
  for (const [vertex, point] of graph.points.entries()) {
    if (graph.edgesAt(vertex).length < 3) continue;
    for (let side = 0; side < foot.length; side += 1) {
      const { share, away } = footOn(point, at(foot, side), at(foot, (side + 1) % foot.length));
      if (away > 1) continue;
      found.push({ point, place: side + share });
      break;
    }
  }
  return found.sort((one, two) => one.place - two.place).map(({ point }) => point);
}
