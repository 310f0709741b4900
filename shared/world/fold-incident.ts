import type { EventOf } from '../domain/event.ts';
import type { IncidentId, ResponderId } from '../domain/ids.ts';
import type { Incident, IncidentStage, IncidentState } from '../domain/incident.ts';
import type { EventRecord } from '../domain/record.ts';
import type { EpochMs } from '../domain/units.ts';
import { furtherStage, isEnded, mayLeave, mayReach } from '../rules/incident-states.ts';
import { count } from './count.ts';
import { refreshResponder } from './fold-responder.ts';
import { arrivalCounter } from './hour-counts.ts';
import { forgetOrder } from './order-index.ts';
import type { World } from './world.ts';

/** Each function here answers whether it changed anything. */

export function receiveIncident(
  world: World,
  record: EventRecord,
  event: EventOf<'incident.received'>,
): boolean {
  const before = world.incidents.get(event.incidentId);
  if (before !== undefined && !isEnded(before.state)) return false;
  // A number that is used again begins anew, whether or not the ended incident has left the world yet.
  if (before !== undefined) forgetIncident(world, before);
  world.incidents.set(event.incidentId, {
    id: event.incidentId,
    category: event.category,
    subCategory: event.subCategory ?? '',
    priority: event.priority,
    state: 'received',
    lng: event.lng,
    lat: event.lat,
    place: event.place,
    precinctId: event.precinctId ?? '',
    gridId: event.gridId ?? '',
    mode: record.mode,
    times: { received: record.at },
    firstOnScene: '',
    orders: [],
    divertedTo: '',
    mergedInto: '',
    acknowledgedAt: undefined,
    acknowledgedBy: '',
    raisedAt: undefined,
  });
  count(world, 'received', record.at);
  count(world, `category.${event.category}`, record.at);
  return true;
}

/** Takes an incident and its orders out of the world. */
export function forgetIncident(world: World, incident: Incident): void {
  for (const orderId of incident.orders) forgetOrder(world, orderId);
  world.incidents.delete(incident.id);
}

/** Moves an incident on and keeps when the stage was first reported, also when the report comes late. */
export function reachStage(
  world: World,
  incident: Incident,
  stage: IncidentStage,
  at: EpochMs,
  by: ResponderId | '',
): boolean {
  let changed = false;
  if (stage === 'onScene' && incident.firstOnScene === '' && by !== '') {
    incident.firstOnScene = by;
    changed = true;
  }
  const moves = mayReach(incident.state, stage);
  if (incident.times[stage] === undefined && (moves || stage !== 'closed')) {
    incident.times[stage] = at;
    changed = true;
    if (stage === 'onScene') {
      const seconds = Math.max(0, (at - (incident.times.received ?? at)) / 1000);
      count(world, arrivalCounter(seconds), at);
    }
  }
  if (!moves) return changed;
  incident.state = stage;
  if (stage === 'closed') {
    count(world, 'closed', at);
    refreshResponders(world, incident);
  }
  return true;
}

export function stageIncident(world: World, record: EventRecord, event: EventOf<'incident.stage'>): boolean {
  const incident = world.incidents.get(event.incidentId);
  if (incident === undefined) return false;
  return reachStage(world, incident, event.stage, record.at, event.responderId ?? '');
}

export function reprioritiseIncident(
  world: World,
  record: EventRecord,
  event: EventOf<'incident.reprioritised'>,
): boolean {
  const incident = world.incidents.get(event.incidentId);
  if (incident === undefined || incident.priority === event.priority) return false;
  // Whoever acknowledged it had not seen how urgent it is now.
  if (event.priority < incident.priority) raise(incident, record.at);
  incident.priority = event.priority;
  return true;
}

/** The first acknowledgement of an incident that runs is kept; a further one is no news. */
export function acknowledgeIncident(
  world: World,
  record: EventRecord,
  event: EventOf<'incident.acknowledged'>,
): boolean {
  const incident = world.incidents.get(event.incidentId);
  if (incident === undefined || isEnded(incident.state) || incident.acknowledgedAt !== undefined)
    return false;
  incident.acknowledgedAt = record.at;
  incident.acknowledgedBy = event.by;
  return true;
}

function raise(incident: Incident, at: EpochMs): void {
  incident.raisedAt = at;
  incident.acknowledgedAt = undefined;
  incident.acknowledgedBy = '';
}

export function divertIncident(
  world: World,
  record: EventRecord,
  event: EventOf<'incident.diverted'>,
): boolean {
  const incident = world.incidents.get(event.incidentId);
  if (incident === undefined || isEnded(incident.state)) return false;
  if (mayLeave(incident.state, 'diverted')) {
    leave(world, incident, 'diverted', record.at);
    count(world, 'diverted', record.at);
  } else if (incident.divertedTo === event.platform) return false;
  incident.divertedTo = event.platform;
  return true;
}

export function mergeIncident(world: World, record: EventRecord, event: EventOf<'incident.merged'>): boolean {
  const incident = world.incidents.get(event.incidentId);
  if (incident === undefined || event.into === event.incidentId) return false;
  if (!mayLeave(incident.state, 'merged')) return false;
  leave(world, incident, 'merged', record.at);
  incident.mergedInto = event.into;
  return true;
}

export function cancelIncident(world: World, record: EventRecord, incidentId: IncidentId): boolean {
  const incident = world.incidents.get(incidentId);
  if (incident === undefined || !mayLeave(incident.state, 'cancelled')) return false;
  leave(world, incident, 'cancelled', record.at);
  return true;
}

/** Back into the ordinary course, as far as its running orders have come. */
export function reopenIncident(world: World, record: EventRecord, incidentId: IncidentId): boolean {
  const incident = world.incidents.get(incidentId);
  if (incident === undefined || !isEnded(incident.state)) return false;
  for (const undone of ['stable', 'closed', 'diverted', 'merged', 'cancelled'] as const)
    delete incident.times[undone];
  incident.divertedTo = '';
  incident.mergedInto = '';
  raise(incident, record.at);
  let stage: IncidentStage = 'received';
  for (const orderId of incident.orders) {
    const state = world.orders.get(orderId)?.state;
    if (state === 'offered' || state === 'accepted' || state === 'enRoute' || state === 'onScene')
      stage = furtherStage(stage, state);
  }
  incident.state = stage;
  refreshResponders(world, incident);
  return true;
}

function leave(
  world: World,
  incident: Incident,
  way: Extract<IncidentState, 'diverted' | 'merged' | 'cancelled'>,
  at: EpochMs,
): void {
  incident.state = way;
  incident.times[way] = at;
  if (way !== 'diverted') refreshResponders(world, incident);
}

/** An incident that ends lets its responders go; one that is reopened calls those back whose orders still run. */
function refreshResponders(world: World, incident: Incident): void {
  for (const orderId of incident.orders) {
    const order = world.orders.get(orderId);
    if (order !== undefined) refreshResponder(world, order.responderId);
  }
}
