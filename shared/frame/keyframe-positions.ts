import type { Responder } from '../domain/responder.ts';
import { isSaneFix } from '../world/position-columns.ts';
import { MAX_SLOTS, type World } from '../world/world.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { MAX_EPOCH_MS } from './json-checks.ts';
import { ColumnReader, ColumnWriter } from './number-column.ts';

/**
 * What a keyframe holds of its responders in columns. They are sorted by id, because members of a team have
 * ids side by side and are near each other; check-in times alone go by slot, because slots are given out in
 * that order. Each column holds steps from row to row.
 *
 *   unit of check-in times │ least age │ usual interval │ columns to the end:
 *     slot - slot before - 1            all
 *     check-in, in units, by slot       all; the first from the world's `at`
 *     2 - fixes held                    all
 *     age - least age                   who has a fix
 *     lng, lat                          who has a fix
 *     interval - usual interval         who has two
 *     step lng, step lat                who has two
 */
const COLUMNS = 9;
/** Check-in times are often whole minutes or seconds. */
const UNITS_MS = [60_000, 1000, 1] as const;

export function writePositions(writer: ByteWriter, world: World, responders: readonly Responder[]): void {
  if (responders.length === 0) return;
  const { positions, at } = world;
  const atSeconds = Math.floor(at / 1000);
  const unit = UNITS_MS.find((ms) => responders.every(({ checkedInAt }) => checkedInAt % ms === 0)) ?? 1;
  const bySlot: number[] = [];
  for (const { slot, checkedInAt } of responders) bySlot[slot] = checkedInAt / unit;

  const slots: number[] = [];
  const missing: number[] = [];
  const ages: number[] = [];
  const places = { lng: [] as number[], lat: [] as number[] };
  const intervals: number[] = [];
  const steps = { lng: [] as number[], lat: [] as number[] };
  let slotBefore = -1;
  let lngBefore = 0;
  let latBefore = 0;
  for (const { slot } of responders) {
    slots.push(slot - slotBefore - 1);
    slotBefore = slot;
    missing.push(2 - (positions.hasFix[slot] ?? 0) - (positions.hasPrevious[slot] ?? 0));
    if (positions.hasFix[slot] !== 1) continue;
    const lngE5 = positions.lngE5[slot] ?? 0;
    const latE5 = positions.latE5[slot] ?? 0;
    const fixAtSeconds = positions.fixAtSeconds[slot] ?? 0;
    ages.push(atSeconds - fixAtSeconds);
    places.lng.push(lngE5 - lngBefore);
    places.lat.push(latE5 - latBefore);
    lngBefore = lngE5;
    latBefore = latE5;
    if (positions.hasPrevious[slot] !== 1) continue;
    intervals.push(fixAtSeconds - (positions.previousFixAtSeconds[slot] ?? 0));
    steps.lng.push(lngE5 - (positions.previousLngE5[slot] ?? 0));
    steps.lat.push(latE5 - (positions.previousLatE5[slot] ?? 0));
  }
  let timeBefore = Math.floor(at / unit);
  const checkIns: number[] = [];
  for (const time of bySlot) {
    if (time === undefined) continue;
    checkIns.push(time - timeBefore);
    timeBefore = time;
  }
  const leastAge = least(ages);
  const usualInterval = mostFrequent(intervals);
  writer.varint(unit);
  writer.signed(leastAge);
  writer.varint(usualInterval);
  const columns = new ColumnWriter();
  columns.column('signed', Float64Array.from(slots));
  columns.column('signed', Float64Array.from(checkIns));
  columns.column('counts', Float64Array.from(missing));
  columns.column(
    'counts',
    Float64Array.from(ages, (age) => age - leastAge),
  );
  columns.column('signed', Float64Array.from(places.lng));
  columns.column('signed', Float64Array.from(places.lat));
  columns.column(
    'signed',
    Float64Array.from(intervals, (interval) => interval - usualInterval),
  );
  columns.column('signed', Float64Array.from(steps.lng));
  columns.column('signed', Float64Array.from(steps.lat));
  columns.writeTo(writer);
}

const least = (values: readonly number[]): number => {
  let found = values[0] ?? 0;
  for (const value of values) found = Math.min(found, value);
  return found;
};

function mostFrequent(values: readonly number[]): number {
  const times = new Map<number, number>();
  let found = 0;
  for (const value of values) {
    const now = (times.get(value) ?? 0) + 1;
    times.set(value, now);
    const most = times.get(found) ?? 0;
    if (now > most || (now === most && value < found)) found = value;
  }
  return found;
}

