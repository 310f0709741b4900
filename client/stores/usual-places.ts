import type { UsualPlaces } from '@maplewall/shared/wire/history.ts';

/** Where incidents are usual at an hour of such a weekday; undefined when history does not answer. */
export async function fetchUsualPlaces(day: string, hour: number): Promise<UsualPlaces | undefined> {
  try {
    const answer = await fetch(`/api/history/${day}/usual-places?hour=${hour}`);
    return answer.ok ? ((await answer.json()) as UsualPlaces) : undefined;
  } catch {
    // The network; the next hour asks again, and the legend shows that there is nothing.
    return undefined;
  }
}
