import type { Random } from '../seeded-random.ts';
import { at, distance, type Point } from './plane.ts';
import type { ZoneKind } from './zone-plans.ts';
import { areaOf, centreOf, contains, type Ring } from './ring.ts';

/** How a zone's blocks are built: in rows, each some metres deep, with yards or alleys between. */
interface Fabric {
  readonly depth: readonly [number, number];
  readonly gap: readonly [number, number];
  readonly length: readonly [number, number];
  readonly pause: readonly [number, number];
  /** From the kerb. */
  readonly margin: number;
  /** The share of places that are built on. */
  readonly built: number;
}

const FABRICS: Readonly<Record<ZoneKind, Fabric | undefined>> = {
  oldTown: { depth: [12, 15], gap: [5, 8], length: [38, 110], pause: [3, 7], margin: 2, built: 0.95 },
  town: { depth: [13, 18], gap: [12, 19], length: [46, 95], pause: [7, 15], margin: 4, built: 0.88 },
  newTown: { depth: [17, 24], gap: [36, 50], length: [40, 70], pause: [26, 42], margin: 13, built: 0.84 },
  industry: { depth: [40, 66], gap: [16, 26], length: [65, 140], pause: [14, 24], margin: 10, built: 0.86 },
  village: { depth: [11, 14], gap: [11, 18], length: [22, 62], pause: [6, 16], margin: 3, built: 0.54 },
  fields: undefined,
  newLand: undefined,
};

/** Blocks that are unlike their zone: markets and halls, towers, and sites where nothing stands yet. */
const HALLS: Fabric = {
  depth: [36, 58],
  gap: [22, 34],
  length: [55, 110],
  pause: [20, 34],
  margin: 12,
  built: 0.9,
};
const TOWERS: Fabric = {
  depth: [25, 31],
  gap: [44, 62],
  length: [27, 34],
  pause: [38, 56],
  margin: 18,
  built: 0.9,
};
const EXCEPTIONS: Readonly<
  Partial<Record<ZoneKind, { readonly halls: number; readonly towers: number; readonly empty: number }>>
> = {
  town: { halls: 0.06, towers: 0.05, empty: 0.03 },
  newTown: { halls: 0.16, towers: 0.24, empty: 0.09 },
  industry: { halls: 0, towers: 0, empty: 0.07 },
};

function fabricOf(kind: ZoneKind, random: Random): Fabric | undefined {
  const exceptions = EXCEPTIONS[kind];
  if (exceptions === undefined) return FABRICS[kind];
  const { halls, towers, empty } = exceptions;
  const drawn = random.next();
  if (drawn < halls) return HALLS;
  if (drawn < halls + towers) return TOWERS;
  return drawn < halls + towers + empty ? undefined : FABRICS[kind];
}

/**
 * Footprints that stand in a block; none in fields.
 * @param crowd how much of the usual is built at a point, 0 … 1
 */
export function buildingsOf(
  block: Ring,
  kind: ZoneKind,
  crowd: (point: Point) => number,
  random: Random,
): Ring[] {
  const fabric = fabricOf(kind, random);
  if (fabric === undefined || areaOf(block) < 500) return [];
  const { angle } = longestSide(block);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const centre = centreOf(block);
  const turned = block.map(({ x, y }) => ({
    x: (x - centre.x) * cos + (y - centre.y) * sin,
    y: (y - centre.y) * cos - (x - centre.x) * sin,
  }));
  const back = ({ x, y }: Point): Point => ({
    x: centre.x + x * cos - y * sin,
    y: centre.y + x * sin + y * cos,
  });
  let top = Number.NEGATIVE_INFINITY;
  let row = Number.POSITIVE_INFINITY;
  for (const { y } of turned) {
    top = Math.max(top, y);
    row = Math.min(row, y);
  }
  const found: Ring[] = [];
  row += fabric.margin;
  for (;;) {
    const depth = random.between(...fabric.depth);
    if (row + depth + fabric.margin > top) break;
    for (const [from, to] of spansBetween(turned, row, row + depth)) {
      let left = from + fabric.margin;
      for (;;) {
        const rest = to - fabric.margin - left;
        const shortest = fabric.length[0] * 0.55;
        if (rest < shortest) break;
        let length = Math.min(rest, random.between(...fabric.length));
        if (rest - length < shortest) length = Math.min(rest, fabric.length[1]);
        if (random.chance(fabric.built * crowd(back({ x: left + length / 2, y: row + depth / 2 })))) {
          const inset = random.chance(0.3) ? random.between(0, 2.5) : 0;
          const ring = [
            { x: left, y: row + inset },
            { x: left + length, y: row + inset },
            { x: left + length, y: row + depth },
            { x: left, y: row + depth },
          ];
          if (ring.every((point) => contains(turned, point))) found.push(ring.map(back));
        }
        left += length + random.between(...fabric.pause);
      }
    }
    row += depth + random.between(...fabric.gap);
  }
  return found;
}

