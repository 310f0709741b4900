import type { GridId, HazardId, SourceId } from '../domain/ids.ts';
import { MODES } from '../domain/mode.ts';
import { epochMs, lat, lng } from '../domain/units.ts';
import { setRisk } from '../world/fold-grid.ts';
import { emptyHourCounts } from '../world/hour-counts.ts';
import type { World } from '../world/world.ts';
import { isEpochMs, isList, isText, isWhole, wordAt } from './json-checks.ts';
import { isDegrees } from './keyframe-incidents.ts';
import { fromStringRuns, toStringRuns } from './string-runs.ts';

const byKey = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

/** [[source, world.at - lastReceivedAt, mode] …] */
export const toSourceRows = (world: World): unknown[][] =>
  [...world.sources]
    .sort(byKey)
    .map(([source, { lastReceivedAt, mode }]) => [source, world.at - lastReceivedAt, MODES.indexOf(mode)]);

export function takeSourceRows(world: World, rows: unknown): boolean {
  if (!isList(rows)) return false;
  for (const row of rows) {
    const [source, age, modeIndex] = isList(row) ? row : [];
    const mode = wordAt(MODES, modeIndex);
    if (!isText(source) || mode === undefined || !isWhole(age, -1e15, 1e15)) return false;
    if (!isEpochMs(world.at - age)) return false;
    world.sources.set(source as SourceId, { lastReceivedAt: epochMs(world.at - age), mode });
  }
  return true;
}

/** [[hazard, grid, type, lng, lat, world.at - dueAt] …] */
export const toHazardRows = (world: World): unknown[][] =>
  [...world.hazards]
    .sort(byKey)
    .map(([id, hazard]) => [
      id,
      hazard.gridId,
      hazard.hazardType,
      hazard.lng,
      hazard.lat,
      world.at - hazard.dueAt,
    ]);

export function takeHazardRows(world: World, rows: unknown): boolean {
  if (!isList(rows)) return false;
  for (const row of rows) {
    const [id, gridId, hazardType, x, y, age] = isList(row) ? row : [];
    if (!isText(id) || !isText(gridId) || !isText(hazardType)) return false;
    if (!isDegrees(x, 180) || !isDegrees(y, 90)) return false;
    if (!isWhole(age, -1e15, 1e15) || !isEpochMs(world.at - age)) return false;
    world.hazards.set(id as HazardId, {
      gridId: gridId as GridId,
      hazardType,
      lng: lng(x),
      lat: lat(y),
      dueAt: epochMs(world.at - age),
    });
  }
  return true;
}

/** [runs of grid ids, [level …]], sorted by id: the order of first mention is nobody's business. */
export function toRiskParts({ risks }: World): unknown[] {
  const gridIds = [...risks.gridIds].sort();
  return [toStringRuns(gridIds), gridIds.map((gridId) => risks.levels[risks.indexOf.get(gridId) ?? -1] ?? 0)];
}

export function takeRiskParts(world: World, parts: unknown): boolean {
  if (!isList(parts)) return false;
  const [runs, levels] = parts;
  const gridIds = fromStringRuns(runs);
  if (gridIds === undefined || !isList(levels) || levels.length !== gridIds.length) return false;
  for (const [place, gridId] of gridIds.entries()) {
    const level = levels[place];
    if (!isWhole(level, 0, 100)) return false;
    setRisk(world, gridId as GridId, level);
  }
  return true;
}

/** [[hour, count …] …], without the zeros at the end. */
export const toHourRows = (world: World): number[][] =>
  [...world.hours]
    .sort(([one], [other]) => one - other)
    .map(([hour, counts]) => {
      const row = [hour, ...counts];
      while (row.length > 1 && row[row.length - 1] === 0) row.pop();
      return row;
    });

export function takeHourRows(world: World, rows: unknown): boolean {
  if (!isList(rows)) return false;
  for (const row of rows) {
    const [hour, ...given] = isList(row) ? row : [];
    const counts = emptyHourCounts();
    if (!isWhole(hour, 0, 1_139_568) || given.length > counts.length) return false;
    for (const [place, value] of given.entries()) {
      if (!isWhole(value, 0, 0xffffffff)) return false;
      counts[place] = value;
    }
    world.hours.set(hour, counts);
  }
  return true;
}
