import { expect, it } from 'vitest';
import type { CityPack } from '../city/read-pack.ts';
import { packPlaces } from './pack-places.ts';

const RING = [
  [120, 27],
  [120.002, 27],
  [120.002, 27.002],
  [120, 27.002],
  [120, 27],
];
const packOf = (files: Readonly<Record<string, readonly object[]>>): Pick<CityPack, 'files'> =>
  ({
    files: new Map(
      Object.entries(files).map(([name, features]) => [name, { type: 'FeatureCollection', features }]),
    ),
  }) as unknown as Pick<CityPack, 'files'>;
const area = (type: 'Polygon' | 'MultiPolygon') => ({
  properties: {},
  geometry: { type, coordinates: type === 'Polygon' ? [RING] : [[RING], [RING]] },
});
const point = (kind: string) => ({
  properties: { kind },
  geometry: { type: 'Point', coordinates: [120, 27] },
});

it('people are in the buildings of a pack, each with its corners, be it of one part or several', () => {
  const places = packPlaces(
    packOf({ buildings: [area('Polygon'), area('MultiPolygon')], blocks: [area('Polygon')] }),
  );
  expect(places.map(({ weight, doors }) => [weight, doors?.length])).toEqual([
    ['blocks', 5],
    ['blocks', 5],
  ]);
  for (const { lng, lat } of places)
    expect([lng.toFixed(4), lat.toFixed(4)]).toEqual(['120.0010', '27.0010']);
});

it('for want of buildings they are in the middle of blocks', () => {
  const [place, ...others] = packPlaces(packOf({ buildings: [], blocks: [area('MultiPolygon')] }));
  expect(others).toEqual([]);
  expect(place).toMatchObject({ weight: 'blocks', counts: 1 });
  expect(place?.doors).toBeUndefined();
});

it('key places are those where many are or those who need help most', () => {
  const kinds = ['school', 'market', 'park', 'transport', 'hospital', 'village', 'enterprise', 'government'];
  expect(packPlaces(packOf({ places: kinds.map(point) })).length).toBe(5);
});
