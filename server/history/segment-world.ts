import { inflateRawSync } from 'node:zlib';
import type { Result } from '@maplewall/shared/domain/fault.ts';
import { startOfMinute, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import type { World } from '@maplewall/shared/world/world.ts';

/** The world at a second of a past minute, from its segment. @throws when the segment is broken */
export function segmentWorld(bytes: Uint8Array, at: EpochMs): World {
  const { deflated, body } = sure(openEnvelope(bytes));
  const segment = sure(decodeSegment(deflated ? new Uint8Array(inflateRawSync(body)) : body));
  const { world } = sure(decodeKeyframe(segment.keyframe));
  const seconds = Math.floor((at - startOfMinute(segment.minute)) / 1_000);
  for (const frame of segment.frames.slice(0, seconds)) sure(applyFrame(world, sure(decodeFrame(frame))));
  return world;
}

function sure<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`a segment of history cannot be read: ${result.fault.code}`);
  return result.value;
}
