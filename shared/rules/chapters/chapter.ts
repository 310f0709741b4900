import type { Category, Priority } from '../../domain/incident.ts';
import type { ResponderKind } from '../../domain/responder.ts';
import type { EpochMs } from '../../domain/units.ts';

/** What a chapter can be about, each by a rule of its own (docs/spec/briefing.md). */
export const CHAPTER_KINDS = [
  'slowestArrival',
  'volunteerHelp',
  'cluster',
  'busiestHour',
  'coverageHole',
  'longestOpen',
  'largestTurnout',
  'mostRefusals',
  'silence',
] as const;
export type ChapterKind = (typeof CHAPTER_KINDS)[number];

export const CHAPTER_FIGURES = [
  'arrival',
  'medianArrival',
  'expected',
  'incidents',
  'spanMinutes',
  'radius',
  'usual',
  'usualHigh',
  'lowest',
  'medianCoverage',
  'minutes',
  'open',
  'medianOpen',
  'people',
  'refusals',
] as const;
export type ChapterFigure = (typeof CHAPTER_FIGURES)[number];

/** A number that a chapter tells, with what it is a number of. */
export interface Figure {
  readonly name: ChapterFigure;
  readonly value: number;
  readonly unit: 'seconds' | 'minutes' | 'metres' | 'share' | 'incidents' | 'people' | 'offers';
  /** Of how many cases it is made; null where it is a count itself. */
  readonly sample: number | null;
}

/** West, south, east, north. */
export type Box = readonly [number, number, number, number];

/** Where the camera goes: a place, or a part of the city. */
export type Focus =
  | { readonly kind: 'point'; readonly lng: number; readonly lat: number }
  | { readonly kind: 'box'; readonly box: Box };

/** The incident that a chapter is about, as it is named on screens. */
export interface ChapterIncident {
  readonly incidentId: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly place: string;
}

/** What one rule found: the moment it is about, the stretch worth seeing, and how far out of the ordinary it is (0 to 1). */
export interface Candidate {
  readonly kind: ChapterKind;
  readonly score: number;
  readonly at: EpochMs;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly focus: Focus;
  readonly incident: ChapterIncident | null;
  /** All incidents it is about; of two candidates about the same one only the better is shown. */
  readonly about: readonly string[];
  readonly responder: { readonly responderId: string; readonly kind: ResponderKind } | null;
  readonly figures: readonly Figure[];
}

/** One scene of a briefing that makes itself: from `from` to `to` at a speed, so many seconds on the screen. */
export interface Chapter extends Candidate {
  readonly speed: number;
  readonly seconds: number;
}
