import type { EventRecord } from '../domain/record.ts';
import { makeFixRows } from './fix-rows.ts';
import type { FixRows, Frame, RiskRow, SourceRow } from './frame.ts';

/**
 * One frame that leaves the same world as these, applied one after another. Throws where they do not follow
 * one another: only who cut them merges them.
 */
export function mergeFrames(frames: readonly [Frame, ...Frame[]]): Frame {
  const [first] = frames;
  let last: Frame = first;
  for (const frame of frames.slice(1)) {
    if (frame.from !== last.to) throw new Error(`frame ${frame.from} does not follow ${last.to}`);
    last = frame;
  }
  const events: EventRecord[] = [];
  const sources = new Map<string, SourceRow>();
  const risks = new Map<string, RiskRow>();
  const clearedSlots = new Set<number>();
  for (const frame of frames) {
    for (const event of frame.events) events.push(event);
    for (const row of frame.sources) sources.set(row.source, row);
    for (const row of frame.risks) risks.set(row.gridId, row);
    for (const slot of frame.clearedSlots) clearedSlots.add(slot);
  }
  return {
    from: first.from,
    to: last.to,
    at: last.at,
    seq: last.seq,
    events,
    fixes: mergeFixes(frames, Math.floor(last.at / 1000)),
    sources: [...sources.values()],
    risks: [...risks.values()],
    clearedSlots: [...clearedSlots],
  };
}

/** Fixes of all frames but those of slots that a later frame empties: its events come before the fixes. */
function mergeFixes(frames: readonly Frame[], atSeconds: number): FixRows {
  let total = 0;
  for (const frame of frames) total += frame.fixes.count;
  const keys = new Float64Array(total);
  const emptiedLater = new Set<number>();
  let kept = 0;
  const starts = startsOf(frames);
  for (let f = frames.length - 1; f >= 0; f -= 1) {
    const frame = frames[f];
    if (frame === undefined) continue;
    for (let row = 0; row < frame.fixes.count; row += 1) {
      const slot = frame.fixes.slot[row] ?? 0;
      if (emptiedLater.has(slot)) continue;
      keys[kept] = slot * 4_294_967_296 + (starts[f] ?? 0) + row;
      kept += 1;
    }
    for (const slot of frame.clearedSlots) emptiedLater.add(slot);
  }
  const sorted = keys.subarray(0, kept).sort();
  const rows = makeFixRows(kept);
  const frameOf = new Uint32Array(total);
  for (const [f, frame] of frames.entries())
    frameOf.fill(f, starts[f] ?? 0, (starts[f] ?? 0) + frame.fixes.count);
  for (let row = 0; row < kept; row += 1) {
    const place = (sorted[row] ?? 0) % 4_294_967_296;
    const f = frameOf[place] ?? 0;
    const frame = frames[f];
    if (frame === undefined) continue;
    const from = place - (starts[f] ?? 0);
    rows.slot[row] = frame.fixes.slot[from] ?? 0;
    rows.lngResidual[row] = frame.fixes.lngResidual[from] ?? 0;
    rows.latResidual[row] = frame.fixes.latResidual[from] ?? 0;
    rows.ageSeconds[row] = (frame.fixes.ageSeconds[from] ?? 0) + atSeconds - Math.floor(frame.at / 1000);
  }
  return rows;
}

/** Where each frame's fixes would begin if all were put one behind another. */
function startsOf(frames: readonly Frame[]): number[] {
  let start = 0;
  return frames.map(({ fixes }) => {
    start += fixes.count;
    return start - fixes.count;
  });
}
