import { UNKNOWN_U16, UNKNOWN_U8, type FixColumns } from '@maplewall/shared/domain/position.ts';
import type { EventRecord, LogRecord, PositionsRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, frameNo, startOfMinute, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { encodeFrame } from '@maplewall/shared/frame/encode-frame.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import { encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { encodeSegment } from '@maplewall/shared/frame/segment.ts';
import type { World } from '@maplewall/shared/world/world.ts';

const SECONDS = 60;

/**
 * Folds one minute's records in the order of event time and makes its segment: the world at the minute's beginning, and
 * a frame for each of its seconds. `world` is moved to the minute's end.
 * @param records those whose `at` lies in the minute, in any order
 */
export function sealMinute(world: World, minute: MinuteNo, records: readonly LogRecord[]): Uint8Array {
  const keyframe = encodeKeyframe(world, frameNo(0));
  const frames: Uint8Array[] = [];
  foldMinute(world, minute, records, (builder, second) => {
    frames.push(encodeFrame(builder.cut(epochMs(startOfMinute(minute) + (second + 1) * 1_000))));
  });
  return encodeSegment({ minute, keyframe, frames });
}

/** The same fold without its frames: to come to a later minute's beginning. */
export function passMinute(world: World, minute: MinuteNo, records: readonly LogRecord[]): void {
  foldMinute(world, minute, records, (builder, second) => {
    if (second === SECONDS - 1) builder.discard(epochMs(startOfMinute(minute) + SECONDS * 1_000));
  });
}

function foldMinute(
  world: World,
  minute: MinuteNo,
  records: readonly LogRecord[],
  atSecond: (builder: FrameBuilder, second: number) => void,
): void {
  const start = startOfMinute(minute);
  const events: EventRecord[][] = Array.from({ length: SECONDS }, () => []);
  const positions: PositionsRecord[][] = Array.from({ length: SECONDS }, () => []);
  for (const record of records.toSorted((a, b) => a.at - b.at || a.seq - b.seq)) {
    if (record.type === 'event') events[Math.floor((record.at - start) / 1_000)]?.push(record);
    else for (const [second, part] of bySecond(record, minute)) positions[second]?.push(part);
  }
  const builder = new FrameBuilder(world);
  for (let second = 0; second < SECONDS; second += 1) {
    for (const record of events[second] ?? []) builder.add(record);
    for (const record of positions[second] ?? []) builder.add(record);
    atSecond(builder, second);
  }
}

/** A group of fixes taken apart by the second in which they were measured. */
function bySecond(record: PositionsRecord, minute: MinuteNo): ReadonlyMap<number, PositionsRecord> {
  const { fixes } = record;
  const first = minute * SECONDS;
  const rows = new Map<number, number[]>();
  for (let row = 0; row < fixes.count; row += 1) {
    const second = (fixes.fixAtSeconds[row] ?? 0) - first;
    const list = rows.get(second);
    if (list === undefined) rows.set(second, [row]);
    else list.push(row);
  }
  if (rows.size === 1) return new Map([...rows.keys()].map((second) => [second, record]));
  return new Map([...rows].map(([second, list]) => [second, { ...record, fixes: pick(fixes, list) }]));
}

function pick(fixes: FixColumns, rows: readonly number[]): FixColumns {
  const from = <T extends { readonly [index: number]: number }>(column: T, fallback: number): number[] =>
    rows.map((row) => column[row] ?? fallback);
  return {
    count: rows.length,
    responders: fixes.responders,
    who: Uint32Array.from(from(fixes.who, 0)),
    lngE5: Int32Array.from(from(fixes.lngE5, 0)),
    latE5: Int32Array.from(from(fixes.latE5, 0)),
    fixAtSeconds: Uint32Array.from(from(fixes.fixAtSeconds, 0)),
    deviceAtSeconds: Uint32Array.from(from(fixes.deviceAtSeconds, 0)),
    speed: Uint16Array.from(from(fixes.speed, UNKNOWN_U16)),
    course: Uint16Array.from(from(fixes.course, UNKNOWN_U16)),
    accuracy: Uint16Array.from(from(fixes.accuracy, UNKNOWN_U16)),
    battery: Uint8Array.from(from(fixes.battery, UNKNOWN_U8)),
  };
}
