import { expect, it } from 'vitest';
import { monthFigures } from './month-figures.ts';

it('a month has a count of what was ever heard of, which may be 0, and none of the rest', () => {
  const month = { from: '2026-11-01', held: 1, all: 1, counts: [0, 2, 0, 0], before: undefined };
  const { counters } = monthFigures(month, undefined, 3, (names) =>
    names.some((name) => name === 'dispute' || name === 'hazard.found'),
  );
  expect(counters.map(({ name, count }) => [name, count])).toEqual([
    ['disputes', 0],
    ['hazards', 2],
    ['services', undefined],
    ['requests', undefined],
  ]);
});
