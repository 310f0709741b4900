import { expect, it } from 'vitest';
import type { CityPack } from '../city/read-pack.ts';
import { partsOf } from './area-parts.ts';
import type { AreaKind } from './areas.ts';

const drawn = (all: readonly Readonly<Record<string, string>>[]) => ({
  type: 'FeatureCollection',
  features: all.map((properties) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates: [] },
  })),
});
const pack = {
  files: new Map([
    [
      'communities',
      drawn([
        { id: 'A', precinctId: 'NORTH' },
        { id: 'B', precinctId: 'NORTH' },
        { id: 'C', precinctId: 'SOUTH' },
      ]),
    ],
    [
      'grids',
      drawn([
        { id: 'A1', communityId: 'A', precinctId: 'NORTH' },
        { id: 'A2', communityId: 'A', precinctId: 'NORTH' },
        { id: 'B1', communityId: 'B', precinctId: 'NORTH' },
        // Ids are there once in their list: a community may be named like a grid.
        { id: 'A', communityId: 'C', precinctId: 'SOUTH' },
      ]),
    ],
  ]),
} as unknown as Pick<CityPack, 'files'>;

const ids = (kind: AreaKind, id: string, by: 'community' | 'grid'): string =>
  partsOf(pack, { kind, id }, by)
    .map((part) => part.id)
    .join(' ');

it.each([
  ['city', 'X', 'community', 'A B C'],
  ['city', 'X', 'grid', 'A1 A2 B1 A'],
  ['precinct', 'NORTH', 'community', 'A B'],
  ['precinct', 'NORTH', 'grid', 'A1 A2 B1'],
  ['community', 'A', 'grid', 'A1 A2'],
  ['community', 'A', 'community', 'A'],
  ['grid', 'A1', 'grid', 'A1'],
  ['grid', 'A', 'community', ''],
] as const)('of the %s %s the parts by %s are %s', (kind, id, by, parts) => {
  expect(ids(kind, id, by)).toBe(parts);
});
