import type { GridId, IncidentId, OrderId, PrecinctId, ResponderId } from '../domain/ids.ts';
import {
  CATEGORIES,
  INCIDENT_STAGES,
  PLATFORMS,
  PRIORITIES,
  type Incident,
  type IncidentState,
  type Platform,
} from '../domain/incident.ts';
import { MODES } from '../domain/mode.ts';
import { ORDER_STATES, type OrderState } from '../domain/order.ts';
import { epochMs, lat, lng, type EpochMs } from '../domain/units.ts';
import { keepOrder } from '../world/order-index.ts';
import type { World } from '../world/world.ts';
import { isEpochMs, isList, isText, isWhole, wordAt } from './json-checks.ts';

const INCIDENT_STATES = [...INCIDENT_STAGES, 'diverted', 'merged', 'cancelled'] as const;

/**
 * Incidents sorted by id, each with its orders in the order in which they were offered. Times are a list of
 * [word, milliseconds since the incident's own base] flattened; the base of an incident is `received`.
 *
 *   [id, category, subCategory, priority, state, lng, lat, place, precinct, grid, mode, firstOnScene,
 *    divertedTo (-1 none), mergedInto, age of base, times, [order …], acknowledged, raised since base]
 *   order: [id, responder, state, times]
 *   acknowledged: [since base, by]; 0 where nobody did; both are left out at the end
 */
