import type { GridId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { endedAt } from '../world/incident-times.ts';
import { riskStep } from './map-colours.ts';
import type { GridFactors } from './map-handle.ts';

/**
 * What the world knows about a grid. The records carry only the level of its risk, not what made it; so beside the
 * level stands what is open in the grid at this moment. Incidents whose source named no grid are not counted.
 */
export function gridFactors(world: World, gridId: GridId, at: EpochMs): GridFactors {
  const index = world.risks.indexOf.get(gridId);
  const level = index === undefined ? undefined : world.risks.levels[index];
  const found = { openHazards: 0, overdueHazards: 0, openIncidents: 0, endedIncidents: 0 };
  for (const hazard of world.hazards.values()) {
    if (hazard.gridId !== gridId) continue;
    found.openHazards += 1;
    if (hazard.dueAt < at) found.overdueHazards += 1;
  }
  for (const incident of world.incidents.values()) {
    if (incident.gridId !== gridId) continue;
    const ended = endedAt(incident);
    if (ended !== undefined && ended <= at) found.endedIncidents += 1;
    else if (incident.state !== 'diverted') found.openIncidents += 1;
  }
  return { level, step: riskStep(level ?? 0), ...found };
}
