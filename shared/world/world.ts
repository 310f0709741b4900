import type { GridId, HazardId, IncidentId, OrderId, ResponderId, SourceId } from '../domain/ids.ts';
import type { Incident } from '../domain/incident.ts';
import type { Mode } from '../domain/mode.ts';
import type { Order } from '../domain/order.ts';
import type { Responder } from '../domain/responder.ts';
import type { EpochMs, Lat, Lng, Seq } from '../domain/units.ts';

/** How long an incident that ended stays in the world. */
export const KEEP_ENDED_MS = 3_600_000;
/** Whole hours of counts that the world keeps, the running one included. */
export const KEEP_HOURS = 48;
/**
 * The world knows to this step when a source was heard. It is coarse because a frame names each source whose time
 * changed, and names are long; and it is a grid, not a distance, so that one record alone decides it.
 */
export const SOURCE_STEP_MS = 5_000;
/** Slots are 0 … MAX_SLOTS - 1; who checks in when all are taken is not taken into the world. */
export const MAX_SLOTS = 1_048_576;

/**
 * Everything that is so in the city at one moment. Only the fold changes it, in place; equal records in equal
 * order make equal worlds, and `worldHash` proves it.
 *
 * Invariants
 *   W1  `at` never steps back.
 *   W2  A responder is in `responders` exactly from check-in to check-out, at one slot of the position columns.
 *   W3  A slot is given out as the lowest free one; nobody's slot is used twice at once.
 *   W4  `positions.hasFix[slot]` is 0 whenever nobody holds the slot.
 *   W5  A fix is taken only if it is newer than the one held and not older than the check-in.
 *   W6  An order's incident is in `incidents` as long as the order is in `orders`.
 *   W7  Incidents that ended more than `KEEP_ENDED_MS` before `at` are gone, and so are their orders.
 *   W8  `hours` holds the counts of the 48 whole hours up to that of `at` (and of hours to come), and no others.
 */
export interface World {
  at: EpochMs;
  /** The last record folded. */
  seq: Seq;
  readonly incidents: Map<IncidentId, Incident>;
  readonly orders: Map<OrderId, Order>;
  readonly responders: Map<ResponderId, Responder>;
  readonly positions: PositionColumns;
  readonly sources: Map<SourceId, SourceState>;
  readonly risks: RiskColumns;
  readonly hazards: Map<HazardId, OpenHazard>;
  /** Counts by whole UTC hour (`floor(at / 3,600,000)`), see hour-counts.ts. */
  readonly hours: Map<number, HourCounts>;
  /** An index over `orders`, kept by the fold; it follows from them and is no part of the state. */
  readonly ordersByResponder: Map<ResponderId, Set<OrderId>>;
}

/**
 * Where everybody is, by slot. `previous…` is the fix before the one held: heading, speed and the prediction
 * of the next fix come from the pair, so all who hold the same world predict alike.
 */
export interface PositionColumns {
  /** Slots that the columns have room for; they grow by doubling. */
  capacity: number;
  /** One more than the highest slot in use. */
  length: number;
  /** No slot below this one is free; it follows from `responderIds` and saves a search. */
  lowestFree: number;
  responderIds: (ResponderId | undefined)[];
  hasFix: Uint8Array;
  lngE5: Int32Array;
  latE5: Int32Array;
  fixAtSeconds: Float64Array;
  hasPrevious: Uint8Array;
  previousLngE5: Int32Array;
  previousLatE5: Int32Array;
  previousFixAtSeconds: Float64Array;
}

export interface SourceState {
  /** When this source was heard last, by the server's clock, rounded down to SOURCE_STEP_MS. */
  lastReceivedAt: EpochMs;
  mode: Mode;
}

/** Risk by grid in columns; a grid's index is the order of its first mention. */
export interface RiskColumns {
  readonly gridIds: GridId[];
  readonly indexOf: Map<GridId, number>;
  levels: Uint8Array;
}

export interface OpenHazard {
  readonly gridId: GridId;
  readonly hazardType: string;
  readonly lng: Lng;
  readonly lat: Lat;
  readonly dueAt: EpochMs;
}

/** One hour's counts, indexed by `HOUR_COUNTERS` of hour-counts.ts. */
export type HourCounts = Uint32Array;
