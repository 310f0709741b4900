import type { Mode } from '../domain/mode.ts';
import type { EpochMs } from '../domain/units.ts';
import type { Chapter } from '../rules/chapters/chapter.ts';

/** `GET /api/briefing/:day/chapters`: a day as it briefs by itself. */
export interface DayChapters {
  readonly day: string;
  readonly startsAt: EpochMs;
  /** The end of the day, or of what has happened of it. */
  readonly endsAt: EpochMs;
  readonly asOf: EpochMs;
  /** What kinds of message the day's incidents are made of; `Test` is simulated data. */
  readonly modes: readonly Mode[];
  /** What is still being worked out: the chapters may become others. */
  readonly waiting: { readonly expectations: number; readonly coverageMinutes: number };
  readonly chapters: readonly Chapter[];
}
