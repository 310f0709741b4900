import {
  RESPONDER_KINDS,
  type ResponderKind,
  type ResponderState,
} from '@maplewall/shared/domain/responder.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { CityAreas } from './city-areas.ts';

/** How many volunteers of a team or precinct are on duty, and how many of those are called. */
export interface DutyCount {
  readonly id: string;
  readonly all: number;
  readonly busy: number;
}

export interface VolunteersOnDuty {
  readonly byTeam: readonly DutyCount[];
  readonly byPrecinct: readonly DutyCount[] | undefined;
}

/** How many of a kind are on duty, and how many of those are called. */
export type DutyOfKind = Readonly<Record<ResponderKind, { readonly all: number; readonly busy: number }>>;

const isBusy = (state: ResponderState): boolean => state !== 'available' && state !== 'offered';

/** Volunteers on duty, the strongest first; by precinct only where the city's areas are known, '' for all of the city. */
export function volunteers(world: World, areas: CityAreas | undefined): VolunteersOnDuty {
  const byTeam = new Map<string, { all: number; busy: number }>();
  const byPrecinct = new Map<string, { all: number; busy: number }>();
  const add = (counts: typeof byTeam, id: string, state: ResponderState): void => {
    const count = counts.get(id) ?? { all: 0, busy: 0 };
    count.all += 1;
    if (isBusy(state)) count.busy += 1;
    counts.set(id, count);
  };
  for (const responder of world.responders.values()) {
    if (responder.kind !== 'volunteer') continue;
    add(byTeam, responder.teamId, responder.state);
    if (areas !== undefined) add(byPrecinct, areas.precinctOf(responder), responder.state);
  }
  const sorted = (counts: typeof byTeam): readonly DutyCount[] =>
    [...counts]
      .map(([id, count]) => ({ id, ...count }))
      .toSorted((a, b) => b.all - a.all || (a.id < b.id ? -1 : 1));
  return { byTeam: sorted(byTeam), byPrecinct: areas === undefined ? undefined : sorted(byPrecinct) };
}

/** Everybody on duty by kind. */
export function onDuty(world: World): DutyOfKind {
  const counts = Object.fromEntries(RESPONDER_KINDS.map((kind) => [kind, { all: 0, busy: 0 }])) as Record<
    ResponderKind,
    { all: number; busy: number }
  >;
  for (const { kind, state } of world.responders.values()) {
    counts[kind].all += 1;
    if (isBusy(state)) counts[kind].busy += 1;
  }
  return counts;
}
