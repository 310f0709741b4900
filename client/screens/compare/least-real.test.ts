import { expect, it } from 'vitest';
import { leastReal } from './least-real.ts';

it('two worlds seen together are no more real than the one that is less so, whichever side it is on', () => {
  expect(leastReal(['Actual', 'Exercise'])).toBe('Exercise');
  expect(leastReal(['Test', 'Actual'])).toBe('Test');
  expect(leastReal(['Exercise', 'Test'])).toBe('Test');
  expect(leastReal([undefined, 'Actual'])).toBe('Actual');
  expect(leastReal([undefined, undefined])).toBeUndefined();
});
