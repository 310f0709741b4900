import { ByteWriter } from './bytes.ts';
import { putInCapsule } from './capsule.ts';
import { writeFixes } from './fix-columns.ts';
import { encodeFrameText } from './frame-text.ts';
import type { Frame } from './frame.ts';

/**
 * The bytes of a frame; docs/spec/frame.md has the map.
 *
 *   capsule( from, to - from, at, seq: varints │ length of text, text │ columns of fixes )
 */
export function encodeFrame(frame: Frame): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(frame.from);
  writer.varint(frame.to - frame.from);
  writer.varint(frame.at);
  writer.varint(frame.seq);
  const text = encodeFrameText(frame, frame);
  writer.varint(text.length);
  writer.raw(text);
  writeFixes(writer, frame.fixes);
  return putInCapsule('frame', writer.done());
}
