import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { HistoryIncident } from '@maplewall/shared/wire/history.ts';
import { expect, it } from 'vitest';
import { momentsOf, unlessImported } from './use-replay-day.ts';

const incident = (at: number, knownAt?: number): HistoryIncident =>
  ({ at: epochMs(at), ...(knownAt === undefined ? {} : { knownAt: epochMs(knownAt) }) }) as HistoryIncident;
const MIXED = [incident(1, 50), incident(2), incident(3), incident(40)];

it('incidents come in when they happened, or, as the wall knew it, when it heard of them; in order either way', () => {
  expect(momentsOf(MIXED, false)).toEqual([1, 2, 3, 40]);
  expect(momentsOf(MIXED, true)).toEqual([2, 3, 40, 50]);
});

it('a day that came late as a whole marks none of its incidents as late, while one of some late ones marks those', () => {
  expect(unlessImported([incident(1, 50), incident(2, 50)])).toEqual([incident(1), incident(2)]);
  expect(unlessImported(MIXED)).toEqual(MIXED);
});
