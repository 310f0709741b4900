import { isEnded } from '@maplewall/shared/rules/incident-states.ts';
import type { UrgentIncident } from '@maplewall/shared/wire/urgent-incidents.ts';
import type { World } from '@maplewall/shared/world/world.ts';

/** What an alarm is given for: priority 1, neither over nor in other hands. The longest wait first. */
export function urgentIncidents(world: World): readonly UrgentIncident[] {
  return [...world.incidents.values()]
    .filter(({ priority, state }) => priority === 1 && state !== 'diverted' && !isEnded(state))
    .map(({ id, category, state, place, times, acknowledgedAt, acknowledgedBy }) => ({
      incidentId: id,
      category,
      state,
      place,
      receivedAt: times.received ?? world.at,
      acknowledgedAt: acknowledgedAt ?? null,
      acknowledgedBy,
    }))
    .toSorted((a, b) => a.receivedAt - b.receivedAt);
}
