import { describe, expect, it } from 'vitest';
import { latOf, lngOf, localPlane } from '@maplewall/shared/geo/local-plane.ts';
import { buildStreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { USUAL_SPEEDS } from '@maplewall/shared/rules/travel.ts';
import { Streets } from './streets.ts';

const CENTRE = { lng: 120.56, lat: 27.54 };
const plane = localPlane(CENTRE);
const street = (...points: readonly (readonly [number, number])[]) => ({
  class: 'street' as const,
  line: points.map(([x, y]) => [lngOf(plane, x), latOf(plane, y)]),
});
/** The net of the city along y = 0, and a stray street 200 m north of it. */
const streets = new Streets(
  buildStreetGraph([street([-300, 0], [0, 0], [300, 0]), street([-50, 200], [50, 200])], CENTRE),
  USUAL_SPEEDS,
);
const joinedAt = (north: number): readonly (number | undefined)[] => {
  const found = streets.at(lngOf(plane, 0), latOf(plane, north), 'onFoot');
  return [found?.y, found?.offMetres].map((metres) => metres && Math.round(metres));
};

describe('who is beside the streets', () => {
  it('is led to the net of the city where that is hardly further than a stray street', () => {
    expect(joinedAt(110)).toEqual([0, 110]);
    expect(joinedAt(112)).toEqual([0, 112]);
  });

  it('is led to the stray street where the net is much further, or where they are on it', () => {
    expect(joinedAt(120)).toEqual([200, 80]);
    expect(joinedAt(175)).toEqual([200, 25]);
    expect(joinedAt(200)).toEqual([200, 0]);
    expect(joinedAt(330)).toEqual([200, 130]);
  });
});
