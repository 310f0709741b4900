import { ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import type { SentFrame } from '@maplewall/shared/frame/frame.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import type { MinuteRef } from './history-index.ts';
import type { HistorySource } from './history-source.ts';
import { openBody } from './open-body.ts';

/** A minute ready to be played. The keyframe stays encoded, so that each playing gets a world of its own. */
export interface LoadedSegment {
  readonly keyframe: Uint8Array;
  readonly frames: readonly SentFrame[];
}

/** Fetches one minute and decodes it. */
export async function loadSegment(source: HistorySource, ref: MinuteRef): Promise<Result<LoadedSegment>> {
  const bytes = await source.segment(ref);
  if (!bytes.ok) return bytes;
  const body = await openBody(bytes.value);
  if (!body.ok) return body;
  const segment = decodeSegment(body.value);
  if (!segment.ok) return segment;
  const frames: SentFrame[] = [];
  for (const encoded of segment.value.frames) {
    const frame = decodeFrame(encoded);
    if (!frame.ok) return frame;
    frames.push(frame.value);
  }
  return ok({ keyframe: segment.value.keyframe, frames });
}
