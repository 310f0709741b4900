import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../domain/record.ts';
import { epochMs, frameNo } from '../domain/units.ts';
import { emptyWorld } from '../world/empty-world.ts';
import { advance, applyRecord } from '../world/fold.ts';
import { arbitraryRecords } from '../world/records.arbitrary.ts';
import { worldHash } from '../world/world-hash.ts';
import type { World } from '../world/world.ts';
import { applyFrame } from './apply-frame.ts';
import { decodeFrame } from './decode-frame.ts';
import { encodeFrame } from './encode-frame.ts';
import { FrameBuilder } from './frame-builder.ts';
import type { Frame } from './frame.ts';
import { decodeKeyframe, encodeKeyframe } from './keyframe.ts';
import { mergeFrames } from './merge-frames.ts';

const RUNS = { seed: 20_261_123, numRuns: 400 } as const;

/** Records, and after which of them a frame is cut. */
const records = arbitraryRecords();
const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 12 }));

interface Course {
  /** The world of who folded the records and cut the frames. */
  readonly world: World;
  readonly frames: readonly Frame[];
  /** Its hash after each frame. */
  readonly hashes: readonly string[];
}

function cutFrames(given: readonly LogRecord[], lengths: Iterator<number>): Course {
  const world = emptyWorld();
  const builder = new FrameBuilder(world);
  const frames: Frame[] = [];
  const hashes: string[] = [];
  let left = lengths.next().value ?? 1;
  for (const [index, record] of given.entries()) {
    builder.add(record);
    left -= 1;
    if (left > 0 && index < given.length - 1) continue;
    left = lengths.next().value ?? 1;
    frames.push(builder.cut(epochMs(record.receivedAt + 300)));
    hashes.push(worldHash(world));
  }
  return { world, frames, hashes };
}

function applyAll(world: World, frames: readonly Frame[]): World {
  for (const frame of frames) {
    const decoded = decodeFrame(encodeFrame(frame));
    if (!decoded.ok) throw new Error(JSON.stringify(decoded.fault));
    expect(applyFrame(world, decoded.value)).toEqual({ ok: true, value: frame.fixes.slot });
  }
  return world;
}

