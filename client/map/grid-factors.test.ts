import type { GridId, HazardId, IncidentId } from '@maplewall/shared/domain/ids.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import { ClientWorld } from '../world/client-world.ts';
import { CENTRE, EVENING, SmallCity } from '../world/small-city.ts';
import { gridFactors } from './grid-factors.ts';

const gridId = 'G1' as GridId;

it('a grid names its level, its open hazards and its incidents, and none of another grid or department', () => {
  const city = new SmallCity();
  const clientWorld = new ClientWorld({ city: { centre: CENTRE }, now: () => EVENING });
  city.happens(EVENING, { kind: 'grid.risk', risks: [{ gridId, level: 60 }] });
  for (const [id, days, grid] of [
    ['H1', -1, 'G1'],
    ['H2', 1, 'G1'],
    ['H3', -1, 'G2'],
  ] as const)
    city.happens(EVENING, {
      kind: 'hazard.found',
      hazardId: id as HazardId,
      gridId: grid as GridId,
      hazardType: 'gas bottle',
      ...CENTRE,
      dueAt: epochMs(EVENING + days * 86_400_000),
    });
  for (const id of ['I1', 'I2', 'I3', 'I4'])
    city.happens(EVENING, {
      kind: 'incident.received',
      incidentId: id as IncidentId,
      category: 'help',
      priority: 3,
      ...CENTRE,
      place: 'x',
      ...(id === 'I3' ? {} : { gridId }),
    });
  city.happens(EVENING, { kind: 'incident.stage', incidentId: 'I2' as IncidentId, stage: 'closed' });
  city.happens(EVENING, {
    kind: 'incident.diverted',
    incidentId: 'I4' as IncidentId,
    platform: 'governance',
  });
  clientWorld.onBatch(city.keyframe(EVENING));
  expect(gridFactors(clientWorld.world, gridId, EVENING)).toEqual({
    level: 60,
    step: 3,
    openHazards: 2,
    overdueHazards: 1,
    openIncidents: 1,
    endedIncidents: 1,
  });
  expect(gridFactors(clientWorld.world, 'G9' as GridId, EVENING)).toMatchObject({
    level: undefined,
    step: 0,
  });
});