/** The columns of a keyframe, read but not yet in a world. */
export interface PositionParts {
  /** Of the responders, in their order. */
  readonly slots: Float64Array;
  readonly checkedInAt: Float64Array;
  /** Puts the fixes into the world, once its slots are held; false where one is not on earth. */
  put(world: World): boolean;
}

/**
 * Reads the columns of `count` responders, whose names were read already and so vouch for their number; undefined
 * where the bytes are no such columns.
 */
export function readPositions(reader: ByteReader, at: number, count: number): PositionParts | undefined {
  const none = new Float64Array(0);
  if (count === 0) return { slots: none, checkedInAt: none, put: () => true };
  const unit = reader.varint();
  const leastAge = reader.signed();
  const usualInterval = reader.varint();
  const columns = new ColumnReader(reader, COLUMNS);
  if (!UNITS_MS.some((ms) => ms === unit)) return undefined;
  const slots = new Float64Array(count);
  const checkIns = new Float64Array(count);
  const missing = new Float64Array(count);
  columns.column('signed', slots);
  columns.column('signed', checkIns);
  columns.column('counts', missing);
  let withFix = 0;
  let withTwo = 0;
  for (const many of missing) {
    if (many > 2) return undefined;
    if (many < 2) withFix += 1;
    if (many === 0) withTwo += 1;
  }
  const ages = new Float64Array(withFix);
  const places = { lng: new Float64Array(withFix), lat: new Float64Array(withFix) };
  const intervals = new Float64Array(withTwo);
  const steps = { lng: new Float64Array(withTwo), lat: new Float64Array(withTwo) };
  columns.column('counts', ages);
  columns.column('signed', places.lng);
  columns.column('signed', places.lat);
  columns.column('signed', intervals);
  columns.column('signed', steps.lng);
  columns.column('signed', steps.lat);
  if (!columns.complete || !sumSlots(slots)) return undefined;
  const checkedInAt = sumTimes(slots, checkIns, Math.floor(at / unit), unit);
  if (checkedInAt === undefined) return undefined;

  const put = (world: World): boolean => {
    const { positions } = world;
    const atSeconds = Math.floor(at / 1000);
    let lngE5 = 0;
    let latE5 = 0;
    let fix = 0;
    let two = 0;
    for (let i = 0; i < count; i += 1) {
      if (missing[i] === 2) continue;
      const slot = slots[i] ?? 0;
      const fixAtSeconds = atSeconds - leastAge - (ages[fix] ?? 0);
      lngE5 += places.lng[fix] ?? 0;
      latE5 += places.lat[fix] ?? 0;
      fix += 1;
      if (!isSaneFix(lngE5, latE5, fixAtSeconds)) return false;
      positions.hasFix[slot] = 1;
      positions.lngE5[slot] = lngE5;
      positions.latE5[slot] = latE5;
      positions.fixAtSeconds[slot] = fixAtSeconds;
      if (missing[i] === 1) continue;
      const previousAt = fixAtSeconds - usualInterval - (intervals[two] ?? 0);
      const previousLng = lngE5 - (steps.lng[two] ?? 0);
      const previousLat = latE5 - (steps.lat[two] ?? 0);
      two += 1;
      if (previousAt >= fixAtSeconds || !isSaneFix(previousLng, previousLat, previousAt)) return false;
      positions.hasPrevious[slot] = 1;
      positions.previousFixAtSeconds[slot] = previousAt;
      positions.previousLngE5[slot] = previousLng;
      positions.previousLatE5[slot] = previousLat;
    }
    return true;
  };
  return { slots, checkedInAt, put };
}

/** Steps become slots, in place; false where one is no slot. */
function sumSlots(slots: Float64Array): boolean {
  let slot = -1;
  for (let i = 0; i < slots.length; i += 1) {
    slot += (slots[i] ?? 0) + 1;
    if (slot < 0 || slot >= MAX_SLOTS) return false;
    slots[i] = slot;
  }
  return true;
}

/** Check-in times in the order of the responders, from steps in the order of their slots. */
function sumTimes(
  slots: Float64Array,
  checkIns: Float64Array,
  first: number,
  unit: number,
): Float64Array | undefined {
  let length = 0;
  for (const slot of slots) length = Math.max(length, slot + 1);
  const holderOf = new Int32Array(length).fill(-1);
  for (let i = 0; i < slots.length; i += 1) holderOf[slots[i] ?? 0] = i;
  const times = new Float64Array(slots.length);
  let time = first;
  let place = 0;
  for (const i of holderOf) {
    if (i < 0) continue;
    time += checkIns[place] ?? 0;
    place += 1;
    if (time < 0 || time * unit > MAX_EPOCH_MS) return undefined;
    times[i] = time * unit;
  }
  return times;
}
