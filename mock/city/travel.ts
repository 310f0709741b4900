import type { City } from '@maplewall/shared/domain/city.ts';

/** How fast people of the demo city get to an incident, each figure with where it comes from. */
export const TRAVEL: NonNullable<City['travel']> = {
  walk: {
    metresPerSecond: 2,
    source:
      'Lay responders sent to emergencies moved at 2.3 m/s, in dense districts at 1.8 m/s, by the GPS of 2,176 people.',
  },
  run: {
    metresPerSecond: 3,
    source: 'A guard who runs: 1.5 km in 8 min 20 s is an easy pass in usual fitness tests of guards.',
  },
  eBike: { metresPerSecond: 6, source: 'GB 17761-2018 allows 25 km/h; 21.6 km/h leaves time for crossings.' },
  car: {
    metresPerSecond: { motorway: 16, arterial: 10, street: 8, lane: 5 },
    source: 'An estimate: 29 km/h in the streets of a town, stops and turns included, less in lanes.',
  },
};
