import type { Responder } from '../domain/responder.ts';
import { isSaneFix } from '../world/position-columns.ts';
import { MAX_SLOTS, type PositionColumns, type World } from '../world/world.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { MAX_EPOCH_MS } from './json-checks.ts';

/** Slots and check-in times of responders, in the order of the list. */
export interface DutyColumns {
  readonly slots: Uint32Array;
  readonly checkedInAt: Float64Array;
}

export function writeDuty(writer: ByteWriter, world: World, responders: readonly Responder[]): void {
  for (const { slot } of responders) writer.varint(slot);
  let before: number = world.at;
  for (const { checkedInAt } of responders) {
    writer.signed(before - checkedInAt);
    before = checkedInAt;
  }
}

export function readDuty(reader: ByteReader, world: World, count: number): DutyColumns | undefined {
  const duty = { slots: new Uint32Array(count), checkedInAt: new Float64Array(count) };
  for (let i = 0; i < count; i += 1) {
    const slot = reader.varint();
    if (slot >= MAX_SLOTS) return undefined;
    duty.slots[i] = slot;
  }
  let before: number = world.at;
  for (let i = 0; i < count; i += 1) {
    before -= reader.signed();
    if (before < 0 || before > MAX_EPOCH_MS) return undefined;
    duty.checkedInAt[i] = before;
  }
  return reader.failed ? undefined : duty;
}

/** The held slots' fixes in the order of the slots. */
export function writePositions(writer: ByteWriter, world: World): void {
  const { positions } = world;
  const atSeconds = Math.floor(world.at / 1000);
  let lngE5 = 0;
  let latE5 = 0;
  for (let slot = 0; slot < positions.length; slot += 1) {
    if (positions.responderIds[slot] === undefined) continue;
    const known = (positions.hasFix[slot] ?? 0) + (positions.hasPrevious[slot] ?? 0);
    writer.byte(known);
    if (known === 0) continue;
    writer.signed(atSeconds - (positions.fixAtSeconds[slot] ?? 0));
    writer.signed((positions.lngE5[slot] ?? 0) - lngE5);
    writer.signed((positions.latE5[slot] ?? 0) - latE5);
    lngE5 = positions.lngE5[slot] ?? 0;
    latE5 = positions.latE5[slot] ?? 0;
    if (known === 1) continue;
    writer.signed((positions.fixAtSeconds[slot] ?? 0) - (positions.previousFixAtSeconds[slot] ?? 0));
    writer.signed(lngE5 - (positions.previousLngE5[slot] ?? 0));
    writer.signed(latE5 - (positions.previousLatE5[slot] ?? 0));
  }
}

/** False where the bytes are no such columns. */
export function readPositions(reader: ByteReader, world: World): boolean {
  const { positions } = world;
  const atSeconds = Math.floor(world.at / 1000);
  let lngE5 = 0;
  let latE5 = 0;
  for (let slot = 0; slot < positions.length; slot += 1) {
    if (positions.responderIds[slot] === undefined) continue;
    const known = reader.byte();
    if (known > 2) return false;
    if (known === 0) continue;
    const fixAtSeconds = atSeconds - reader.signed();
    lngE5 += reader.signed();
    latE5 += reader.signed();
    if (reader.failed || !isSaneFix(lngE5, latE5, fixAtSeconds)) return false;
    setFix(positions, slot, lngE5, latE5, fixAtSeconds);
    if (known === 1) continue;
    const previousAt = fixAtSeconds - reader.signed();
    const previousLng = lngE5 - reader.signed();
    const previousLat = latE5 - reader.signed();
    if (reader.failed || previousAt >= fixAtSeconds || !isSaneFix(previousLng, previousLat, previousAt))
      return false;
    positions.hasPrevious[slot] = 1;
    positions.previousFixAtSeconds[slot] = previousAt;
    positions.previousLngE5[slot] = previousLng;
    positions.previousLatE5[slot] = previousLat;
  }
  return true;
}

function setFix(
  positions: PositionColumns,
  slot: number,
  lngE5: number,
  latE5: number,
  fixAtSeconds: number,
): void {
  positions.hasFix[slot] = 1;
  positions.lngE5[slot] = lngE5;
  positions.latE5[slot] = latE5;
  positions.fixAtSeconds[slot] = fixAtSeconds;
}