export function toIncidentRows(world: World): unknown[][] {
  const incidents = [...world.incidents.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return incidents.map((incident) => {
    const base = incident.times.received ?? 0;
    return [
      incident.id,
      CATEGORIES.indexOf(incident.category),
      incident.subCategory,
      incident.priority,
      INCIDENT_STATES.indexOf(incident.state),
      incident.lng,
      incident.lat,
      incident.place,
      incident.precinctId,
      incident.gridId,
      MODES.indexOf(incident.mode),
      incident.firstOnScene,
      incident.divertedTo === '' ? -1 : PLATFORMS.indexOf(incident.divertedTo),
      incident.mergedInto,
      world.at - base,
      toTimes(INCIDENT_STATES, incident.times, base),
      incident.orders.flatMap((orderId) => {
        const order = world.orders.get(orderId);
        if (order === undefined) return [];
        return [
          [
            order.id,
            order.responderId,
            ORDER_STATES.indexOf(order.state),
            toTimes(ORDER_STATES, order.times, base),
          ],
        ];
      }),
      ...endOf(incident, base),
    ];
  });
}

function endOf({ acknowledgedAt, acknowledgedBy, raisedAt }: Incident, base: number): unknown[] {
  const acknowledged = acknowledgedAt === undefined ? 0 : [acknowledgedAt - base, acknowledgedBy];
  if (raisedAt !== undefined) return [acknowledged, raisedAt - base];
  return acknowledged === 0 ? [] : [acknowledged];
}

function toTimes<T extends string>(
  words: readonly T[],
  times: Partial<Record<T, EpochMs>>,
  base: number,
): number[] {
  const list: number[] = [];
  for (const [index, word] of words.entries()) {
    const at = times[word];
    if (at !== undefined) list.push(index, at - base);
  }
  return list;
}

function fromTimes<T extends string>(
  words: readonly T[],
  list: unknown,
  base: number,
): Partial<Record<T, EpochMs>> | undefined {
  if (!isList(list) || list.length % 2 !== 0 || list.length > 2 * words.length) return undefined;
  const times: Partial<Record<T, EpochMs>> = {};
  for (let i = 0; i < list.length; i += 2) {
    const word = wordAt(words, list[i]);
    const since = list[i + 1];
    if (word === undefined || !isWhole(since, -1e15, 1e15) || !isEpochMs(base + since)) return undefined;
    times[word] = epochMs(base + since);
  }
  return times;
}

/** Puts the incidents and their orders into the world; false where a row is none, or an id comes twice. */
export function takeIncidentRows(world: World, rows: unknown): boolean {
  if (!isList(rows)) return false;
  return rows.every((row) => isList(row) && takeIncidentRow(world, row));
}

function takeIncidentRow(world: World, row: readonly unknown[]): boolean {
  const [id, category, subCategory, priority, state, x, y, place, precinctId, gridId, mode, ...rest] = row;
  const [firstOnScene, divertedTo, mergedInto, age, timeList, orderRows, acknowledged = 0, raised] = rest;
  if (![id, subCategory, place, precinctId, gridId, firstOnScene, mergedInto].every(isText)) return false;
  const incidentId = id as IncidentId;
  if (world.incidents.has(incidentId) || !isWhole(age, -1e15, 1e15)) return false;
  const base = world.at - age;
  const words = {
    category: wordAt(CATEGORIES, category),
    priority: PRIORITIES.find((known) => known === priority),
    state: wordAt<IncidentState>(INCIDENT_STATES, state),
    mode: wordAt(MODES, mode),
    times: fromTimes<IncidentState>(INCIDENT_STATES, timeList, base),
  };
  if (words.category === undefined || words.priority === undefined || words.state === undefined) return false;
  if (words.mode === undefined || words.times === undefined || !isDegrees(x, 180) || !isDegrees(y, 90))
    return false;
  const platform: Platform | '' | undefined = divertedTo === -1 ? '' : wordAt(PLATFORMS, divertedTo);
  const acknowledgement = fromAcknowledgement(acknowledged, base);
  if (platform === undefined || !isList(orderRows) || acknowledgement === undefined) return false;
  if (raised !== undefined && (!isWhole(raised, -1e15, 1e15) || !isEpochMs(base + raised))) return false;
  const incident: Incident = {
    id: incidentId,
    category: words.category,
    subCategory: subCategory as string,
    priority: words.priority,
    state: words.state,
    lng: lng(x),
    lat: lat(y),
    place: place as string,
    precinctId: precinctId as PrecinctId | '',
    gridId: gridId as GridId | '',
    mode: words.mode,
    times: words.times,
    firstOnScene: firstOnScene as ResponderId | '',
    orders: [],
    divertedTo: platform,
    mergedInto: mergedInto as IncidentId | '',
    ...acknowledgement,
    raisedAt: raised === undefined ? undefined : epochMs(base + raised),
  };
  world.incidents.set(incidentId, incident);
  return orderRows.every((orderRow) => isList(orderRow) && takeOrderRow(world, incident, base, orderRow));
}

/** Of nought, none; undefined where the part is none of ours. */
function fromAcknowledgement(
  part: unknown,
  base: number,
): Pick<Incident, 'acknowledgedAt' | 'acknowledgedBy'> | undefined {
  if (part === 0) return { acknowledgedAt: undefined, acknowledgedBy: '' };
  if (!isList(part) || part.length !== 2) return undefined;
  const [since, by] = part;
  if (!isWhole(since, -1e15, 1e15) || !isEpochMs(base + since) || !isText(by)) return undefined;
  return { acknowledgedAt: epochMs(base + since), acknowledgedBy: by };
}

function takeOrderRow(world: World, incident: Incident, base: number, row: readonly unknown[]): boolean {
  const [id, responderId, stateIndex, timeList] = row;
  const state = wordAt<OrderState>(ORDER_STATES, stateIndex);
  const times = fromTimes<OrderState>(ORDER_STATES, timeList, base);
  if (!isText(id) || !isText(responderId) || state === undefined || times === undefined) return false;
  const orderId = id as OrderId;
  if (world.orders.has(orderId)) return false;
  keepOrder(world, {
    id: orderId,
    incidentId: incident.id,
    responderId: responderId as ResponderId,
    state,
    times,
  });
  incident.orders.push(orderId);
  return true;
}

/** Degrees within ± `most`. */
export const isDegrees = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Math.abs(value) <= most;
