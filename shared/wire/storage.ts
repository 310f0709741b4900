/** What a file takes, and how much of it is free to be used again before it grows. */
export interface FileSize {
  readonly bytes: number;
  readonly reusableBytes: number;
}

/** `GET /api/admin/storage`: what is kept, how fast it grows, and how long the disk suffices. */
export interface StorageReport {
  readonly log: FileSize;
  readonly history: FileSize;
  /** The index and the worlds of the past as the wall knew it. */
  readonly known: FileSize;
  /** The course of coverage, and what was expected of incidents. */
  readonly coverage: FileSize;
  /** What people wrote: `notes.db`, `briefings.db`. */
  readonly others: FileSize;
  readonly disk: { readonly totalBytes: number; readonly freeBytes: number };
  /** Null: positions are kept for ever. */
  readonly keepPositionsDays: number | null;
  /** Null: every day can be replayed for ever. */
  readonly keepSegmentsDays: number | null;
  /** Null: they are not thinned. */
  readonly thinPositions: { readonly afterDays: number; readonly toSeconds: number } | null;
  /** Minutes whose positions are not in the log any more or are thinned, and records that came too late for one of them. */
  readonly finalMinutes: number;
  readonly recordsAfter: number;
  /** Null: none. */
  readonly notRight: NotRight | null;
  /** Null until a whole day with records has been measured. */
  readonly growth: StorageGrowth | null;
}

/** Old minutes that are kept as they are because their segment does not say what their records say. */
export interface NotRight {
  /** Day and time of the first of them, by the clocks of the city. */
  readonly day: string;
  readonly minute: string;
  readonly minutes: number;
}

/** Bytes that a day of data takes, on average of those measured. */
export interface StorageGrowth {
  /** How many whole days were measured: the last seven that have records, or as many as there are. */
  readonly days: number;
  readonly positionsPerDay: number;
  readonly eventsPerDay: number;
  readonly historyPerDay: number;
  readonly knownPerDay: number;
  readonly coveragePerDay: number;
  /** Null: not within a hundred years. */
  readonly daysUntilFull: number | null;
  /** What log, history, what was known and coverage take together in a year, were the disk large enough. */
  readonly bytesInAYear: number;
  /** What the kept positions take at most; null where they are kept for ever. */
  readonly positionsAtMost: number | null;
}
