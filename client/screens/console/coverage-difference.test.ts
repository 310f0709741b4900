import { expect, it } from 'vitest';
import type { CoverageParts } from '../../stores/reach-questions.ts';
import { coverageDifference } from './coverage-difference.ts';

const square = (at: number, side: number): number[][] => [
  [at, at],
  [at + side, at],
  [at + side, at + side],
  [at, at + side],
  [at, at],
];
const parts = (...shares: readonly (number | null)[]): CoverageParts => ({
  features: shares.map((share, index) => ({
    type: 'Feature',
    properties: { id: `c${index}`, blocks30: share, places30: 0.5 },
    geometry: {
      type: 'MultiPolygon',
      coordinates: [[square(index * 10, 1)], [square(index * 10 + 4, 2)]],
    },
  })),
});

it('colours what is covered more or less, with the points in the largest part, and nothing else', () => {
  const drawn = coverageDifference(parts(0.5, 0.25, 0.333_1, null, 0.1), parts(0.4, 0.5, 0.333_4, 0.2, null));
  expect(drawn.map(({ properties }) => properties)).toEqual([
    { what: 'difference', points: 10 },
    { what: 'points', points: 10, label: '+10.0' },
    { what: 'difference', points: -25 },
    { what: 'points', points: -25, label: '−25.0' },
  ]);
  expect(drawn[1]?.geometry).toEqual({ type: 'Point', coordinates: [5, 5] });
  expect(drawn[3]?.geometry).toEqual({ type: 'Point', coordinates: [15, 15] });
});
