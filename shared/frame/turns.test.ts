import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../domain/record.ts';
import { epochMs } from '../domain/units.ts';
import { emptyWorld } from '../world/empty-world.ts';
import { worldHash } from '../world/world-hash.ts';
import type { World } from '../world/world.ts';
import { applyFrame } from './apply-frame.ts';
import { headBytes, putInCapsule } from './capsule.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readFixes, writeFixes } from './fix-columns.ts';
import { makeFixRows } from './fix-rows.ts';
import { decodeFrame } from './decode-frame.ts';
import { encodeFrame } from './encode-frame.ts';
import { checkIn, checkOut, fixesOf, WALKERS_START, type WalkersFix } from './even-walkers.fixture.ts';
import { FrameBuilder } from './frame-builder.ts';
import type { Frame, SentFrame, TurnRows } from './frame.ts';
import { decodeKeyframe, encodeKeyframe } from './keyframe.ts';
import { mergeFrames } from './merge-frames.ts';
import { slotsOfTurn, wordsOfTurn } from './turns.ts';

const SECONDS = 40;

interface Phone {
  readonly intervalSeconds: number;
  readonly phase: number;
  /** Of each report, in turn: whether it comes, and how late. */
  readonly moods: readonly ('comes' | 'is lost' | 'comes twice' | 'is late')[];
  /** When somebody else takes over its holder's slot, if ever. */
  readonly leaves: number;
}
const phone: fc.Arbitrary<Phone> = fc.record({
  intervalSeconds: fc.constantFrom(5, 5, 5, 2, 10),
  phase: fc.nat(4),
  moods: fc.array(
    fc.oneof(
      { weight: 20, arbitrary: fc.constant('comes' as const) },
      fc.constantFrom('is lost' as const, 'comes twice' as const, 'is late' as const),
    ),
    { minLength: 1, maxLength: 9 },
  ),
  leaves: fc.oneof({ weight: 3, arbitrary: fc.constant(SECONDS) }, fc.nat(SECONDS)),
});

/** What comes in, second by second. */
function recordsOf(phones: readonly Phone[]): readonly (readonly LogRecord[])[] {
  let seq = 0;
  let late: WalkersFix[] = [];
  return Array.from({ length: SECONDS }, (_, second) => {
    const records: LogRecord[] = [];
    const arriving = late;
    late = [];
    for (const [n, { intervalSeconds, phase, moods, leaves }] of phones.entries()) {
      if (second === 0) records.push(checkIn(++seq, second, n));
      if (second === leaves) records.push(checkOut(++seq, second, n), checkIn(++seq, second, 500 + n));
      if (second % intervalSeconds !== phase % intervalSeconds) continue;
      const mood = moods[Math.floor(second / intervalSeconds) % moods.length] ?? 'comes';
      const fix = { n: second < leaves ? n : 500 + n, lngE5: 12_055_000 + 7 * second, latE5: 2_758_000 + n };
      if (mood === 'comes' || mood === 'comes twice') arriving.push({ ...fix, second });
      if (mood === 'comes twice') arriving.push({ ...fix, second: second + 1 });
      if (mood === 'is late') late.push({ ...fix, second });
    }
    if (arriving.length > 0) records.push(fixesOf(++seq, second, arriving));
    return records;
  });
}

function framesOf(phones: readonly Phone[]): { readonly frames: Frame[]; readonly world: World } {
  const world = emptyWorld();
  const builder = new FrameBuilder(world);
  const frames = recordsOf(phones).map((records, second) => {
    for (const record of records) builder.add(record);
    return builder.cut(epochMs(WALKERS_START + second * 1_000 + 900));
  });
  return { frames, world };
}

