import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bd09ToWgs84, wgs84ToBd09 } from './bd09.ts';
import { toWgs84 } from './coordinate-system.ts';
import { distanceMetres } from './distance.ts';
import { gcj02ToWgs84, wgs84ToGcj02 } from './gcj02.ts';

const inChina = fc.record({
  lng: fc.double({ min: 73.5, max: 135, noNaN: true }),
  lat: fc.double({ min: 3.9, max: 53.5, noNaN: true }),
});

describe('coordinate systems', () => {
  it('shifts Tiananmen as other converters do', () => {
    const shifted = wgs84ToGcj02({ lng: 116.391_265, lat: 39.907_337 });
    expect(shifted.lng).toBeCloseTo(116.397_507, 4);
    expect(shifted.lat).toBeCloseTo(39.908_741, 4);
  });

  it.each([
    ['GCJ-02', wgs84ToGcj02, gcj02ToWgs84],
    ['BD-09', wgs84ToBd09, bd09ToWgs84],
  ])('%s there and back is the same place to a millimetre, anywhere in China', (_, there, back) => {
    fc.assert(
      fc.property(inChina, (point) => {
        const shifted = there(point);
        expect(distanceMetres(point.lng, point.lat, shifted.lng, shifted.lat)).toBeGreaterThan(10);
        const home = back(shifted);
        expect(distanceMetres(point.lng, point.lat, home.lng, home.lat)).toBeLessThan(0.001);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('leaves WGS84 and the rest of the world as they are', () => {
    expect(toWgs84('WGS84', 120.55, 27.58)).toEqual({ lng: 120.55, lat: 27.58 });
    expect(toWgs84('GCJ-02', -122.4, 37.7)).toEqual({ lng: -122.4, lat: 37.7 });
  });
});

describe('distance', () => {
  it('is a nautical mile for a minute of latitude, and nothing for the same place', () => {
    expect(distanceMetres(120, 27, 120, 27 + 1 / 60)).toBeCloseTo(1853.2, 0);
    expect(distanceMetres(120, 27, 120, 27)).toBe(0);
  });
});
