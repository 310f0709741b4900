import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';

/**
 * How fast each kind gets along the streets, in metres per second, waiting at crossings included:
 *
 *   2.0  walking fast, as volunteers do: the pace that the half-minute circles of posts are drawn with
 *   3.0  a guard who runs: 1.5 km in 8 min 20 s is an easy pass in usual fitness tests of guards
 *   6.0  an e-bike, the grid workers' usual one: 21.6 km/h, below the 25 km/h that GB 17761-2018 allows
 *   8.0  an officer's car in a town: 29 km/h on average, stops and turns included
 */
const METRES_PER_SECOND: Readonly<Record<ResponderKind, number>> = {
  volunteer: 2,
  sentry: 3,
  gridWorker: 6,
  officer: 8,
};

/** Whole minutes to go for so many metres, at least one. */
export const minutesToGo = (kind: ResponderKind, metres: number): number =>
  Math.max(1, Math.ceil(metres / METRES_PER_SECOND[kind] / 60));
