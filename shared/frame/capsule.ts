import { fail, ok, type Result } from '../domain/fault.ts';
import { crc32 } from './crc32.ts';

/** Version of the bytes of frames, keyframes and segments; docs/spec/frame.md has its history. */
export const FORMAT_VERSION = 4;
/**
 * The oldest version that is read. What later versions added is left out where it is not needed, so bytes of older
 * ones are read as they are; it may rise only when nobody can hold older segments.
 */
const OLDEST_VERSION = 1;

const VERSION_CHECKED_FROM = 3;

/** What a capsule may hold; the value is its kind byte. */
export const KINDS = { frame: 0x46, keyframe: 0x4b, segment: 0x53 } as const;
export type Kind = keyof typeof KINDS;

const MAGIC = 0x4d;
/** Frames are small and many: two bytes tell damage well enough where a segment or a socket has its own checks. */
const CHECK_BYTES: Readonly<Record<Kind, number>> = { frame: 2, keyframe: 4, segment: 4 };

/** Length of what stands before the body. */
export const headBytes = (kind: Kind): number => 3 + CHECK_BYTES[kind];

/**
 * All that is stored or sent begins alike:
 *
 *   'M' kind version check body          check: the lowest 2 or 4 bytes of crc32(body), least byte first,
 *                                        from version 3 on each of them xor the version
 */
export function putInCapsule(kind: Kind, body: Uint8Array): Uint8Array {
  const head = headBytes(kind);
  const bytes = new Uint8Array(head + body.length);
  bytes.set([MAGIC, KINDS[kind], FORMAT_VERSION]);
  const check = checkOf(FORMAT_VERSION, body);
  for (let i = 3; i < head; i += 1) bytes[i] = (check >>> (8 * (i - 3))) & 0xff;
  bytes.set(body, head);
  return bytes;
}

/** Damage that makes a later version of an older one must not pass, since both are read. */
const checkOf = (version: number, body: Uint8Array): number =>
  crc32(body) ^ (version >= VERSION_CHECKED_FROM ? version * 0x01_01_01_01 : 0);

/** The kind that the bytes claim to be. */
export function kindOf(bytes: Uint8Array): Kind | undefined {
  if (bytes[0] !== MAGIC) return undefined;
  for (const kind of ['frame', 'keyframe', 'segment'] as const) if (bytes[1] === KINDS[kind]) return kind;
  return undefined;
}

/** The body of a capsule of this kind; a Fault for other bytes, a version that is not read here or damaged ones. */
export function openCapsule(kind: Kind, bytes: Uint8Array): Result<Uint8Array> {
  const head = headBytes(kind);
  const claimed = kindOf(bytes);
  if (claimed === undefined)
    return bytes.length < 2 && (bytes[0] ?? MAGIC) === MAGIC ? fail('frame.truncated') : fail('frame.magic');
  if (claimed !== kind) return fail('frame.malformed', '', { reason: `not a ${kind}` });
  if (bytes.length < head) return fail('frame.truncated');
  const version = bytes[2] ?? 0;
  if (version < OLDEST_VERSION || version > FORMAT_VERSION) return fail('frame.version', '', { version });
  const body = bytes.subarray(head);
  const check = checkOf(version, body);
  for (let i = 3; i < head; i += 1) {
    if (bytes[i] !== ((check >>> (8 * (i - 3))) & 0xff))
      return fail('frame.malformed', '', { reason: 'checksum' });
  }
  return ok(body);
}
