import type { EpochMs } from '../domain/units.ts';
import type { TravelMode } from '../rules/travel.ts';
import type { Weight } from './coverage.ts';

/** GeoJSON of one shape, as `GET /api/reach…` and `GET /api/coverage…` answer. */
export interface Shape<Geometry, Properties> {
  readonly type: 'Feature';
  readonly geometry: Geometry;
  readonly properties: Properties;
}
export interface Shapes<Geometry, Properties> {
  readonly type: 'FeatureCollection';
  readonly features: readonly Shape<Geometry, Properties>[];
}
export interface PointGeometry {
  readonly type: 'Point';
  readonly coordinates: readonly [lng: number, lat: number];
}
export interface LineGeometry {
  readonly type: 'LineString';
  readonly coordinates: readonly (readonly [lng: number, lat: number])[];
}

/**
 * Of `GET /api/reach/arrivals`, soonest first: who, and in how many seconds from now. The line is the way from their last fix
 * to the place, what lies beside the streets included; of whoever stands there it is null.
 */
export interface ArrivalProperties {
  /** Null for a post. */
  readonly responderId: string | null;
  readonly callSign: string | null;
  readonly post: string | null;
  readonly mode: TravelMode;
  readonly seconds: number;
  readonly offStreet: boolean;
}
export type Arrivals = Shapes<LineGeometry | null, ArrivalProperties>;

/** Of `GET /api/coverage/advice`: a place where one more would add most. */
export interface AdviceProperties {
  readonly rank: number;
  /** What it adds, of the weight asked for, beside what is covered and what the ranks before it add. */
  readonly gain: number;
  readonly gainPercent: number;
  readonly weight: Weight;
  readonly mode: TravelMode;
  readonly seconds: number;
}
export interface AdviceAnswer extends Shapes<PointGeometry, AdviceProperties> {
  /** Seconds until somebody accepts: the median of the last orders, or the usual ones. */
  readonly acceptSeconds: number;
  /** What is left of the seconds asked for, in whole ones: the gains are of what is reached in these. */
  readonly waySeconds: number;
  readonly total: number;
  /** Posts with places that nobody else reaches: what would be lost with each. */
  readonly lonePosts: readonly { readonly post: string; readonly loss: number }[];
  /** Pairs of posts that reach mostly the same; `shared` of 1. */
  readonly twinPosts: readonly { readonly posts: readonly [string, string]; readonly shared: number }[];
  /** Ends of shifts within SHIFT_ENDS_AHEAD_MS that leave places to nobody, the worst first in the weight asked for. */
  readonly shiftEnds: readonly ShiftEndAnswer[];
}

/** Of `GET /api/coverage/gaps`: a place that nobody reaches in time. */
export interface GapProperties {
  readonly weight: Weight;
  /** How much it counts. */
  readonly counts: number;
  readonly gridId: string | null;
  readonly incidentsOfYearInGrid: number;
}
/** The heaviest first. */
export interface Gaps extends Shapes<PointGeometry, GapProperties> {
  /** How many there are, also those that are left out. */
  readonly total: number;
  readonly isCut: boolean;
}

/** How far ahead ends of shifts are looked for. */
export const SHIFT_ENDS_AHEAD_MS = 12 * 3_600_000;

/** The end of a shift of a post that is held at the moment asked about. */
export interface ShiftEndAnswer {
  readonly post: string;
  readonly at: EpochMs;
  /** What is covered at the moment asked about and not after the shift: shares of all there is in the city, of 1. */
  readonly lost: Readonly<Record<Weight, number>>;
  /** The community in which most of it lies (a precinct or the city where a pack has none). */
  readonly area: string;
}