function decoded(frame: Frame): SentFrame {
  const result = decodeFrame(encodeFrame(frame));
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

function raise(): never {
  throw new Error('no such frame');
}

const inTurn = (frame: SentFrame): frame is SentFrame & { readonly fixes: TurnRows } => 'turn' in frame.fixes;

const phones = fc.array(phone, { minLength: 1, maxLength: 60, size: 'max' });

describe('turns', () => {
  it('[FRM13] whose turn it was is told again from any world that the frame fits', () => {
    let told = 0;
    fc.assert(
      fc.property(phones, (given) => {
        const { frames, world } = framesOf(given);
        let viewer = emptyWorld();
        for (const frame of frames) {
          const sent = decoded(frame);
          if (inTurn(sent)) told += 1;
          expect(applyFrame(viewer, sent)).toEqual({ ok: true, value: frame.fixes.slot });
          // Whoever comes in the middle has the keyframe, and the same turns.
          const keyframe = decodeKeyframe(encodeKeyframe(viewer, frame.to));
          if (!keyframe.ok) throw new Error(JSON.stringify(keyframe.fault));
          viewer = keyframe.value.world;
        }
        expect(worldHash(viewer)).toBe(worldHash(world));
      }),
      { seed: 20_261_124, numRuns: 120 },
    );
    expect(told).toBeGreaterThan(300);
  });

  it('[FRM3] frames with turns merge to the same world', () => {
    fc.assert(
      fc.property(phones, fc.integer({ min: 2, max: SECONDS }), (given, size) => {
        const { frames, world } = framesOf(given);
        const viewer = emptyWorld();
        for (let from = 0; from < frames.length; from += size) {
          const [first, ...more] = frames.slice(from, from + size);
          const applied = applyFrame(viewer, decoded(mergeFrames([first ?? raise(), ...more])));
          expect(applied.ok).toBe(true);
        }
        expect(worldHash(viewer)).toBe(worldHash(world));
      }),
      { seed: 20_261_124, numRuns: 60 },
    );
  });

  it('[FRM6] a turn that a world does not know is refused and changes nothing', () => {
    const everybody = Array.from({ length: 60 }, (_, n) => ({
      intervalSeconds: 5,
      phase: n % 5,
      moods: ['comes' as const],
      leaves: SECONDS,
    }));
    const { frames } = framesOf(everybody);
    const viewer = emptyWorld();
    let refused = 0;
    for (const frame of frames) expect(applyFrame(viewer, decoded(frame)).ok).toBe(true);
    for (const sent of frames.map(decoded).filter(inTurn)) {
      // The world of some seconds before, as it would be had frames been lost.
      const stranger = emptyWorld();
      for (const before of frames.slice(0, 3)) applyFrame(stranger, decoded(before));
      const hash = worldHash(stranger);
      expect(applyFrame(stranger, { ...sent, events: [] }).ok).toBe(false);
      expect(worldHash(stranger)).toBe(hash);
      refused += 1;
    }
    expect(refused).toBeGreaterThan(20);
  });

  it('[FRM11] rows that cost no symbol are few, or said another way', () => {
    const rows = makeFixRows(5_000);
    rows.slot.set(Uint32Array.from(rows.slot, (_, row) => row));
    for (const count of [8, 4_096, 5_000]) {
      const fixes = { ...makeFixRows(count), slot: rows.slot.slice(0, count) };
      const writer = new ByteWriter();
      writeFixes(writer, fixes, 100, { atSeconds: 100, due: fixes.slot });
      const read = readFixes(new ByteReader(writer.done()), 100);
      expect([count, typeof read === 'string' ? read : 'turn' in read]).toEqual([count, count <= 4_096]);
    }
  });

  it('[FRM10] bytes of a turn that are damaged behind a fitting checksum never throw and leave nothing half done', () => {
    const { frames } = framesOf(
      Array.from({ length: 60 }, (_, n) => ({
        intervalSeconds: 5,
        phase: n % 5,
        moods: ['comes', 'comes', 'is lost'] as const,
        leaves: SECONDS,
      })),
    );
    const world = emptyWorld();
    for (const frame of frames.slice(0, 20)) applyFrame(world, decoded(frame));
    const hash = worldHash(world);
    const bytes = encodeFrame(frames[20] ?? raise());
    let refused = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const body = bytes.slice(headBytes('frame'));
          for (const [place, value] of changes) body[place % body.length] = value;
          const frame = decodeFrame(putInCapsule('frame', body));
          if (!frame.ok) {
            refused += 1;
            return;
          }
          const viewer = emptyWorld();
          for (const before of frames.slice(0, 20)) applyFrame(viewer, decoded(before));
          const { ok: fits } = applyFrame(viewer, frame.value);
          expect(fits || worldHash(viewer) === hash).toBe(true);
        },
      ),
      { seed: 20_261_124, numRuns: 2_000 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });

  it('[FRM13] any slots come back from their words', () => {
    const ascending = (most: number) =>
      fc
        .array(fc.nat(200), { maxLength: most })
        .map((slots) => Uint32Array.from(slots.toSorted((a, b) => a - b)));
    fc.assert(
      fc.property(ascending(80), ascending(80), (slot, duplicated) => {
        const due = Uint32Array.from(new Set(duplicated));
        const none = new Int32Array(slot.length);
        const rows = { count: slot.length, lngResidual: none, latResidual: none, ageSeconds: none };
        const words = wordsOfTurn(due, { ...rows, slot });
        expect(slotsOfTurn(due, { ...rows, turn: { atSeconds: 0, ...words } })).toEqual(slot);
      }),
      { seed: 20_261_124, numRuns: 500 },
    );
  });
});
