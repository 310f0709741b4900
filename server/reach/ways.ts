import { toE5 } from '@maplewall/shared/domain/units.ts';
import { groundOf } from '@maplewall/shared/rules/travel.ts';
import { arrivalOf, wayOf, type Arrival, type Setting, type Starter } from './arrivals.ts';
import { feature, toTenths, type Feature } from './geo-json.ts';
import { lineOf } from './on-plane.ts';
import type { Standing } from './standing.ts';

export interface LngLat {
  readonly lng: number;
  readonly lat: number;
}

/** The way of somebody to a place, however far, and their seconds; empty where no way leads. */
export function wayTo(
  setting: Setting,
  { lng, lat, ageSeconds, mode }: Omit<Standing, 'about'>,
  to: LngLat,
): readonly Feature[] {
  const at = setting.streets.at(lng, lat, groundOf(mode));
  if (at === undefined) return [];
  const starter = { at, mode, ageSeconds, lngE5: toE5(lng), latE5: toE5(lat) };
  const found = arrivalOf(setting, starter, to.lng, to.lat);
  return found === undefined ? [] : [wayFeature(setting, to, found, {})];
}

/** A way as GeoJSON; without a line for whoever stands there. */
export const wayFeature = (
  setting: Setting,
  { lng, lat }: LngLat,
  arrival: Arrival<Starter>,
  about: Feature['properties'],
): Feature =>
  feature(lineOf(setting.streets.graph.plane, wayOf(setting, lng, lat, arrival)), {
    ...about,
    mode: arrival.mode,
    seconds: toTenths(arrival.seconds),
    offStreet: arrival.offStreet,
  });
