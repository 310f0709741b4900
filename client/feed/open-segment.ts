import { ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import type { SentFrame } from '@maplewall/shared/frame/frame.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { openBody } from './open-body.ts';

/** A minute ready to be played. The keyframe stays encoded, so that each playing gets a world of its own. */
export interface LoadedSegment {
  readonly keyframe: Uint8Array<ArrayBuffer>;
  readonly frames: readonly SentFrame[];
}

/** What an object of a frame that is no column takes about, with its words. */
const OBJECT_BYTES = 400;

/** A minute of the bytes that history answers. */
export async function openSegment(envelope: Uint8Array): Promise<Result<LoadedSegment>> {
  const body = await openBody(envelope);
  if (!body.ok) return body;
  const segment = decodeSegment(body.value);
  if (!segment.ok) return segment;
  const frames: SentFrame[] = [];
  for (const encoded of segment.value.frames) {
    const frame = decodeFrame(encoded);
    if (!frame.ok) return frame;
    frames.push(frame.value);
  }
  // A copy, so that the bytes of the frames are not kept with it.
  return ok({ keyframe: new Uint8Array(segment.value.keyframe), frames });
}

/** The memory that a minute's columns lie in; each piece once. */
export function columnsOf({ keyframe, frames }: LoadedSegment): readonly ArrayBuffer[] {
  const memory = new Set([keyframe.buffer]);
  for (const { fixes } of frames) {
    const rest = 'slot' in fixes ? [fixes.slot] : [fixes.turn.missed, fixes.turn.others];
    for (const column of [fixes.lngResidual, fixes.latResidual, fixes.ageSeconds, ...rest])
      if (column.byteLength > 0) memory.add(column.buffer as ArrayBuffer);
  }
  return [...memory];
}

/** About how much memory a minute takes. */
export function bytesOf(segment: LoadedSegment): number {
  const columns = columnsOf(segment).reduce((sum, { byteLength }) => sum + byteLength, 0);
  const objects = segment.frames.reduce(
    (sum, { events, sources, risks }) => sum + 1 + events.length + sources.length + risks.length,
    0,
  );
  return columns + objects * OBJECT_BYTES;
}
