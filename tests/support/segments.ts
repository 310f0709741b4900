import { inflateRawSync } from 'node:zlib';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import type { SentFrame } from '@maplewall/shared/frame/frame.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import type { Result } from '@maplewall/shared/domain/fault.ts';
import type { World } from '@maplewall/shared/world/world.ts';

/** The value of a result. @throws when it is a fault */
export function sure<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code} ${JSON.stringify(result.fault.values)}`);
  return result.value;
}

/** The body of an envelope. */
export function bodyOf(bytes: Uint8Array): Uint8Array {
  const { deflated, body } = sure(openEnvelope(bytes));
  return deflated ? new Uint8Array(inflateRawSync(body)) : body;
}

/** A minute as it came from history: the world at its beginning, and its frames. */
export interface PlayedMinute {
  readonly world: World;
  readonly frames: readonly SentFrame[];
  readonly events: readonly EventRecord[];
}

export async function fetchMinute(
  url: string,
  day: string,
  minute: string,
): Promise<PlayedMinute | undefined> {
  const answer = await fetch(`${url}/api/history/${day}/${encodeURIComponent(minute)}`);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`${day} ${minute}: ${answer.status} ${await answer.text()}`);
  return decodeMinute(new Uint8Array(await answer.arrayBuffer()));
}

/** A minute from the bytes that history gives. */
export function decodeMinute(bytes: Uint8Array): PlayedMinute {
  const segment = sure(decodeSegment(bodyOf(bytes)));
  const { world } = sure(decodeKeyframe(segment.keyframe));
  const frames = segment.frames.map((each) => sure(decodeFrame(each)));
  return { world, frames, events: frames.flatMap(({ events }) => events) };
}

/** Plays a minute up to a second of it. */
export function playTo({ world, frames }: PlayedMinute, second: number): World {
  for (const frame of frames.slice(0, second)) sure(applyFrame(world, frame));
  return world;
}
