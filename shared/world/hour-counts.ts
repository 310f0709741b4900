import { CATEGORIES } from '../domain/incident.ts';

/** Upper edges, in seconds, of the classes of 'time to first arrival'; the last class is open. */
export const ARRIVAL_EDGES_SECONDS = [30, 60, 120, 180, 300, 600, 1200] as const;

/**
 * What is counted by the hour, in this order. `category.*` and `received` count incidents by when they were
 * received; all others by when the thing happened.
 */
export const HOUR_COUNTERS = [
  'received',
  ...CATEGORIES.map((category) => `category.${category}` as const),
  'diverted',
  'closed',
  ...ARRIVAL_EDGES_SECONDS.map((edge) => `arrival.${edge}` as const),
  'arrival.over',
  'hazard.found',
  'hazard.resolved',
  'service',
  'dispute',
  'request.received',
  'request.settled',
  'offer',
  'offer.accepted',
] as const;

export type HourCounter = (typeof HOUR_COUNTERS)[number];

/** Counter → its place in an `HourCounts`. */
export const HOUR_COUNTER_INDEX: ReadonlyMap<HourCounter, number> = new Map(
  HOUR_COUNTERS.map((name, index) => [name, index]),
);

export const emptyHourCounts = (): Uint32Array => new Uint32Array(HOUR_COUNTERS.length);

/** The class of an arrival time, as the name of its counter. */
export function arrivalCounter(seconds: number): HourCounter {
  for (const edge of ARRIVAL_EDGES_SECONDS) if (seconds <= edge) return `arrival.${edge}`;
  return 'arrival.over';
}
