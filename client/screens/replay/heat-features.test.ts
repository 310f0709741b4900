import { describe, expect, it } from 'vitest';
import { differenceFeatures, heatFeatures } from './heat-features.ts';

const at = { lng: 120.5, lat: 27.5 };
const seen = (features: ReturnType<typeof heatFeatures>) => features.map(({ properties }) => properties);

describe('warmth on the map', () => {
  it('tells more from fewer by a sign wherever it is seen well, against the greatest difference, and leaves out what smoothing left', () => {
    expect(
      seen(
        differenceFeatures([
          { ...at, a: 1, b: 5, difference: 2 },
          { ...at, a: 3, b: 2, difference: -1 },
          { ...at, a: 1, b: 1.4, difference: 0.6 },
          { ...at, a: 0, b: 0, difference: 0.4 },
          { ...at, a: 0, b: 0, difference: 0.01 },
        ]),
      ),
    ).toEqual([
      { what: 'warmth', share: 1, label: '+4' },
      { what: 'warmth', share: -0.5, label: '−1' },
      { what: 'warmth', share: 0.3, label: '+' },
      { what: 'warmth', share: 0.2, label: '' },
    ]);
  });

  it('is strongest where most happened each day, and says how many there', () => {
    expect(
      seen(
        heatFeatures([
          { ...at, incidents: 8, perDay: 2 },
          { ...at, incidents: 2, perDay: 0.5 },
        ]),
      ),
    ).toEqual([
      { what: 'warmth', share: 1, label: '8' },
      { what: 'warmth', share: 0.25, label: '' },
    ]);
    expect(heatFeatures([])).toEqual([]);
  });
});
