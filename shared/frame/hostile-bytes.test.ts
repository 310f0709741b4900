import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_CASES } from '../domain/hostile-cases.arbitrary.ts';
import type { LogRecord } from '../domain/record.ts';
import type { Result } from '../domain/fault.ts';
import { epochMs, frameNo, minuteNo } from '../domain/units.ts';
import { emptyWorld } from '../world/empty-world.ts';
import { arbitraryRecords } from '../world/records.arbitrary.ts';
import { worldHash } from '../world/world-hash.ts';
import type { World } from '../world/world.ts';
import { applyFrame } from './apply-frame.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { headBytes, putInCapsule, type Kind } from './capsule.ts';
import { decodeFrame } from './decode-frame.ts';
import { encodeFrame, HAS_FIXES, HAS_SOURCES, HAS_TEXT, PARTS } from './encode-frame.ts';
import { FrameBuilder } from './frame-builder.ts';
import { frameKind } from './frame-kind.ts';
import { decodeKeyframe, encodeKeyframe } from './keyframe.ts';
import { decodeSegment, encodeSegment } from './segment.ts';
import { toJsonBytes } from './utf8.ts';

const SEED = 20_261_123;
let cases = 0;

/** One way of damaging bytes; places are taken modulo the length. */
type Damage =
  | { readonly how: 'flip'; readonly place: number; readonly bit: number }
  | { readonly how: 'set'; readonly place: number; readonly value: number }
  | { readonly how: 'cut'; readonly place: number }
  | { readonly how: 'extend'; readonly more: Uint8Array }
  | { readonly how: 'splice'; readonly place: number; readonly remove: number; readonly more: Uint8Array }
  | { readonly how: 'repeat'; readonly place: number; readonly length: number };

const place = fc.nat();
const some = fc.uint8Array({ maxLength: 12 });
const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.oneof(
    fc.record({ how: fc.constant('flip' as const), place, bit: fc.nat({ max: 7 }) }),
    fc.record({
      how: fc.constant('set' as const),
      place,
      value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)),
    }),
    fc.record({ how: fc.constant('cut' as const), place }),
    fc.record({ how: fc.constant('extend' as const), more: some }),
    fc.record({ how: fc.constant('splice' as const), place, remove: fc.nat(12), more: some }),
    fc.record({ how: fc.constant('repeat' as const), place, length: fc.nat(40) }),
  ),
  { minLength: 1, maxLength: 4 },
);

function damage(given: Uint8Array, ways: readonly Damage[]): Uint8Array {
  let bytes = Array.from(given);
  for (const way of ways) {
    const at = 'place' in way ? way.place % (bytes.length + 1) : 0;
    if (way.how === 'flip') bytes[at] = (bytes[at] ?? 0) ^ (1 << way.bit);
    else if (way.how === 'set') bytes[at] = way.value;
    else if (way.how === 'cut') bytes = bytes.slice(0, at);
    else if (way.how === 'extend') bytes.push(...way.more);
    else if (way.how === 'splice') bytes.splice(at, way.remove, ...way.more);
    else bytes.splice(at, 0, ...bytes.slice(at, at + way.length));
  }
  return Uint8Array.from(bytes);
}

interface Sample {
  readonly world: World;
  readonly bytes: Readonly<Record<Kind, Uint8Array>>;
}

function sampleOf(records: readonly LogRecord[]): Sample {
  const world = emptyWorld();
  const builder = new FrameBuilder(world);
  const half = Math.floor(records.length / 2);
  for (const record of records.slice(0, half)) builder.add(record);
  builder.cut(records[half]?.receivedAt ?? epochMs(0));
  const keyframe = encodeKeyframe(world, frameNo(1));
  const before = decodeKeyframe(keyframe);
  if (!before.ok) throw new Error(JSON.stringify(before.fault));
  for (const record of records.slice(half)) builder.add(record);
  const frame = encodeFrame(builder.cut(records.at(-1)?.receivedAt ?? epochMs(0)));
  const segment = encodeSegment({ minute: minuteNo(29_750_000), keyframe, frames: [frame, frame] });
  return { world: before.value.world, bytes: { frame, keyframe, segment } };
}

