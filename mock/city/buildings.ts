import type { Random } from '../seeded-random.ts';
import { at, distance, type Point } from './plane.ts';
import type { ZoneKind } from './proportions.ts';
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
  oldTown: { depth: [12, 15], gap: [5, 8], length: [30, 85], pause: [3, 7], margin: 2, built: 0.95 },
  town: { depth: [12, 16], gap: [11, 17], length: [32, 75], pause: [6, 14], margin: 4, built: 0.88 },
  newTown: { depth: [16, 22], gap: [32, 46], length: [34, 62], pause: [24, 40], margin: 12, built: 0.85 },
  industry: { depth: [38, 62], gap: [16, 26], length: [60, 130], pause: [14, 24], margin: 10, built: 0.86 },
  village: { depth: [10, 13], gap: [9, 14], length: [16, 48], pause: [5, 14], margin: 3, built: 0.62 },
  fields: undefined,
  newLand: undefined,
};

/** Footprints that stand in a block; none in fields. */
export function buildingsOf(block: Ring, kind: ZoneKind, random: Random): Ring[] {
  const fabric = FABRICS[kind];
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
        if (random.chance(fabric.built)) {
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