/** Houses in a loose row behind the kerb of a field: a village that grows along its lanes. */
export function houseRowsOf(block: Ring, crowd: (point: Point) => number, random: Random): Ring[] {
  const found: Ring[] = [];
  for (let side = 0; side < block.length; side += 1) {
    const a = at(block, side);
    const b = at(block, (side + 1) % block.length);
    const length = distance(a, b);
    if (length < 40) continue;
    const alongX = (b.x - a.x) / length;
    const alongY = (b.y - a.y) / length;
    for (let gone = 8; gone < length - 30;) {
      const front = random.between(13, 34);
      const depth = random.between(10, 13);
      const setback = random.between(2, 6);
      const corner = (right: number, up: number): Point => ({
        x: a.x + alongX * (gone + right) - alongY * (setback + up),
        y: a.y + alongY * (gone + right) + alongX * (setback + up),
      });
      const ring = [corner(0, 0), corner(front, 0), corner(front, depth), corner(0, depth)];
      const centre = corner(front / 2, depth / 2);
      if (
        random.chance(crowd(centre)) &&
        ring.every((point) => contains(block, point)) &&
        found.every((other) => distance(at(other, 0), centre) > 42)
      )
        found.push(ring);
      gone += front + random.between(6, 22);
    }
  }
  return found;
}

function longestSide(ring: Ring): { readonly angle: number } {
  let longest = 0;
  let angle = 0;
  for (let index = 0; index < ring.length; index += 1) {
    const a = at(ring, index);
    const b = at(ring, (index + 1) % ring.length);
    const length = distance(a, b);
    if (length <= longest) continue;
    longest = length;
    angle = Math.atan2(b.y - a.y, b.x - a.x);
  }
  return { angle };
}

/** From where to where a ring is wide open at both heights and between. */
function spansBetween(ring: Ring, low: number, high: number): [number, number][] {
  let spans = spansAt(ring, low);
  for (const height of [(low + high) / 2, high]) {
    const others = spansAt(ring, height);
    const common: [number, number][] = [];
    for (const [a, b] of spans)
      for (const [c, d] of others)
        if (Math.min(b, d) > Math.max(a, c)) common.push([Math.max(a, c), Math.min(b, d)]);
    spans = common;
  }
  return spans;
}

function spansAt(ring: Ring, height: number): [number, number][] {
  const cuts: number[] = [];
  for (let index = 0; index < ring.length; index += 1) {
    const a = at(ring, index);
    const b = at(ring, (index + 1) % ring.length);
    if (a.y > height !== b.y > height) cuts.push(a.x + ((height - a.y) / (b.y - a.y)) * (b.x - a.x));
  }
  cuts.sort((one, two) => one - two);
  const spans: [number, number][] = [];
  for (let index = 0; index + 1 < cuts.length; index += 2) spans.push([at(cuts, index), at(cuts, index + 1)]);
  return spans;
}
