import { describe, expect, it } from 'vitest';
import { cityShape, type Areas } from './city-shape.ts';
import { ringArea, ringCentre } from './ring-centre.ts';

const SQUARE = [
  [120, 27],
  [121, 27],
  [121, 28],
  [120, 28],
  [120, 27],
];
const SMALL = [
  [120, 27],
  [120.1, 27],
  [120.1, 27.1],
  [120, 27.1],
  [120, 27],
];
const areas = (rings: number[][][], properties: Record<string, unknown>): Areas => ({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties,
      geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) },
    },
  ],
});

describe('the shape of a city', () => {
  it('cuts the city out of what lies outside', () => {
    const { outside, bounds } = cityShape(areas([SQUARE], { name: '龙港市' }), areas([SQUARE], {}));
    expect(bounds).toEqual([120, 27, 121, 28]);
    expect(outside.geometry.coordinates).toHaveLength(2);
    expect(outside.geometry.coordinates[1]).toEqual(SQUARE);
  });

  it('puts a community’s name into the middle of its largest part', () => {
    const { communityNames } = cityShape(areas([SQUARE], {}), areas([SMALL, SQUARE], { name: '龙城社区' }));
    const [feature] = communityNames.features;
    expect(feature?.properties['name']).toBe('龙城社区');
    expect(feature?.geometry.coordinates[0]).toBeCloseTo(120.5, 6);
    expect(feature?.geometry.coordinates[1]).toBeCloseTo(27.5, 6);
  });

  it('does without a boundary', () => {
    const nothing: Areas = { type: 'FeatureCollection', features: [] };
    const { bounds, outside } = cityShape(nothing, nothing);
    expect(bounds).toBeUndefined();
    expect(outside.geometry.coordinates).toEqual([]);
  });

  it('knows areas and middles of rings in both directions, and of lines', () => {
    expect(ringArea(SQUARE)).toBeCloseTo(1, 9);
    expect(ringArea(SQUARE.toReversed())).toBeCloseTo(1, 9);
    expect(ringCentre(SQUARE.toReversed())[0]).toBeCloseTo(120.5, 6);
    expect(
      ringCentre([
        [1, 2],
        [3, 4],
        [1, 2],
      ]),
    ).toEqual([1, 2]);
  });
});
