import { seededRandom } from '../seeded-random.ts';
import { at, type Point } from './plane.ts';
import { smoothNoise } from './smooth-noise.ts';

const CELL = 100;

/**
 * Which way streets run at each place. Streets run along or across one direction, so directions count modulo a
 * right angle: they are summed as vectors of four times their angle.
 */
export interface StreetField {
  /** Radians, modulo a quarter turn. */
  angleAt(point: Point): number;
}

/**
 * Makes the field of lines that are there already: near a great road or a shore, streets follow it.
 * @param guides lines with their weight
 * @param unrest how far, in radians, the direction wanders at a place
 */
export function streetField(
  guides: readonly { readonly line: readonly Point[]; readonly weight: number }[],
  unrest: (point: Point) => number,
  seed: number,
): StreetField {
  const samples: { x: number; y: number; cos: number; sin: number }[] = [];
  for (const { line, weight } of guides)
    for (let index = 1; index < line.length; index += 1) {
      const a = at(line, index - 1);
      const b = at(line, index);
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      const angle = 4 * Math.atan2(b.y - a.y, b.x - a.x);
      const parts = Math.ceil(length / 150);
      const share = (weight * length) / parts / 150;
      for (let part = 0; part < parts; part += 1)
        samples.push({
          x: a.x + ((b.x - a.x) * (part + 0.5)) / parts,
          y: a.y + ((b.y - a.y) * (part + 0.5)) / parts,
          cos: Math.cos(angle) * share,
          sin: Math.sin(angle) * share,
        });
    }
  const wander = smoothNoise(seededRandom(seed, 'field/wander'), 900);
  const known = new Map<number, { readonly cos: number; readonly sin: number }>();
  const corner = (column: number, row: number): { readonly cos: number; readonly sin: number } => {
    const key = (column + 1000) * 4000 + row + 1000;
    const found = known.get(key);
    if (found !== undefined) return found;
    const point = { x: column * CELL, y: row * CELL };
    let cos = 0;
    let sin = 0;
    for (const sample of samples) {
      const away2 = (sample.x - point.x) ** 2 + (sample.y - point.y) ** 2 + 150 ** 2;
      const weight = 1 / (away2 * Math.sqrt(away2));
      cos += sample.cos * weight;
      sin += sample.sin * weight;
    }
    const angle = Math.atan2(sin, cos) + 4 * unrest(point) * wander(point);
    const made = { cos: Math.cos(angle), sin: Math.sin(angle) };
    known.set(key, made);
    return made;
  };
  return {
    angleAt: ({ x, y }) => {
      const column = Math.floor(x / CELL);
      const row = Math.floor(y / CELL);
      const right = x / CELL - column;
      const up = y / CELL - row;
      let cos = 0;
      let sin = 0;
      for (const [dx, dy, weight] of [
        [0, 0, (1 - right) * (1 - up)],
        [1, 0, right * (1 - up)],
        [0, 1, (1 - right) * up],
        [1, 1, right * up],
      ] as const) {
        const value = corner(column + dx, row + dy);
        cos += value.cos * weight;
        sin += value.sin * weight;
      }
      return Math.atan2(sin, cos) / 4;
    },
  };
}

/** Of the four ways along and across the field, the one nearest to a heading. */
export function nearestWay(field: number, heading: number): number {
  const quarter = Math.PI / 2;
  return field + Math.round((heading - field) / quarter) * quarter;
}
