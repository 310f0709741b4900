import { inflateRawSync } from 'node:zlib';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { startOfMinute, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import type { World } from '@maplewall/shared/world/world.ts';

const FRAMES = 60;

/** What a stored segment leads from and to. */
export interface PlayedSegment {
  /** Hash of the world at the minute's beginning. */
  readonly startHash: string;
  /** The world at the minute's end. */
  readonly end: World;
}

/** Plays the stored bytes of a minute from its keyframe to its end; a Fault where that cannot be done. */
export function playSegment(minute: MinuteNo, bytes: Uint8Array): Result<PlayedSegment> {
  const body = plainBytes(bytes);
  if (!body.ok) return body;
  const segment = decodeSegment(body.value);
  if (!segment.ok) return segment;
  if (segment.value.minute !== minute) return fail('frame.malformed', '', { reason: 'another minute' });
  if (segment.value.frames.length !== FRAMES)
    return fail('frame.malformed', '', { reason: `${segment.value.frames.length} frames` });
  const keyframe = decodeKeyframe(segment.value.keyframe);
  if (!keyframe.ok) return keyframe;
  const { world } = keyframe.value;
  if (world.at !== startOfMinute(minute))
    return fail('frame.malformed', '', { reason: 'keyframe of another time' });
  const startHash = worldHash(world);
  for (const bytesOfFrame of segment.value.frames) {
    const frame = decodeFrame(bytesOfFrame);
    const applied = frame.ok ? applyFrame(world, frame.value) : frame;
    if (!applied.ok) return applied;
  }
  if (world.at !== startOfMinute(minute) + FRAMES * 1_000)
    return fail('frame.malformed', '', { reason: 'not a whole minute' });
  return ok({ startHash, end: world });
}

function plainBytes(bytes: Uint8Array): Result<Uint8Array> {
  const envelope = openEnvelope(bytes);
  if (!envelope.ok) return envelope;
  if (!envelope.value.deflated) return ok(envelope.value.body);
  try {
    return ok(new Uint8Array(inflateRawSync(envelope.value.body)));
  } catch {
    return fail('frame.malformed', '', { reason: 'deflate' });
  }
}
