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
type Line = readonly (readonly [x: number, y: number])[];
const streetsOf = (...lines: readonly Line[]): Streets =>
  new Streets(
    buildStreetGraph(
      lines.map((line) => street(...line)),
      CENTRE,
    ),
    USUAL_SPEEDS,
  );
/** Where somebody is joined to the streets: y of the point, and how far off. */
const joined = (streets: Streets, ...doors: readonly (readonly [x: number, y: number])[]) => {
  const found = streets.atAny(
    doors.map(([x, y]) => [lngOf(plane, x), latOf(plane, y)] as const),
    'onFoot',
  );
  return [found?.y, found?.offMetres].map((metres) => metres && Math.round(metres));
};

describe('who is beside the streets', () => {
  /** The net of the city along y = 0, and a stray street 200 m north of it. */
  const streets = streetsOf(
    [
      [-1_000, 0],
      [0, 0],
      [1_000, 0],
    ],
    [
      [-50, 200],
      [50, 200],
    ],
  );

  it('is led to the net of the city where that is hardly further than a stray street', () => {
    expect(joined(streets, [0, 110])).toEqual([0, 110]);
    expect(joined(streets, [0, 112])).toEqual([0, 112]);
  });

  it('is led to the stray street where the net is much further, or where they are on it', () => {
    expect(joined(streets, [0, 120])).toEqual([200, 80]);
    expect(joined(streets, [0, 175])).toEqual([200, 25]);
    expect(joined(streets, [0, 200])).toEqual([200, 0]);
    expect(joined(streets, [0, 330])).toEqual([200, 130]);
  });

  it('stays on their own side of a river: a part with streets enough is a net of its own, though not the largest', () => {
    const sides = (count: number, y: number, to: number): readonly Line[] =>
      Array.from({ length: count }, (_, index): Line => [
        [index * 30, y],
        [index * 30, to],
      ]);
    const banks = streetsOf(
      [
        [0, 0],
        [1_800, 0],
      ],
      ...sides(55, 0, -200),
      [
        [0, 80],
        [1_800, 80],
      ],
      ...sides(60, 80, 280),
    );
    expect(banks.graph.faults.components).toBe(2);
    expect(joined(banks, [905, 36])).toEqual([0, 36]);
    expect(joined(banks, [905, 44])).toEqual([80, 36]);
  });

  it('goes in by the door from which the rule leads to the net, whichever door is nearest to a stray street', () => {
    // 85 m from the stray street and 115 m from the net: too far by itself. The other door is 95 m from the net.
    expect(joined(streets, [0, 115])).toEqual([200, 85]);
    expect(joined(streets, [0, 115], [300, 95])).toEqual([0, 95]);
    expect(joined(streets, [300, 95], [0, 115])).toEqual([0, 95]);
    expect(joined(streets, [0, 115], [300, 111])).toEqual([200, 85]);
  });
});
