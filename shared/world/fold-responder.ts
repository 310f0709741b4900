import type { EventOf } from '../domain/event.ts';
import type { ResponderId } from '../domain/ids.ts';
import type { Order } from '../domain/order.ts';
import type { EventRecord } from '../domain/record.ts';
import type { ResponderState } from '../domain/responder.ts';
import { isEnded } from '../rules/incident-states.ts';
import { orderHold } from '../rules/order-states.ts';
import { freeSlot, takeSlot } from './position-columns.ts';
import type { World } from './world.ts';

export interface DutyChange {
  readonly changed: boolean;
  /** The slot that was given out or freed; -1 when none was. */
  readonly slot: number;
}

const UNCHANGED: DutyChange = { changed: false, slot: -1 };

export function checkIn(
  world: World,
  record: EventRecord,
  event: EventOf<'responder.checkedIn'>,
): DutyChange {
  const fields = {
    kind: event.responderKind,
    callSign: event.callSign,
    teamId: event.teamId ?? '',
    postId: event.postId ?? '',
    stationId: event.stationId ?? '',
  } as const;
  const onDuty = world.responders.get(event.responderId);
  if (onDuty !== undefined) {
    const same =
      onDuty.kind === fields.kind &&
      onDuty.callSign === fields.callSign &&
      onDuty.teamId === fields.teamId &&
      onDuty.postId === fields.postId &&
      onDuty.stationId === fields.stationId;
    Object.assign(onDuty, fields);
    return same ? UNCHANGED : { changed: true, slot: -1 };
  }
  const slot = takeSlot(world.positions, event.responderId);
  if (slot < 0) return UNCHANGED;
  world.responders.set(event.responderId, {
    id: event.responderId,
    slot,
    ...fields,
    state: 'available',
    incidentId: '',
    checkedInAt: record.at,
    reportsThrough: '',
  });
  refreshResponder(world, event.responderId);
  return { changed: true, slot };
}

export function checkOut(world: World, responderId: ResponderId): DutyChange {
  const responder = world.responders.get(responderId);
  if (responder === undefined) return UNCHANGED;
  world.responders.delete(responderId);
  freeSlot(world.positions, responder.slot);
  return { changed: true, slot: responder.slot };
}

/** Answers whether that is news. Forgotten at check-out, like where they were. */
export function reportThrough(
  world: World,
  { responderId, source: given }: EventOf<'responder.reportsThrough'>,
): boolean {
  const source = given ?? '';
  const responder = world.responders.get(responderId);
  if (responder === undefined || responder.reportsThrough === source) return false;
  responder.reportsThrough = source;
  return true;
}

const STATE_BY_HOLD: readonly ResponderState[] = ['available', 'offered', 'assigned', 'enRoute', 'onScene'];

/**
 * Sets a responder's state from the own orders whose incidents run: the one that holds most of the responder
 * counts; among equals the one reached last, then the greater id, so that the order of the map says nothing.
 */
export function refreshResponder(world: World, responderId: ResponderId): void {
  const responder = world.responders.get(responderId);
  if (responder === undefined) return;
  let holding: Order | undefined;
  for (const orderId of world.ordersByResponder.get(responderId) ?? []) {
    const order = world.orders.get(orderId);
    if (order === undefined || orderHold(order.state) === 0) continue;
    const incident = world.incidents.get(order.incidentId);
    if (incident === undefined || isEnded(incident.state)) continue;
    if (holding === undefined || holdsMore(order, holding)) holding = order;
  }
  responder.state = STATE_BY_HOLD[holding === undefined ? 0 : orderHold(holding.state)] ?? 'available';
  responder.incidentId = holding?.incidentId ?? '';
}

function holdsMore(one: Order, other: Order): boolean {
  const hold = orderHold(one.state) - orderHold(other.state);
  if (hold !== 0) return hold > 0;
  const since = (one.times[one.state] ?? 0) - (other.times[other.state] ?? 0);
  return since !== 0 ? since > 0 : one.id > other.id;
}
