/** What may be forgotten, and when (docs/decisions/007-what-may-be-forgotten.md). */
export interface RetentionRules {
  /** Positions that happened and came longer ago than this are taken out of the log; undefined: they are kept for ever. */
  readonly keepPositionsDays?: number | undefined;
  /** Of older ones one fix of each responder stays in so many seconds; undefined: they are kept as they came. */
  readonly thinPositions?: { readonly afterDays: number; readonly toSeconds: number } | undefined;
  /** Segments of whole days longer ago than this are removed, after their positions; undefined: they are kept for ever. */
  readonly keepSegmentsDays?: number | undefined;
}

/** For how many days positions are in the log as they came; undefined: for ever. */
export function wholePositionsDays({ keepPositionsDays, thinPositions }: RetentionRules): number | undefined {
  const days = Math.min(keepPositionsDays ?? Infinity, thinPositions?.afterDays ?? Infinity);
  return Number.isFinite(days) ? days : undefined;
}