const CODES = ['frame.magic', 'frame.version', 'frame.truncated', 'frame.malformed'];

/** Decodes as the kind that it was, and goes on to use what came out, as a viewer would. Throws where that shows half a change. */
function use(kind: Kind, bytes: Uint8Array, world: World): string {
  if (kind === 'segment') {
    const segment = decodeSegment(bytes);
    return segment.ok ? 'decoded' : segment.fault.code;
  }
  if (kind === 'keyframe') {
    const keyframe = decodeKeyframe(bytes);
    if (!keyframe.ok) return keyframe.fault.code;
    worldHash(keyframe.value.world);
    return 'decoded';
  }
  const frame = decodeFrame(bytes);
  if (!frame.ok) return frame.fault.code;
  const { from, to, seq, at } = frame.value;
  if (![from, to, seq, at].every(Number.isSafeInteger)) throw new Error('numbers that are none');
  const before = worldHash(world);
  if (!applyFrame(world, frame.value).ok && worldHash(world) !== before)
    throw new Error('a frame was refused and changed the world');
  return 'decoded';
}

const decode = (kind: Kind, bytes: Uint8Array): Result<unknown> =>
  kind === 'frame' ? decodeFrame(bytes) : kind === 'keyframe' ? decodeKeyframe(bytes) : decodeSegment(bytes);

/** The same with a checksum that fits, so that the damage gets past it. */
const resealed = (kind: Kind, bytes: Uint8Array): Uint8Array =>
  putInCapsule(kind, bytes.subarray(headBytes(kind)));

