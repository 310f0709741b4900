import type { OrderId } from '../domain/ids.ts';
import type { Order } from '../domain/order.ts';
import type { World } from './world.ts';

/** Puts an order into the world and into the index by responder; its incident's list is the caller's matter. */
export function keepOrder(world: World, order: Order): void {
  world.orders.set(order.id, order);
  const own = world.ordersByResponder.get(order.responderId);
  if (own === undefined) world.ordersByResponder.set(order.responderId, new Set([order.id]));
  else own.add(order.id);
}

export function forgetOrder(world: World, orderId: OrderId): void {
  const order = world.orders.get(orderId);
  if (order === undefined) return;
  world.orders.delete(orderId);
  const own = world.ordersByResponder.get(order.responderId);
  own?.delete(orderId);
  if (own?.size === 0) world.ordersByResponder.delete(order.responderId);
}
