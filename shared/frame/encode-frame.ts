import { ByteWriter } from './bytes.ts';
import { putInCapsule } from './capsule.ts';
import { writeFixes } from './fix-columns.ts';
import { writeWords } from './frame-words.ts';
import type { Frame } from './frame.ts';

/**
 * The bytes of a frame; docs/spec/frame.md has the map.
 *
 *   capsule( from, to - from, at, seq: varints │ sources │ events and risks │ fixes )
 */
export function encodeFrame(frame: Frame): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(frame.from);
  writer.varint(frame.to - frame.from);
  writer.varint(frame.at);
  writer.varint(frame.seq);
  writeWords(writer, frame, frame);
  writeFixes(writer, frame.fixes);
  return putInCapsule('frame', writer.done());
}
