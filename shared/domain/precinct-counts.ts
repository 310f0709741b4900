/**
 * What is counted by precinct and day, in this order. What follows from something (an arrival, a diversion, a hazard put
 * right, a request settled) is counted on the day of what it follows from, so that each share is one of the same cases.
 *
 *   received              incidents received
 *   arrived               of those, somebody came; `arrived.30`, `.60`, `.180`: within so many seconds
 *   nonPolice             of those received, the ones that are no police matter
 *   nonPolice.diverted    of those, handed to the department that owns them
 *   dispute.reported      of those received, disputes
 *   dispute.settled       disputes settled on this day, whenever and however they were reported
 *   hazard.found          hazards found
 *   hazard.putRight       of those, put right; `hazard.inTime`: by their due date
 *   service               services completed at a station's counter
 *   request.received      residents' requests
 *   request.settled       of those, settled
 */
export const PRECINCT_COUNTERS = [
  'received',
  'arrived',
  'arrived.30',
  'arrived.60',
  'arrived.180',
  'nonPolice',
  'nonPolice.diverted',
  'dispute.reported',
  'dispute.settled',
  'hazard.found',
  'hazard.putRight',
  'hazard.inTime',
  'service',
  'request.received',
  'request.settled',
] as const;

export type PrecinctCounter = (typeof PRECINCT_COUNTERS)[number];

/** Counter → its place in a row of counts. */
export const PRECINCT_COUNTER_INDEX: ReadonlyMap<PrecinctCounter, number> = new Map(
  PRECINCT_COUNTERS.map((name, index) => [name, index]),
);

/** One counter of a row; 0 where the row is not there. */
export const precinctCount = (row: readonly number[] | undefined, name: PrecinctCounter): number =>
  row?.[PRECINCT_COUNTER_INDEX.get(name) ?? 0] ?? 0;