describe('frames', () => {
  it('[FRM1] frames cut anywhere leave the very world that the records leave', () => {
    fc.assert(
      fc.property(records, cuts, (given, lengths) => {
        const course = cutFrames(given, lengths[Symbol.iterator]());
        const viewer = emptyWorld();
        for (const [index, frame] of course.frames.entries()) {
          applyAll(viewer, [frame]);
          expect(worldHash(viewer)).toBe(course.hashes[index]);
        }
      }),
      RUNS,
    );
  });

  it('[FRM2] a frame comes out of its bytes as it went in, without keys and cleared slots', () => {
    fc.assert(
      fc.property(records, cuts, (given, lengths) => {
        for (const frame of cutFrames(given, lengths[Symbol.iterator]()).frames) {
          const decoded = decodeFrame(encodeFrame({ ...frame, turn: undefined }));
          const events = frame.events.map((event) => ({ ...event, key: '' }));
          expect(decoded).toEqual({
            ok: true,
            value: { ...frame, events, clearedSlots: [], turn: undefined },
          });
        }
      }),
      { ...RUNS, numRuns: 150 },
    );
  });

  it('[FRM3] frames merged leave the same world as one by one', () => {
    fc.assert(
      fc.property(records, cuts, cuts, (given, lengths, groups) => {
        const { frames, world } = cutFrames(given, lengths[Symbol.iterator]());
        const group = groups[Symbol.iterator]();
        const viewer = emptyWorld();
        let rest = frames;
        while (rest.length > 0) {
          const [first, ...more] = rest.slice(0, group.next().value ?? 1);
          if (first === undefined) break;
          applyAll(viewer, [mergeFrames([first, ...more])]);
          rest = rest.slice(more.length + 1);
        }
        expect(worldHash(viewer)).toBe(worldHash(world));
      }),
      RUNS,
    );
  });

  it('[FRM4] merging does not mind how it is grouped', () => {
    fc.assert(
      fc.property(records, cuts, fc.nat(), (given, lengths, where) => {
        const [first, ...more] = cutFrames(given, lengths[Symbol.iterator]()).frames;
        fc.pre(first !== undefined && more.length > 1);
        if (first === undefined) return;
        const split = 1 + (where % (more.length - 1));
        const [second, ...rest] = more.slice(split);
        if (second === undefined) return;
        const halves = mergeFrames([
          mergeFrames([first, ...more.slice(0, split)]),
          mergeFrames([second, ...rest]),
        ]);
        const whole = mergeFrames([first, ...more]);
        expect(decodeFrame(encodeFrame(halves))).toEqual(decodeFrame(encodeFrame(whole)));
      }),
      { ...RUNS, numRuns: 150 },
    );
  });

  it('[FRM5] a keyframe anywhere, and the frames after it, leave the world of the records', () => {
    fc.assert(
      fc.property(records, cuts, fc.nat(), (given, lengths, where) => {
        const { frames, world } = cutFrames(given, lengths[Symbol.iterator]());
        const at = frames.length === 0 ? 0 : where % frames.length;
        const builderWorld = applyAll(emptyWorld(), frames.slice(0, at));
        const bytes = encodeKeyframe(builderWorld, frameNo(at));
        const keyframe = decodeKeyframe(bytes);
        if (!keyframe.ok) throw new Error(JSON.stringify(keyframe.fault));
        expect(keyframe.value.frame).toBe(at);
        expect(worldHash(keyframe.value.world)).toBe(worldHash(builderWorld));
        expect(encodeKeyframe(keyframe.value.world, frameNo(at))).toEqual(bytes);
        expect(worldHash(applyAll(keyframe.value.world, frames.slice(at)))).toBe(worldHash(world));
      }),
      RUNS,
    );
  });

  it('[FRM6] a frame that does not fit a world is refused and changes nothing', () => {
    fc.assert(
      fc.property(records, cuts, fc.nat(), (given, lengths, where) => {
        const { frames } = cutFrames(given, lengths[Symbol.iterator]());
        const frame = frames[frames.length === 0 ? 0 : where % frames.length];
        if (frame === undefined) return;
        // The empty world lacks whoever checked in before; a frame of fixes alone cannot fit it.
        const stranger = emptyWorld();
        const before = worldHash(stranger);
        const applied = applyFrame(stranger, { ...frame, events: [] });
        expect(applied.ok).toBe(frame.fixes.count === 0);
        expect(worldHash(stranger) === before || applied.ok).toBe(true);
      }),
      RUNS,
    );
  });

  it('[FRM7] a builder that discards says the number of the keyframe that viewers need', () => {
    fc.assert(
      fc.property(records, arbitraryRecords(30), (given, later) => {
        const world = emptyWorld();
        const builder = new FrameBuilder(world, frameNo(40));
        for (const record of given) builder.add(record);
        const frame = builder.discard(epochMs(1_800_000_000_000));
        expect(frame).toBe(41);
        expect(builder.pendingEvents).toBe(0);
        const keyframe = decodeKeyframe(encodeKeyframe(world, frame));
        if (!keyframe.ok) throw new Error(JSON.stringify(keyframe.fault));
        for (const record of later) builder.add(record);
        const next = builder.cut(epochMs(1_800_000_001_000));
        expect([next.from, next.to]).toEqual([41, 42]);
        expect(worldHash(applyAll(keyframe.value.world, [next]))).toBe(worldHash(world));
      }),
      { ...RUNS, numRuns: 150 },
    );
  });

  it('[FRM8] folding records one by one, without frames, leaves the same world', () => {
    fc.assert(
      fc.property(records, cuts, (given, lengths) => {
        const { world, frames } = cutFrames(given, lengths[Symbol.iterator]());
        const plain = emptyWorld();
        let next = 0;
        for (const record of given) {
          applyRecord(plain, record);
          const frame = frames[next];
          if (frame?.seq !== record.seq) continue;
          advance(plain, frame.at);
          next += 1;
        }
        expect(worldHash(plain)).toBe(worldHash(world));
      }),
      RUNS,
    );
  });
});
