import type { Random } from '../seeded-random.ts';
import type { Point } from './plane.ts';

const SIDE = 64;

/**
 * A smooth field of −1 … 1 that changes over about `size` metres: random values at the corners of squares,
 * eased between them. It repeats after 64 squares.
 */
export function smoothNoise(random: Random, size: number): (point: Point) => number {
  const values = Array.from({ length: SIDE * SIDE }, () => random.between(-1, 1));
  const value = (column: number, row: number): number =>
    values[(((row % SIDE) + SIDE) % SIDE) * SIDE + (((column % SIDE) + SIDE) % SIDE)] ?? 0;
  const ease = (share: number): number => share * share * (3 - 2 * share);
  return ({ x, y }) => {
    const column = Math.floor(x / size);
    const row = Math.floor(y / size);
    const right = ease(x / size - column);
    const up = ease(y / size - row);
    const low = value(column, row) * (1 - right) + value(column + 1, row) * right;
    const high = value(column, row + 1) * (1 - right) + value(column + 1, row + 1) * right;
    return low * (1 - up) + high * up;
  };
}
