import type { BriefingContent } from '../domain/saved-briefing.ts';
import type { EpochMs } from '../domain/units.ts';

/** One version of a briefing, without its scenes. */
export interface BriefingVersion {
  /** 1, 2, 3 … in the order of saving. */
  readonly version: number;
  /** The version that was in front of whoever saved this one; 0 for the first. */
  readonly basedOn: number;
  readonly savedAt: EpochMs;
  readonly title: string;
  readonly scenes: number;
  /** A deletion is a version as well: it holds what was there before it, so that nothing is lost. */
  readonly deleted: boolean;
}

/** `GET /api/briefings`: the newest version of each. */
export interface BriefingList {
  readonly briefings: readonly ({ readonly id: string } & BriefingVersion)[];
}

/** `GET /api/briefings/:id/versions`, newest first. */
export interface BriefingVersions {
  readonly id: string;
  readonly versions: readonly BriefingVersion[];
}

/** `GET /api/briefings/:id`: one version with its scenes, and which version is the newest. */
export interface SavedBriefing extends Omit<BriefingVersion, 'scenes' | 'title'>, BriefingContent {
  readonly id: string;
  readonly newest: number;
}
