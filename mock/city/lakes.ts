import { seededRandom } from '../seeded-random.ts';
import { inset } from './block-shapes.ts';
import { at, between, distance, type Point } from './plane.ts';
import { km } from './proportions.ts';
import { areaOf, isSimple, type Ring } from './ring.ts';
import { smoothRing, thinned } from './smooth-line.ts';
import type { StreetPlan } from './plan-faces.ts';

export interface Lake {
  readonly name: string;
  readonly water: Ring;
  /** Number of the plan's face in which it lies. */
  readonly face: number;
}

const PARK_LAKES: readonly { readonly name: string; readonly near: readonly Point[] }[] = [
  { name: '新城中央湖', near: km('5.9 2.3') },
  { name: '龙跃湖', near: km('0.7 3.8') },
  { name: '湖前湖', near: km('-3.4 2.5') },
];

/** Lakes of the parks, and the fish ponds that are left of the tidal flats on the new land. */
export function lakesOf({ faces }: StreetPlan, seed: number): Lake[] {
  const lakes: Lake[] = [];
  for (const { name, near } of PARK_LAKES) {
    const wanted = at(near, 0);
    let best = -1;
    let nearest = Number.POSITIVE_INFINITY;
    for (const [face, { use, area, inside }] of faces.entries()) {
      const away = distance(inside, wanted);
      if (use !== 'ground' || area < 22_000 || area > 120_000 || away >= nearest) continue;
      nearest = away;
      best = face;
    }
    if (best < 0) continue;
    const water = rounded(at(faces, best).ring, 38);
    if (water !== undefined) lakes.push({ name, water, face: best });
  }
  const random = seededRandom(seed, 'lakes/ponds');
  for (const [face, { use, zone, ring, area }] of faces.entries()) {
    if (use !== 'ground' || zone !== 'newLand' || area < 80_000 || random.chance(0.6)) continue;
    for (const pond of pondsIn(ring)) lakes.push({ name: '', water: pond, face });
  }
  return lakes;
}

/** Four-sided ponds in rows, as far as the field is four-sided itself. */
function pondsIn(ring: Ring): Ring[] {
  const field = inset(
    ring,
    ring.map(() => 45),
  );
  if (field === undefined || !isSimple(field)) return [];
  const corners = cornersOf(field);
  if (corners === undefined) return [];
  const [a, b, c, d] = corners;
  const columns = Math.max(1, Math.round(distance(a, b) / 260));
  const rows = Math.max(1, Math.round(distance(b, c) / 180));
  const on = (right: number, up: number): Point => between(between(a, b, right), between(d, c, right), up);
  const ponds: Ring[] = [];
  for (let column = 0; column < columns; column += 1)
    for (let row = 0; row < rows; row += 1) {
      const whole = [
        on(column / columns, row / rows),
        on((column + 1) / columns, row / rows),
        on((column + 1) / columns, (row + 1) / rows),
        on(column / columns, (row + 1) / rows),
      ];
      const pond = inset(
        whole,
        whole.map(() => 7),
      );
      if (pond !== undefined && areaOf(pond) > 1500 && isSimple(pond)) ponds.push(pond);
    }
  return ponds;
}

/** The four corners of a ring that is nearly a quadrilateral. */
function cornersOf(ring: Ring): readonly [Point, Point, Point, Point] | undefined {
  const turns = ring.map((point, index) => {
    const before = at(ring, (index + ring.length - 1) % ring.length);
    const after = at(ring, (index + 1) % ring.length);
    const inX = point.x - before.x;
    const inY = point.y - before.y;
    const outX = after.x - point.x;
    const outY = after.y - point.y;
    return { index, turn: Math.atan2(inX * outY - inY * outX, inX * outX + inY * outY) };
  });
  const four = turns
    .toSorted((one, two) => two.turn - one.turn)
    .slice(0, 4)
    .sort((one, two) => one.index - two.index);
  const [a, b, c, d] = four.map(({ index }) => at(ring, index));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  const quad: [Point, Point, Point, Point] = [a, b, c, d];
  return areaOf(quad) > areaOf(ring) * 0.93 && isSimple(quad) ? quad : undefined;
}

/** A soft shape well inside a block. */
function rounded(ring: Ring, margin: number): Ring | undefined {
  const inner = inset(
    ring,
    ring.map(() => margin),
  );
  if (inner === undefined || inner.length < 3 || !isSimple(inner)) return undefined;
  const middles = inner.map((point, index) => between(point, at(inner, (index + 1) % inner.length), 0.5));
  const soft = thinned(smoothRing(middles, 12), 1);
  return areaOf(soft) > 2000 && isSimple(soft) ? soft : undefined;
}
