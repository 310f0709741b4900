import { gcj02ToWgs84, wgs84ToGcj02, type LngLat } from './gcj02.ts';

/** BD-09, Baidu's second shift on top of GCJ-02: a small turn and stretch round a moved origin. */
const X_PI = (Math.PI * 3000) / 180;
const OFFSET = { lng: 0.0065, lat: 0.006 };

export function gcj02ToBd09({ lng, lat }: LngLat): LngLat {
  const radius = Math.hypot(lng, lat) + 0.000_02 * Math.sin(lat * X_PI);
  const angle = Math.atan2(lat, lng) + 0.000_003 * Math.cos(lng * X_PI);
  return { lng: radius * Math.cos(angle) + OFFSET.lng, lat: radius * Math.sin(angle) + OFFSET.lat };
}

/** Exact to 1e-9 degree, by the same walk back as for GCJ-02. */
export function bd09ToGcj02(point: LngLat): LngLat {
  let guess = { lng: point.lng - OFFSET.lng, lat: point.lat - OFFSET.lat };
  for (let round = 0; round < 6; round += 1) {
    const there = gcj02ToBd09(guess);
    guess = { lng: guess.lng - (there.lng - point.lng), lat: guess.lat - (there.lat - point.lat) };
  }
  return guess;
}

export const bd09ToWgs84 = (point: LngLat): LngLat => gcj02ToWgs84(bd09ToGcj02(point));
export const wgs84ToBd09 = (point: LngLat): LngLat => gcj02ToBd09(wgs84ToGcj02(point));
