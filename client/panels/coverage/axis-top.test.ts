import { expect, it } from 'vitest';
import { axisTop } from './option.ts';

it.each([
  [0, 5],
  [3.2, 5],
  [5.1, 10],
  [24, 25],
  [63, 100],
])('a share of %f %% is drawn on an axis up to %i', (share, top) => {
  expect(axisTop(share)).toBe(top);
});
