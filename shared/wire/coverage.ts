import type { EpochMs } from '../domain/units.ts';

/** The half minute of the mission, and what stands beside it. */
export const HORIZON_SECONDS = [30, 60, 180, 300] as const;
export type HorizonSeconds = (typeof HORIZON_SECONDS)[number];

/** By what places count: buildings (blocks where a pack has none), the pack's key places, incidents of the last year. */
export const WEIGHTS = ['blocks', 'places', 'incidents'] as const;
export type Weight = (typeof WEIGHTS)[number];

/** Shares of one area by weight, each in the order of HORIZON_SECONDS, of 1; null where nothing of that weight lies. */
export type CoverageShares = Readonly<Record<Weight, readonly (number | null)[]>>;

/** What `GET /api/coverage` tells beside its features. */
export interface CoverageAnswer {
  readonly at: EpochMs;
  readonly shares: CoverageShares;
  /** How much there is of each weight. */
  readonly totals: Readonly<Record<Weight, number>>;
  readonly blocksAre: 'buildings' | 'blocks';
  /** Seconds until somebody accepts: the median of the last orders, or the usual ones. */
  readonly acceptSeconds: number;
  /** Posts that somebody free holds, and free responders with a fresh fix. */
  readonly posts: number;
  readonly responders: number;
  /** Those of them who are far from any street. */
  readonly offStreet: number;
}

/** `GET /api/coverage/course`: a day by the minute, as far as it is worked out. */
export interface CoverageCourse {
  readonly minutes: readonly ({
    readonly at: EpochMs;
    /** In the whole city, whatever area the shares are of. */
    readonly onDuty: number;
  } & CoverageShares)[];
}
