import { epochMs } from '../../domain/units.ts';
import { largestTurnout, mostRefusals, slowestArrival, volunteerHelp } from './arrival-rules.ts';
import { CHAPTER_KINDS, type Candidate, type Chapter, type ChapterKind } from './chapter.ts';
import { busiestHour, cluster, coverageHole, longestOpen, silence } from './course-rules.ts';
import type { DayFacts } from './day-facts.ts';

export const MOST_CHAPTERS = 8;
export const BRIEFING_SECONDS = 90;
/** A single chapter is not drawn out to fill the time. */
const LONGEST_SECONDS = 20;
/** The player takes any speed; these are the ones that can be said. */
const SPEEDS = [1, 2, 5, 10, 20, 60, 120, 300, 600] as const;
const FASTEST = 600;
/** What is shorter than this at its own pace is nothing to look at. */
const SHORTEST_MS = 1_000;

const RULES: Readonly<Record<ChapterKind, (facts: DayFacts) => Candidate | undefined>> = {
  slowestArrival,
  volunteerHelp,
  cluster,
  busiestHour,
  coverageHole,
  longestOpen,
  largestTurnout,
  mostRefusals,
  silence,
};

/**
 * The chapters of a day, in the order of time: of each rule what stands out most, of two about the same incident the better,
 * and no more than eight. A rule that the day does not support gives none.
 */
export function chaptersOf(facts: DayFacts): readonly Chapter[] {
  const candidates = CHAPTER_KINDS.flatMap((kind) => {
    const found = RULES[kind](facts);
    const within = found === undefined ? undefined : clipped(found, facts);
    return within === undefined ? [] : [within];
  });
  const taken = new Set<string>();
  const chosen: Candidate[] = [];
  // Sorting is stable: of equal scores the kind that stands first in the list goes first.
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    if (chosen.length === MOST_CHAPTERS) break;
    if (candidate.about.some((incidentId) => taken.has(incidentId))) continue;
    for (const incidentId of candidate.about) taken.add(incidentId);
    chosen.push(candidate);
  }
  const share = Math.min(LONGEST_SECONDS, Math.floor(BRIEFING_SECONDS / Math.max(1, chosen.length)));
  return chosen.map((one) => timed(one, share)).toSorted((a, b) => a.from - b.from || a.to - b.to);
}

/** What of it lies within the day; undefined if that is nothing. */
function clipped(found: Candidate, { startsAt, endsAt }: DayFacts): Candidate | undefined {
  const from = epochMs(Math.max(found.from, startsAt));
  const to = epochMs(Math.min(found.to, endsAt));
  return to - from < SHORTEST_MS
    ? undefined
    : { ...found, from, to, at: epochMs(Math.min(Math.max(found.at, from), to)) };
}

/** Plays it as slowly as its seconds allow; of what is too long even at the highest speed, the part round its moment. */
function timed(found: Candidate, share: number): Chapter {
  const speed = SPEEDS.find((one) => found.to - found.from <= one * share * 1_000) ?? FASTEST;
  const lengthMs = Math.min(found.to - found.from, speed * share * 1_000);
  const from = epochMs(Math.max(found.from, Math.min(found.at - lengthMs / 2, found.to - lengthMs)));
  return {
    ...found,
    from: epochMs(Math.floor(from)),
    to: epochMs(Math.floor(from + lengthMs)),
    speed,
    seconds: Math.ceil(lengthMs / speed / 1_000),
  };
}
