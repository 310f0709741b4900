import type { ResponderId } from '../domain/ids.ts';
import type { EventRecord } from '../domain/record.ts';
import { MAX_SLOTS, type World } from '../world/world.ts';

/** Who will hold which slot once events are applied, without applying them. */
export interface SlotForecast {
  isHeld(slot: number): boolean;
  /** Whether the slot changes hands, so that the fix held there is gone by then. */
  isCleared(slot: number): boolean;
}

/** Follows the fold's rule: who checks in gets the lowest free slot, who checks out frees it. */
export function forecastSlots(world: World, events: readonly EventRecord[]): SlotForecast {
  const { responderIds, lowestFree } = world.positions;
  const slotOf = new Map<ResponderId, number>();
  const held = new Map<number, boolean>();
  let lowest = lowestFree;
  const isHeld = (slot: number): boolean => held.get(slot) ?? responderIds[slot] !== undefined;
  for (const { event } of events) {
    if (event.kind === 'responder.checkedIn') {
      if ((slotOf.get(event.responderId) ?? world.responders.get(event.responderId)?.slot ?? -1) >= 0)
        continue;
      while (isHeld(lowest)) lowest += 1;
      if (lowest >= MAX_SLOTS) continue;
      slotOf.set(event.responderId, lowest);
      held.set(lowest, true);
    } else if (event.kind === 'responder.checkedOut') {
      const slot = slotOf.get(event.responderId) ?? world.responders.get(event.responderId)?.slot ?? -1;
      if (slot < 0) continue;
      slotOf.set(event.responderId, -1);
      held.set(slot, false);
      lowest = Math.min(lowest, slot);
    }
  }
  return { isHeld, isCleared: (slot) => held.has(slot) };
}
