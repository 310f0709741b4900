import type { EventOf } from '../domain/event.ts';
import type { Order } from '../domain/order.ts';
import type { EventRecord } from '../domain/record.ts';
import { isEnded } from '../rules/incident-states.ts';
import { hasPassed, mayMoveOrder, takesOrder } from '../rules/order-states.ts';
import { count } from './count.ts';
import { reachStage } from './fold-incident.ts';
import { refreshResponder } from './fold-responder.ts';
import { forgetOrder, keepOrder } from './order-index.ts';
import type { World } from './world.ts';

/** Answers whether it changed anything. */
export function offerOrder(world: World, record: EventRecord, event: EventOf<'order.offered'>): boolean {
  const incident = world.incidents.get(event.incidentId);
  if (incident === undefined) return false;
  const before = world.orders.get(event.orderId);
  if (before !== undefined) {
    const itsIncident = world.incidents.get(before.incidentId);
    if (itsIncident !== undefined && !isEnded(itsIncident.state)) return false;
    // As with an incident's number: one that is used again begins anew.
    if (itsIncident !== undefined) itsIncident.orders = itsIncident.orders.filter((id) => id !== before.id);
    forgetOrder(world, before.id);
    refreshResponder(world, before.responderId);
  }
  keepOrder(world, {
    id: event.orderId,
    incidentId: event.incidentId,
    responderId: event.responderId,
    state: 'offered',
    times: { offered: record.at },
  });
  incident.orders.push(event.orderId);
  count(world, 'offer', record.at);
  reachStage(world, incident, 'offered', record.at, '');
  refreshResponder(world, event.responderId);
  return true;
}

/** Answers whether it changed anything. */
export function stageOrder(world: World, record: EventRecord, event: EventOf<'order.stage'>): boolean {
  const order = world.orders.get(event.orderId);
  if (order === undefined) return false;
  if (!mayMoveOrder(order.state, event.stage)) {
    if (order.times[event.stage] !== undefined || !hasPassed(order.state, event.stage)) return false;
    order.times[event.stage] = record.at;
    moveIncident(world, record, order, event.stage);
    return true;
  }
  if (order.state === 'offered' && takesOrder(event.stage)) count(world, 'offer.accepted', record.at);
  order.state = event.stage;
  order.times[event.stage] = record.at;
  moveIncident(world, record, order, event.stage);
  refreshResponder(world, order.responderId);
  return true;
}

function moveIncident(
  world: World,
  record: EventRecord,
  order: Order,
  stage: EventOf<'order.stage'>['stage'],
): void {
  const incident = world.incidents.get(order.incidentId);
  if (incident === undefined) return;
  if (stage === 'accepted' || stage === 'enRoute' || stage === 'onScene')
    reachStage(world, incident, stage, record.at, order.responderId);
}
