import { expect, it } from 'vitest';
import { cityPart } from './city-part.ts';

it('a screen of the west or the east shows that half of what it is told the city is, a little over the middle', () => {
  const extent = [120.46, 27.4, 120.66, 27.6] as const;
  expect(cityPart(extent, 'west')).toEqual([120.46, 27.4, expect.closeTo(120.568, 9), 27.6]);
  expect(cityPart(extent, 'east')).toEqual([expect.closeTo(120.552, 9), 27.4, 120.66, 27.6]);
  expect(cityPart(extent, 'whole')).toBeUndefined();
});
