import type { IncidentId, OrderId, ResponderId } from './ids.ts';
import type { EpochMs } from './units.ts';

/** `offered` → `accepted` | `declined` | `expired` | `withdrawn`; `accepted` → `enRoute` → `onScene` → `done` | `released`. */
export const ORDER_STATES = [
  'offered',
  'accepted',
  'declined',
  'expired',
  'withdrawn',
  'enRoute',
  'onScene',
  'done',
  'released',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export interface Order {
  readonly id: OrderId;
  readonly incidentId: IncidentId;
  readonly responderId: ResponderId;
  state: OrderState;
  times: Partial<Record<OrderState, EpochMs>>;
}
