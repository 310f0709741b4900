import { ByteWriter } from './bytes.ts';
import { putInCapsule } from './capsule.ts';
import { writeFixes } from './fix-columns.ts';
import { writeSources, writeText } from './frame-words.ts';
import type { Frame, SentFrame } from './frame.ts';

/** Which parts a frame has; a second in which nothing was said costs no bytes for saying so. */
export const HAS_SOURCES = 1;
export const HAS_TEXT = 2;
export const HAS_FIXES = 4;
export const PARTS = 8;

/**
 * The bytes of a frame; docs/spec/frame.md has the map.
 *
 *   capsule( from, (to - from) * 8 + parts, at, seq: varints │ sources │ events and risks │ fixes )
 */
export function encodeFrame(frame: Frame | SentFrame): Uint8Array {
  const hasSources = frame.sources.length > 0;
  const hasText = frame.events.length > 0 || frame.risks.length > 0;
  const hasFixes = frame.fixes.count > 0;
  const writer = new ByteWriter();
  writer.varint(frame.from);
  writer.varint(
    (frame.to - frame.from) * PARTS +
      (hasSources ? HAS_SOURCES : 0) +
      (hasText ? HAS_TEXT : 0) +
      (hasFixes ? HAS_FIXES : 0),
  );
  writer.varint(frame.at);
  writer.varint(frame.seq);
  if (hasSources) writeSources(writer, frame.sources, frame.at);
  if (hasText) writeText(writer, frame);
  if (hasFixes)
    writeFixes(writer, frame.fixes, Math.floor(frame.at / 1000), 'turn' in frame ? frame.turn : undefined);
  return putInCapsule('frame', writer.done());
}
