import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { CoverageAnswer, CoverageCourse } from '@maplewall/shared/wire/coverage.ts';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { courseLine, NO_COURSE } from './course-line.ts';

const MISSES_ALLOWED = 3;

/** Who can be where in time, as the gateway works it out for the moment shown. What was read stays when a later reading fails. */
export const useCoverage = defineStore('coverage', () => {
  const now = shallowRef<CoverageAnswer>();
  const course = shallowRef(NO_COURSE);
  /** Whether the last reading failed. */
  const failed = shallowRef(false);
  let isAsking = false;
  let misses = 0;

  /** @param at the past moment shown; undefined for the present */
  const refresh = async (at: EpochMs | undefined): Promise<void> => {
    // A gateway that is busy is not asked faster than it answers; it would be asked in vain for ever.
    if (isAsking) return;
    isAsking = true;
    const found = await read<CoverageAnswer>(`/api/coverage${timeQuery(at)}`);
    isAsking = false;
    misses = found === undefined ? misses + 1 : 0;
    // A gateway that has just begun joins its streets first; until then this is being loaded.
    failed.value = misses >= MISSES_ALLOWED;
    if (found !== undefined) now.value = found;
  };
  /** @param day the day shown, YYYY-MM-DD */
  const refreshCourse = async (day: string): Promise<void> => {
    const found = await read<CoverageCourse>(`/api/coverage/course?day=${day}`);
    if (found !== undefined) course.value = courseLine(found.minutes);
  };
  return { now, course, failed, refresh, refreshCourse };
});

/** What staffed posts reach along the streets, as the text of its GeoJSON; undefined when the gateway does not answer. */
export async function fetchReachedStreets(at: EpochMs | undefined): Promise<string | undefined> {
  try {
    const answer = await fetch(`/api/reach/posts${timeQuery(at)}`);
    return answer.ok ? await answer.text() : undefined;
  } catch {
    // The network; a minute later it is asked for again.
    return undefined;
  }
}

const timeQuery = (at: EpochMs | undefined): string =>
  at === undefined ? '' : `?t=${new Date(at).toISOString()}`;

async function read<T>(path: string): Promise<T | undefined> {
  try {
    const answer = await fetch(path);
    return answer.ok ? ((await answer.json()) as T) : undefined;
  } catch {
    // The network; it is said on the panel, and the next reading tries again.
    return undefined;
  }
}
