import { fail, ok, type Result } from '../domain/fault.ts';
import { minuteNo, type MinuteNo } from '../domain/units.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { openCapsule, putInCapsule } from './capsule.ts';

/** One minute of history: the world at its beginning, and the frames that lead through it, each still encoded. */
export interface Segment {
  readonly minute: MinuteNo;
  readonly keyframe: Uint8Array;
  readonly frames: readonly Uint8Array[];
}

const MAX_MINUTE = 68_374_080;

/**
 * The bytes of a segment; docs/spec/segment.md has the map.
 *
 *   capsule( minute, length, keyframe │ count, length of each frame │ frames )
 */
export function encodeSegment({ minute, keyframe, frames }: Segment): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(minute);
  writer.varint(keyframe.length);
  writer.raw(keyframe);
  writer.varint(frames.length);
  for (const frame of frames) writer.varint(frame.length);
  for (const frame of frames) writer.raw(frame);
  return putInCapsule('segment', writer.done());
}

/** The parts again, as views of `bytes`, not decoded; a Fault as from decodeFrame. */
export function decodeSegment(bytes: Uint8Array): Result<Segment> {
  const body = openCapsule('segment', bytes);
  if (!body.ok) return body;
  const reader = new ByteReader(body.value);
  const minute = reader.varint();
  const keyframe = reader.raw(reader.varint());
  const count = reader.varint();
  if (reader.failed || count > reader.left) return fail('frame.truncated');
  if (minute > MAX_MINUTE) return fail('frame.malformed', 'minute', { reason: 'time' });
  const lengths = Array.from({ length: count }, () => reader.varint());
  const frames = lengths.map((length) => reader.raw(length));
  if (reader.failed) return fail('frame.truncated');
  if (reader.left > 0) return fail('frame.malformed', '', { reason: 'bytes left over' });
  return ok({ minute: minuteNo(minute), keyframe, frames });
}
