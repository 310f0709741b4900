import type { EventOf } from '../domain/event.ts';
import type { GridId, HazardId } from '../domain/ids.ts';
import type { EventRecord } from '../domain/record.ts';
import { count } from './count.ts';
import type { World } from './world.ts';

/** Sets the risk of one grid, 0–100; answers whether it is another one than before. */
export function setRisk(world: World, gridId: GridId, level: number): boolean {
  const { risks } = world;
  let index = risks.indexOf.get(gridId);
  if (index === undefined) {
    index = risks.gridIds.length;
    risks.gridIds.push(gridId);
    risks.indexOf.set(gridId, index);
    if (index >= risks.levels.length) {
      const levels = new Uint8Array(Math.max(64, risks.levels.length * 2));
      levels.set(risks.levels);
      risks.levels = levels;
    }
  } else if (risks.levels[index] === level) return false;
  risks.levels[index] = level;
  return true;
}

export function findHazard(world: World, record: EventRecord, event: EventOf<'hazard.found'>): boolean {
  const open = world.hazards.get(event.hazardId);
  const found = {
    gridId: event.gridId,
    hazardType: event.hazardType,
    lng: event.lng,
    lat: event.lat,
    dueAt: event.dueAt,
  };
  world.hazards.set(event.hazardId, found);
  if (open === undefined) {
    count(world, 'hazard.found', record.at);
    return true;
  }
  return (
    open.gridId !== found.gridId ||
    open.hazardType !== found.hazardType ||
    open.lng !== found.lng ||
    open.lat !== found.lat ||
    open.dueAt !== found.dueAt
  );
}

export function resolveHazard(world: World, record: EventRecord, hazardId: HazardId): boolean {
  if (!world.hazards.delete(hazardId)) return false;
  count(world, 'hazard.resolved', record.at);
  return true;
}
