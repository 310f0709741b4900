import type { ArrivalProperties, Arrivals, LineGeometry } from '@maplewall/shared/wire/reach.ts';
import { expect, it } from 'vitest';
import { arrivalSketch } from './arrival-sketch.ts';

const arrival = (geometry: LineGeometry | null): Arrivals['features'][number] => ({
  type: 'Feature',
  geometry,
  properties: {} as ArrivalProperties,
});
const way: LineGeometry = {
  type: 'LineString',
  coordinates: [
    [120.5, 27.5],
    [120.6, 27.6],
  ],
};

it('who comes has a way with its rank where it begins; who stands at the place has only the rank, there', () => {
  const drawn = arrivalSketch(
    { lng: 120.6, lat: 27.6 },
    { features: [arrival(null), arrival(null), arrival(way)] },
  );
  expect(drawn.map(({ properties, geometry }) => [properties, geometry.coordinates])).toEqual([
    [{ what: 'way', rank: 3 }, way.coordinates],
    [{ what: 'number', label: '3' }, [120.5, 27.5]],
    [{ what: 'spot', label: '×' }, [120.6, 27.6]],
    [{ what: 'number', label: '1 · 2' }, [120.6, 27.6]],
  ]);
});
