import type { Point } from './plane.ts';
import { km } from './proportions.ts';

/** What a part of the city looks like: how large its blocks are (hectares), how it is built, how regular it is. */
export const ZONE_KINDS = {
  oldTown: { hectares: 0.75, aligned: 0.45, bend: 0.9 },
  town: { hectares: 1.9, aligned: 0.6, bend: 0.8 },
  newTown: { hectares: 4.6, aligned: 0.97, bend: 0.1 },
  industry: { hectares: 5.5, aligned: 0.9, bend: 0.3 },
  village: { hectares: 1.3, aligned: 0.35, bend: 1 },
  fields: { hectares: 14, aligned: 0.5, bend: 1 },
  newLand: { hectares: 38, aligned: 0.95, bend: 0.1 },
} as const;
export type ZoneKind = keyof typeof ZONE_KINDS;

/** Where the kinds of places are; the first that holds a point counts, and where none does there are fields. */
export const ZONES: readonly { readonly kind: ZoneKind; readonly outline: readonly Point[] }[] = [
  {
    kind: 'oldTown',
    outline: km('-2.3 4.6, -2.2 5.6, -1.3 6.6, -0.4 6, -0.1 4.8, 0.3 4.2, -0.4 4, -1.4 3.9'),
  },
  {
    kind: 'town',
    outline: km(`
      -4.1 5.9, -1.5 6.2, 0.3 4.8, 1.2 4.6, 1.5 3.4, 1.1 2.2, -0.8 1.7, -3.3 1.6, -3.9 3.2,
      -4.6 4.4`),
  },
  {
    kind: 'newTown',
    outline: km('1.4 5.2, 3 5.6, 5.4 5.4, 7 4.2, 7.4 1.8, 6.8 0.3, 4.3 0.1, 1.2 1.1, 1.2 2.4'),
  },
  {
    kind: 'industry',
    outline: km('3.4 0.1, 6.6 0.3, 7.6 -2.6, 7.2 -3.8, 4.7 -3.6, 3.6 -1.4'),
  },
  {
    kind: 'industry',
    outline: km('-3.2 1.6, -0.8 1.7, 0.3 1, -0.8 0.5, -3.2 0.8'),
  },
  {
    kind: 'industry',
    outline: km('-7.2 -1, -6 -0.9, -5.9 -2, -7 -2.1'),
  },
  {
    kind: 'newLand',
    outline: km('6.6 4.4, 7.3 2, 6.8 0.3, 7.7 -2.6, 7.3 -4.3, 8.4 -4.4, 11.4 -3, 8.6 3.8'),
  },
  {
    kind: 'town',
    outline: km('5.4 -4.6, 7.1 -4.6, 7.4 -5.9, 6.9 -6.7, 5.6 -6.4, 5 -5.4'),
  },
  {
    kind: 'village',
    outline: km('2.5 -4.6, 4.4 -4.5, 5 -5.4, 5.6 -7.2, 4.4 -6.3, 3.5 -7.1, 2.3 -6.6'),
  },
];
