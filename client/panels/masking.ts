import type { Named, QueueRow, RaceRow, Summary } from '../world/summarise.ts';

/** What is said instead of names and addresses. */
export interface MaskWords {
  /** Instead of a call sign: the kind of responder, or that it is one. */
  readonly someone: (kind: Named['kind']) => string;
  /** Instead of an address: the community of its grid, or that it lies in the city. */
  readonly somewhere: (gridId: string) => string;
}

/**
 * A summary for visitors: call signs give way to the kind of responder, addresses to the community they lie in. All
 * panels show what this returns, so nothing that it masks can be left standing in one of them. Kept are numbers, times,
 * categories, states, teams, precincts and communities.
 */
export function maskSummary(summary: Summary, { someone, somewhere }: MaskWords): Summary {
  const masked = <T extends Named>(named: T): T => ({ ...named, callSign: someone(named.kind) });
  const { race } = summary;
  return {
    ...summary,
    queue: summary.queue.map((row): QueueRow => ({
      ...row,
      place: somewhere(row.gridId),
      going: row.going.map(masked),
    })),
    race:
      race === undefined
        ? undefined
        : { ...race, place: somewhere(race.gridId), rows: race.rows.map((row): RaceRow => masked(row)) },
    happenings: summary.happenings.map((happening) => {
      const placed = { ...happening, place: somewhere(happening.gridId) };
      return placed.kind === 'onScene' ? { ...placed, who: masked(placed.who) } : placed;
    }),
  };
}
