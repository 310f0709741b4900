import type { OrderState } from '../domain/order.ts';

/**
 * Where an order may go from each state. A stage that nobody reported may be skipped (many sources report no
 * 'accepted'), none is taken back, and what has ended stays so: an acceptance after the expiry is too late.
 */
export const ORDER_MOVES: Readonly<Record<OrderState, readonly OrderState[]>> = {
  offered: ['accepted', 'declined', 'expired', 'withdrawn', 'enRoute', 'onScene', 'done', 'released'],
  accepted: ['enRoute', 'onScene', 'done', 'released'],
  enRoute: ['onScene', 'done', 'released'],
  onScene: ['done', 'released'],
  done: [],
  released: [],
  declined: [],
  expired: [],
  withdrawn: [],
};

export const mayMoveOrder = (from: OrderState, to: OrderState): boolean => ORDER_MOVES[from].includes(to);

/** How much of its responder an order takes: 0 nothing (it has ended), 1 offered … 4 on the spot. */
export function orderHold(state: OrderState): 0 | 1 | 2 | 3 | 4 {
  switch (state) {
    case 'offered':
      return 1;
    case 'accepted':
      return 2;
    case 'enRoute':
      return 3;
    case 'onScene':
      return 4;
    case 'done':
    case 'released':
    case 'declined':
    case 'expired':
    case 'withdrawn':
      return 0;
  }
}

/** Whether `stage` lies on the way that an order at `state` has come, reported or not. */
export const hasPassed = (state: OrderState, stage: OrderState): boolean =>
  mayMoveOrder(stage, state) && orderHold(stage) > 0;

/** Whether somebody who moves from `offered` to `to` has taken the order. */
export const takesOrder = (to: OrderState): boolean => orderHold(to) > 1 || to === 'done';
