import type { ResponderId } from '../domain/ids.ts';
import { MAX_SLOTS, type PositionColumns } from './world.ts';

const MAX_LNG_E5 = 18_000_000;
const MAX_LAT_E5 = 9_000_000;
/** 2100-01-01, beyond which no time is believed. */
const MAX_SECONDS = 4_102_444_800;

/** Whether this can be a place on earth and a time at which somebody was there. */
export const isSaneFix = (lngE5: number, latE5: number, fixAtSeconds: number): boolean =>
  Math.abs(lngE5) <= MAX_LNG_E5 &&
  Math.abs(latE5) <= MAX_LAT_E5 &&
  fixAtSeconds >= 0 &&
  fixAtSeconds <= MAX_SECONDS;

/** Makes room for at least `slots` slots; what the columns hold stays. */
export function growPositions(positions: PositionColumns, slots: number): void {
  if (slots <= positions.capacity) return;
  const capacity = Math.max(slots, Math.min(MAX_SLOTS, Math.max(64, positions.capacity * 2)));
  const grown = <T extends Uint8Array | Int32Array | Float64Array>(from: T, into: T): T => {
    into.set(from);
    return into;
  };
  positions.hasFix = grown(positions.hasFix, new Uint8Array(capacity));
  positions.lngE5 = grown(positions.lngE5, new Int32Array(capacity));
  positions.latE5 = grown(positions.latE5, new Int32Array(capacity));
  positions.fixAtSeconds = grown(positions.fixAtSeconds, new Float64Array(capacity));
  positions.hasPrevious = grown(positions.hasPrevious, new Uint8Array(capacity));
  positions.previousLngE5 = grown(positions.previousLngE5, new Int32Array(capacity));
  positions.previousLatE5 = grown(positions.previousLatE5, new Int32Array(capacity));
  positions.previousFixAtSeconds = grown(positions.previousFixAtSeconds, new Float64Array(capacity));
  positions.capacity = capacity;
}

/** Gives `responderId` the lowest free slot; -1 when all are taken. */
export function takeSlot(positions: PositionColumns, responderId: ResponderId): number {
  let slot = positions.lowestFree;
  while (positions.responderIds[slot] !== undefined) slot += 1;
  if (slot >= MAX_SLOTS) return -1;
  growPositions(positions, slot + 1);
  positions.responderIds[slot] = responderId;
  positions.lowestFree = slot + 1;
  if (slot >= positions.length) positions.length = slot + 1;
  return slot;
}

/** Frees a slot and forgets where its holder was. */
export function freeSlot(positions: PositionColumns, slot: number): void {
  positions.responderIds[slot] = undefined;
  positions.hasFix[slot] = 0;
  positions.lngE5[slot] = 0;
  positions.latE5[slot] = 0;
  positions.fixAtSeconds[slot] = 0;
  positions.hasPrevious[slot] = 0;
  positions.previousLngE5[slot] = 0;
  positions.previousLatE5[slot] = 0;
  positions.previousFixAtSeconds[slot] = 0;
  if (slot < positions.lowestFree) positions.lowestFree = slot;
  while (positions.length > 0 && positions.responderIds[positions.length - 1] === undefined)
    positions.length -= 1;
  positions.responderIds.length = positions.length;
}

/** Puts a fix into a slot without asking whether it should be taken; the one held becomes the previous one. */
export function putFix(
  positions: PositionColumns,
  slot: number,
  lngE5: number,
  latE5: number,
  fixAtSeconds: number,
): void {
  if (positions.hasFix[slot] === 1) {
    positions.hasPrevious[slot] = 1;
    positions.previousLngE5[slot] = positions.lngE5[slot] ?? 0;
    positions.previousLatE5[slot] = positions.latE5[slot] ?? 0;
    positions.previousFixAtSeconds[slot] = positions.fixAtSeconds[slot] ?? 0;
  }
  positions.hasFix[slot] = 1;
  positions.lngE5[slot] = lngE5;
  positions.latE5[slot] = latE5;
  positions.fixAtSeconds[slot] = fixAtSeconds;
}