describe.each(['frame', 'keyframe', 'segment'] as const)('bytes that were a %s', (kind) => {
  it('[FRM9] give a fault when they are damaged, and never throw', () => {
    fc.assert(
      fc.property(
        arbitraryRecords(40),
        fc.array(damages, { minLength: 12, maxLength: 12 }),
        (given, ways) => {
          const { bytes, world } = sampleOf(given);
          for (const way of ways) {
            cases += 1;
            const damaged = damage(bytes[kind], way);
            const same =
              damaged.length === bytes[kind].length && damaged.every((b, i) => b === bytes[kind][i]);
            const outcome = use(kind, damaged, world);
            expect(same ? ['decoded'] : CODES).toContain(outcome);
            frameKind(damaged);
          }
        },
      ),
      { seed: SEED, numRuns: 250 },
    );
  });

  it('[FRM10] never throw, hang or leave half a change when the checksum fits the damage', () => {
    fc.assert(
      fc.property(
        arbitraryRecords(40),
        fc.array(damages, { minLength: 12, maxLength: 12 }),
        (given, ways) => {
          const { bytes, world } = sampleOf(given);
          for (const way of ways) {
            cases += 1;
            const damaged = resealed(kind, damage(bytes[kind], way));
            expect([...CODES, 'decoded']).toContain(use(kind, damaged, world));
          }
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('[FRM9] are refused at every length but their own', () => {
    const { bytes } = sampleOf(fc.sample(arbitraryRecords(), { seed: SEED, numRuns: 1 })[0] ?? []);
    for (let length = 0; length < bytes[kind].length; length += 1)
      expect(decode(kind, bytes[kind].subarray(0, length)).ok).toBe(false);
  });
});

describe('random bytes', () => {
  it('[FRM10] behind a fitting head are refused or read, and never throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('frame', 'keyframe', 'segment'),
        fc.uint8Array({ maxLength: 200 }),
        (kind, body) => {
          cases += 2;
          expect([...CODES, 'decoded']).toContain(use(kind, putInCapsule(kind, body), emptyWorld()));
          expect(CODES).toContain(use(kind, body, emptyWorld()));
        },
      ),
      { seed: SEED, numRuns: 5_000 },
    );
  });
});

describe('text that nobody vouches for', () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(null, -1, 0, 1, 1.5, 1e300, -1e15, 2 ** 53, '', 'x', 'V-0001', [], {}, true, [
      [],
    ]),
    fc.constant('y'.repeat(5_000)),
    fc.jsonValue({ maxDepth: 3 }),
  );

  /** Puts `value` in the place that `path` leads to, as far as it leads. */
  function replaced(json: unknown, path: readonly number[], value: unknown): unknown {
    const [step, ...rest] = path;
    if (!Array.isArray(json) || step === undefined || json.length === 0) return value;
    const list = [...(json as readonly unknown[])];
    const at = step % list.length;
    list[at] = replaced(list[at], rest, value);
    return list;
  }

  function withText(kind: 'frame' | 'keyframe', bytes: Uint8Array, change: (json: unknown) => unknown) {
    const reader = new ByteReader(bytes.subarray(headBytes(kind)));
    const writer = new ByteWriter();
    const head = Array.from({ length: kind === 'frame' ? 4 : 3 }, () => reader.varint());
    const parts = kind === 'frame' ? (head[1] ?? 0) % PARTS : HAS_TEXT;
    if (kind === 'frame') head[1] = (head[1] ?? 0) - parts + (parts | HAS_TEXT);
    for (const value of head) writer.varint(value);
    if (kind === 'frame' && parts & HAS_SOURCES) {
      const sources = reader.varint();
      writer.varint(sources);
      for (let i = 0; i < sources; i += 1) {
        const name = reader.raw(reader.varint());
        writer.varint(name.length);
        writer.raw(name);
        writer.signed(reader.signed());
        writer.byte(reader.byte());
      }
    }
    const text = reader.raw(parts & HAS_TEXT ? reader.varint() : 0);
    const json: unknown = text.length === 0 ? [] : JSON.parse(Buffer.from(text).toString());
    const changed = toJsonBytes(change(json));
    writer.varint(changed.length);
    writer.raw(changed);
    writer.raw(reader.raw(reader.left));
    return putInCapsule(kind, writer.done());
  }

  it.each(['frame', 'keyframe'] as const)('[FRM10] in a %s is checked value by value', (kind) => {
    let refused = 0;
    fc.assert(
      fc.property(
        arbitraryRecords(60),
        fc.array(fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), odd), {
          minLength: 20,
          maxLength: 20,
        }),
        (given, changes) => {
          const { bytes, world } = sampleOf(given);
          for (const [path, value] of changes) {
            cases += 1;
            const outcome = use(
              kind,
              withText(kind, bytes[kind], (json) => replaced(json, path, value)),
              world,
            );
            expect([...CODES, 'decoded']).toContain(outcome);
            refused += outcome === 'decoded' ? 0 : 1;
          }
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });

  it.each(['frame', 'keyframe'] as const)('[FRM10] in a %s may be nested as deeply as it likes', (kind) => {
    const { bytes } = sampleOf([]);
    const deep = '['.repeat(500_000) + ']'.repeat(500_000);
    const body = new ByteWriter();
    const head = kind === 'frame' ? [0, PARTS + HAS_TEXT, 0, 0] : [0, 0, 0];
    for (const value of head) body.varint(value);
    body.varint(deep.length);
    body.raw(Buffer.from(deep));
    expect(decode(kind, bytes[kind]).ok).toBe(true);
    expect(decode(kind, putInCapsule(kind, body.done())).ok).toBe(false);
  });
});

describe('a few bytes', () => {
  it('[FRM11] cannot ask for room that they do not fill', () => {
    const claims = new ByteWriter();
    for (const value of [0, PARTS + HAS_FIXES, 1_000, 1]) claims.varint(value);
    claims.varint(2_000_000);
    claims.signed(0);
    for (let i = 0; i < 40; i += 1) claims.varint(1);
    expect(decodeFrame(putInCapsule('frame', claims.done()))).toMatchObject({
      ok: false,
      fault: { code: 'frame.malformed', values: { reason: 'row count' } },
    });
    const segment = new ByteWriter();
    for (const value of [1, 0, 2 ** 40]) segment.varint(value);
    expect(decodeSegment(putInCapsule('segment', segment.done()))).toMatchObject({
      ok: false,
      fault: { code: 'frame.truncated' },
    });
  });
});

it('tries as many hostile cases as the suite promises', () => {
  expect(cases).toBe(HOSTILE_CASES['shared/frame/hostile-bytes.test.ts']);
});
