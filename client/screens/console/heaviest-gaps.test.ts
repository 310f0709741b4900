import type { GapProperties, Gaps } from '@maplewall/shared/wire/reach.ts';
import { expect, it } from 'vitest';
import { gapDots, heaviestGaps } from './heaviest-gaps.ts';

const gap = (
  lng: number,
  gridId: string | null,
  incidentsOfYearInGrid: number,
): Gaps['features'][number] => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [lng, 27.5] },
  properties: { weight: 'blocks', counts: 1, gridId, incidentsOfYearInGrid } satisfies GapProperties,
});
/** The heaviest first, as the gateway tells them. */
const gaps = [gap(1, 'A', 40), gap(2, 'A', 40), gap(3, 'B', 10), gap(4, null, 0), gap(5, null, 0)];

it('places of one grid are one row, in the order in which they come; without a grid each is its own', () => {
  const rows = heaviestGaps(gaps, 3);
  expect(
    rows.map(({ gridId, incidents, places }) => [gridId, incidents, places.map(({ lng }) => lng)]),
  ).toEqual([
    ['A', 40, [1, 2]],
    ['B', 10, [3]],
    [null, 0, [4]],
  ]);
  expect(heaviestGaps(gaps, 9).length).toBe(4);
});

it('a dot is the stronger the more happens in its grid, and none is lost where nothing happens anywhere', () => {
  const sharesOf = (of: typeof gaps) =>
    gapDots(of).map(({ properties }) => (properties.what === 'gap' ? properties.share : undefined));
  expect(sharesOf(gaps)).toEqual([1, 1, 0.25, 0, 0]);
  expect(sharesOf(gaps.slice(3))).toEqual([0, 0]);
});
