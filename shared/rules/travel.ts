import type { City } from '../domain/city.ts';
import { ROAD_CLASSES, type RoadClass } from '../domain/road-class.ts';
import type { ResponderKind } from '../domain/responder.ts';
import type { StreetGraph } from '../geo/street-graph.ts';

/** How somebody gets to an incident. */
export const TRAVEL_MODES = ['walk', 'run', 'eBike', 'car'] as const;
export type TravelMode = (typeof TRAVEL_MODES)[number];

/** How each kind of responder sets out. */
export const MODE_OF_KIND: Readonly<Record<ResponderKind, TravelMode>> = {
  volunteer: 'walk',
  sentry: 'run',
  gridWorker: 'eBike',
  officer: 'car',
};

/** Metres per second along the streets, waiting at crossings included. */
export interface TravelSpeeds {
  readonly walk: number;
  readonly run: number;
  readonly eBike: number;
  /** By class of road, since a lane is no arterial; paths are gone on foot. */
  readonly car: Readonly<Record<Exclude<RoadClass, 'path'>, number>>;
}

/**
 * What holds where `city.json` says nothing else; docs/spec/city-pack.md has the sources.
 *
 *   walk 2.0  between the 2.3 m/s at which volunteers sent to emergencies moved, measured by GPS, and the 1.8 m/s of dense districts
 *   run 3.0   a guard who runs: 1.5 km in 8 min 20 s is an easy pass in usual fitness tests of guards
 *   eBike 6.0 21.6 km/h, below the 25 km/h that GB 17761-2018 allows
 *   car       8 m/s in streets (29 km/h, stops and turns included), less in lanes, more on what is wide
 */
export const USUAL_SPEEDS: TravelSpeeds = {
  walk: 2,
  run: 3,
  eBike: 6,
  car: { motorway: 16, arterial: 10, street: 8, lane: 5 },
};

/** The time until somebody accepts, where a city has not measured its own yet. */
export const USUAL_ACCEPT_SECONDS = 5;

export const speedsOf = ({ travel }: Pick<City, 'travel'>): TravelSpeeds => ({
  walk: travel?.walk?.metresPerSecond ?? USUAL_SPEEDS.walk,
  run: travel?.run?.metresPerSecond ?? USUAL_SPEEDS.run,
  eBike: travel?.eBike?.metresPerSecond ?? USUAL_SPEEDS.eBike,
  car: travel?.car?.metresPerSecond ?? USUAL_SPEEDS.car,
});

/**
 * A ground on which searches run: what each edge costs. All who go on foot or by e-bike share one, in metres, since their
 * speed is the same in every street; a car has its own, in seconds.
 */
export const GROUNDS = ['onFoot', 'byCar'] as const;
export type Ground = (typeof GROUNDS)[number];

export const groundOf = (mode: TravelMode): Ground => (mode === 'car' ? 'byCar' : 'onFoot');

/** How much of a ground's cost a mode covers in a second. */
export const costPerSecond = (mode: TravelMode, speeds: TravelSpeeds): number =>
  mode === 'car' ? 1 : speeds[mode];

/** Metres per second where a mode is fastest: a car on a motorway. Nobody gets further than this, as the crow flies. */
export const fastestOf = (mode: TravelMode, speeds: TravelSpeeds): number =>
  mode === 'car' ? Math.max(...Object.values(speeds.car)) : speeds[mode];

/** What a metre beside the streets costs: everybody walks it. */
export const offStreetCost = (mode: TravelMode, speeds: TravelSpeeds): number =>
  costPerSecond(mode, speeds) / speeds.walk;

/** What each edge of the streets costs: nobody walks on a motorway, and nobody drives on a path. */
export function groundCosts(graph: StreetGraph, ground: Ground, speeds: TravelSpeeds): Float64Array {
  const perMetre = ROAD_CLASSES.map((roadClass) => {
    if (ground === 'onFoot') return roadClass === 'motorway' ? Infinity : 1;
    return 1 / (roadClass === 'path' ? speeds.walk : speeds.car[roadClass]);
  });
  return graph.edgeMetres.map((metres, edge) => metres * (perMetre[graph.edgeClass[edge] ?? 0] ?? 1));
}

/**
 * How much of the time is lost by not knowing where somebody is by now: whoever was seen `ageSeconds` ago has gone on,
 * perhaps the wrong way, at half the pace of somebody who hurries (1.0–1.4 m/s on foot against 2.0–3.0).
 */
export const lostToAge = (ageSeconds: number): number => Math.max(0, ageSeconds) / 2;
