import type { City } from '../domain/city.ts';
import { bd09ToWgs84 } from './bd09.ts';
import { gcj02ToWgs84, type LngLat } from './gcj02.ts';

/** Degrees of a named coordinate system to WGS84 degrees. */
export function toWgs84(system: City['coordinateSystem'], lng: number, lat: number): LngLat {
  switch (system) {
    case 'WGS84':
      return { lng, lat };
    case 'GCJ-02':
      return gcj02ToWgs84({ lng, lat });
    case 'BD-09':
      return bd09ToWgs84({ lng, lat });
  }
}
