import { expect, it } from 'vitest';
import { widthInFigures } from './width-in-figures.ts';

it('a Chinese sign is nearly as wide as two letters', () => {
  expect(widthInFigures('城东')).toBeCloseTo(3.8);
  expect(widthInFigures('Lupu')).toBeCloseTo(4.4);
  expect(widthInFigures('')).toBe(0);
});
