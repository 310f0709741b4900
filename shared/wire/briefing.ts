import type { Mode } from '../domain/mode.ts';
import type { EpochMs } from '../domain/units.ts';
import type { Chapter } from '../rules/chapters/chapter.ts';
import type { ShiftLine } from '../rules/shift/shift-lines.ts';

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
  /** The day is so old that it cannot be replayed any more: there are no chapters of it, whatever happened. */
  readonly replayGone?: true;
  readonly chapters: readonly Chapter[];
}

/** `GET /api/briefing/shift`: what changed since a moment, the most pressing first. */
export interface ShiftCard {
  readonly since: EpochMs;
  readonly asOf: EpochMs;
  /** Incidents whose half minute is not judged yet, because what was to be expected is still being worked out. */
  readonly waiting: number;
  readonly lines: readonly ShiftLine[];
}
