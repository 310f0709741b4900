import { expect, it } from 'vitest';
import { placeUnder } from './drag-order.ts';

it('a row goes past its neighbour at the middle of it, up and down, and never past an end', () => {
  const middles = [50, 150, 250];
  expect(placeUnder(150, middles, 1)).toBe(1);
  expect(placeUnder(249, middles, 1)).toBe(1);
  expect(placeUnder(251, middles, 1)).toBe(2);
  expect(placeUnder(49, middles, 1)).toBe(0);
  expect(placeUnder(-500, middles, 0)).toBe(0);
  expect(placeUnder(900, middles, 2)).toBe(2);
});

it('a low row that went past a high one stays there while the pointer does', () => {
  // Heights 20 and 200: the pointer is just past the middle of the high one.
  expect(placeUnder(125, [10, 120], 0)).toBe(1);
  expect(placeUnder(125, [100, 210], 1)).toBe(1);
});
