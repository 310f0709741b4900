import { describe, expect, it } from 'vitest';
import { RoadIndex } from './road-index.ts';

const road = (...coordinates: readonly (readonly [number, number])[]) => ({
  properties: { class: 'street' as const },
  geometry: { type: 'LineString' as const, coordinates },
});

describe('the roads near a point', () => {
  const index = new RoadIndex({
    features: [
      road([120.5, 27.5], [120.6, 27.5]),
      road([120.55, 27.4], [120.55, 27.6]),
      road([120.9, 27.9], [120.91, 27.9]),
      {
        ...road(),
        geometry: {
          type: 'MultiLineString',
          coordinates: [
            [
              [120.551, 27.501],
              [120.552, 27.501],
            ],
          ],
        },
      },
    ],
  });

  it('are found in the middle of a long straight road, far from its ends', () => {
    expect(index.near(120.57, 27.5, 0.002)).toHaveLength(1);
    expect(index.near(120.55, 27.5, 0.002)).toHaveLength(3);
  });

  it('are none where there is none', () => {
    expect(index.near(120.7, 27.7, 0.004)).toEqual([]);
  });
});
