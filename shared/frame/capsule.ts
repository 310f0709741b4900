import { fail, ok, type Result } from '../domain/fault.ts';
import { crc32 } from './crc32.ts';

/** Version of the bytes of frames, keyframes and segments; docs/spec/frame.md has its history. */
export const FORMAT_VERSION = 1;

/** What a capsule may hold; the value is its kind byte. */
export const KINDS = { frame: 0x46, keyframe: 0x4b, segment: 0x53 } as const;
export type Kind = keyof typeof KINDS;

const HEAD_BYTES = 8;
const MAGIC = [0x4d, 0x57] as const;

/**
 * All that is stored or sent begins alike:
 *
 *   'M' 'W' version kind crc32(body, least byte first) body
 */
export function putInCapsule(kind: Kind, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + body.length);
  bytes.set([...MAGIC, FORMAT_VERSION, KINDS[kind]]);
  const crc = crc32(body);
  bytes.set([crc & 0xff, (crc >>> 8) & 0xff, (crc >>> 16) & 0xff, crc >>> 24], 4);
  bytes.set(body, HEAD_BYTES);
  return bytes;
}

/** The kind that the bytes claim to be. */
export function kindOf(bytes: Uint8Array): Kind | undefined {
  if (bytes[0] !== MAGIC[0] || bytes[1] !== MAGIC[1]) return undefined;
  for (const kind of ['frame', 'keyframe', 'segment'] as const) if (bytes[3] === KINDS[kind]) return kind;
  return undefined;
}

/** The body of a capsule of this kind; a Fault for other bytes, another version or damaged ones. */
export function openCapsule(kind: Kind, bytes: Uint8Array): Result<Uint8Array> {
  if (bytes.length > 0 && (bytes[0] !== MAGIC[0] || (bytes.length > 1 && bytes[1] !== MAGIC[1])))
    return fail('frame.magic');
  if (bytes.length < HEAD_BYTES) return fail('frame.truncated');
  if (bytes[2] !== FORMAT_VERSION) return fail('frame.version', '', { version: bytes[2] ?? 0 });
  if (bytes[3] !== KINDS[kind]) return fail('frame.malformed', '', { reason: `not a ${kind}` });
  const body = bytes.subarray(HEAD_BYTES);
  const crc = crc32(body);
  for (let i = 0; i < 4; i += 1) {
    if (bytes[4 + i] !== ((crc >>> (8 * i)) & 0xff))
      return fail('frame.malformed', '', { reason: 'checksum' });
  }
  return ok(body);
}
