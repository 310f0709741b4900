import { copyFileSync, rmSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import {
  epochMs,
  minuteNo,
  minuteOf,
  startOfMinute,
  type EpochMs,
  type MinuteNo,
} from '@maplewall/shared/domain/units.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { arbitraryRecords, ARBITRARY_START } from '@maplewall/shared/world/records.arbitrary.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import { Archive, sure } from './event-time.fixture.ts';
import { KnownKeeper } from './known-keeper.ts';
import { KnownStore } from './known-store.ts';

let archive: Archive | undefined;
let opened:
  | { readonly store: KnownStore; readonly log: ReadOnlyLog; readonly keeper: KnownKeeper }
  | undefined;
afterEach(async () => {
  shut();
  await archive?.close();
  archive = undefined;
});
function shut(): void {
  opened?.store.close();
  opened?.log.close();
  opened = undefined;
}
function open(of: Archive): KnownKeeper {
  shut();
  const store = new KnownStore(of.knownFile);
  const log = new ReadOnlyLog(of.logFile);
  opened = { store, log, keeper: new KnownKeeper(log, store) };
  return opened.keeper;
}

/** What live had at each full second: a fold in the order of the log, cut by the clock. */
function liveHashes(records: readonly LogRecord[]): ReadonlyMap<number, string> {
  const hashes = new Map<number, string>();
  const world = emptyWorld();
  const builder = new FrameBuilder(world);
  let second = 0;
  const cutUpTo = (moment: number): void => {
    if (second === 0) second = Math.floor(moment / 60_000) * 60_000;
    for (; second <= moment; second += 1_000) {
      builder.cut(epochMs(second));
      hashes.set(second, worldHash(world));
    }
  };
  let arrivedAt = 0;
  for (const record of records) {
    arrivedAt = Math.max(arrivedAt, record.receivedAt);
    cutUpTo(arrivedAt);
    builder.add(record);
  }
  cutUpTo(Math.floor(arrivedAt / 60_000) * 60_000 + 60_000);
  return hashes;
}

/** The hash at each full second of a segment, its beginning included. */
function replayedHashes(bytes: Uint8Array): ReadonlyMap<number, string> {
  const { deflated, body } = sure(openEnvelope(bytes));
  const segment = sure(decodeSegment(deflated ? new Uint8Array(inflateRawSync(body)) : body));
  const { world } = sure(decodeKeyframe(segment.keyframe));
  const hashes = new Map<number, string>([[world.at, worldHash(world)]]);
  for (const frame of segment.frames) {
    sure(applyFrame(world, sure(decodeFrame(frame))));
    hashes.set(world.at, worldHash(world));
  }
  return hashes;
}

/** Arrivals of a day squeezed into some forty minutes: late, repeated, in bursts, and once with the clock set back. */
interface Arrivals {
  readonly records: readonly LogRecord[];
  readonly gaps: readonly number[];
  readonly setBackAt: number;
}
const arrivals: fc.Arbitrary<Arrivals> = fc.record({
  records: arbitraryRecords(160),
  gaps: fc.array(
    fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 60_000 })),
    {
      minLength: 160,
      maxLength: 160,
    },
  ),
  setBackAt: fc.nat(160),
});

function asDrafts({ records, gaps, setBackAt }: Arrivals): RecordDraft[] {
  let now = ARBITRARY_START + 3_600_000;
  return records.map((record, index) => {
    now += gaps[index] ?? 0;
    if (index === setBackAt) now -= 90_000;
    const { seq: _, ...draft } = {
      ...record,
      receivedAt: epochMs(now),
      key: index % 7 === 3 ? 'again' : `${index}`,
    };
    return draft.type === 'event'
      ? draft
      : { ...draft, at: epochMs(Math.min(...draft.fixes.fixAtSeconds) * 1_000) };
  });
}

async function append(drafts: readonly RecordDraft[]): Promise<Archive> {
  archive = await Archive.open(ARBITRARY_START);
  for (let first = 0; first < drafts.length; first += 20)
    await archive.append(...drafts.slice(first, first + 20));
  return archive;
}
const endOf = (minute: MinuteNo): EpochMs => startOfMinute(minuteNo(minute + 1));

describe('the past as the wall knew it', () => {
  it('has the state of live at every second, whatever came late, twice or with a clock that was set back', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.boolean(), fc.nat(30), async (of, restarts, stepsFirst) => {
        const its = await append(asDrafts(of));
        const live = liveHashes(await its.records());
        let keeper = open(its);
        for (let step = 0; step < stepsFirst % 3; step += 1) keeper.step();
        if (restarts) keeper = open(its);
        while (keeper.step());
        if (restarts) keeper = open(its);
        const minutes = (opened?.store.minutes(minuteNo(0), minuteNo(60_000_000)) ?? []).map(
          ({ minute }) => minute,
        );
        // Forward as a replay plays, and then from anywhere.
        for (const minute of [...minutes, ...minutes.toReversed()]) {
          const segment = keeper.segment(minute, endOf(minute));
          const replayed = replayedHashes(segment ?? new Uint8Array());
          expect(replayed.size).toBe(61);
          expect([...replayed]).toEqual([...replayed.keys()].map((second) => [second, live.get(second)]));
        }
        expect(minutes.length).toBeGreaterThan(0);
        await its.close();
        shut();
        archive = undefined;
      }),
      { numRuns: 8, seed: 2_026 },
    );
  }, 240_000);

  it('gives of a running minute what has come, which is the beginning of the whole one', async () => {
    const [draft] = fc.sample(arrivals, { numRuns: 1, seed: 5 });
    if (draft === undefined) throw new Error('no sample');
    const its = await append(asDrafts(draft));
    const keeper = open(its);
    while (keeper.step());
    const [first] = opened?.store.minutes(minuteNo(0), minuteNo(60_000_000)) ?? [];
    const minute = first?.minute ?? minuteNo(0);
    const whole = replayedHashes(keeper.segment(minute, endOf(minute)) ?? new Uint8Array());
    const until = epochMs(startOfMinute(minute) + 25_000);
    const part = replayedHashes(keeper.segment(minute, until) ?? new Uint8Array());
    expect([...part.keys()].at(-1)).toBe(until);
    expect([...whole].slice(0, part.size)).toEqual([...part]);
  });

  it('is whole after a disk was full at any write, because the index goes on from what the file has', async () => {
    const [draft] = fc.sample(arrivals, { numRuns: 1, seed: 7 });
    const its = await append(draft === undefined ? [] : asDrafts(draft));
    const live = liveHashes(await its.records());
    for (const write of ['addMinute', 'putWorld', 'setIndexedSeq'] as const)
      for (const good of [0, 1, 3]) {
        shut();
        for (const ending of ['', '-wal', '-shm']) rmSync(`${its.knownFile}${ending}`, { force: true });
        const keeper = open(its);
        const { store } = opened ?? {};
        const kept = store?.[write].bind(store) as (...values: readonly unknown[]) => void;
        let calls = 0;
        if (store !== undefined)
          vi.spyOn(store, write).mockImplementation((...values: readonly unknown[]) => {
            if (calls++ === good) throw new Error('database or disk is full');
            kept(...values);
          });
        const step = (): boolean => {
          try {
            return keeper.step();
          } catch {
            return true;
          }
        };
        while (step());
        const minutes = store?.minutes(minuteNo(0), minuteNo(60_000_000)) ?? [];
        expect(minutes.length).toBeGreaterThan(3);
        for (const { minute } of minutes.slice(0, 12)) {
          const replayed = replayedHashes(keeper.segment(minute, endOf(minute)) ?? new Uint8Array());
          expect([write, good, ...replayed]).toEqual([
            write,
            good,
            ...[...replayed.keys()].map((second) => [second, live.get(second)]),
          ]);
        }
      }
  });

  it('has the newer minutes as before when older ones were forgotten, and never the last world it goes on from', async () => {
    const [draft] = fc.sample(arrivals, { numRuns: 1, seed: 7 });
    const its = await append(draft === undefined ? [] : asDrafts(draft));
    const live = liveHashes(await its.records());
    while (open(its).step());
    const minutes = opened?.store.minutes(minuteNo(0), minuteNo(60_000_000)) ?? [];
    const end = minuteNo(60_000_000);
    while (opened?.store.forgetSome(end, 2) === true);
    const last = opened?.store.lastWorldMinute() ?? end;
    const keeper = open(its);
    const left = minutes.filter(({ minute }) => minute >= last);
    expect([opened?.store.minutes(minuteNo(0), end), left.length < minutes.length]).toEqual([left, true]);
    for (const { minute } of left) {
      const replayed = replayedHashes(keeper.segment(minute, endOf(minute)) ?? new Uint8Array());
      expect([...replayed]).toEqual([...replayed.keys()].map((second) => [second, live.get(second)]));
    }
    expect(keeper.segment(minutes[0]?.minute ?? end, endOf(minutes[0]?.minute ?? end))).toBeUndefined();
    expect(opened?.store.count(minuteNo(0), end)).toBe(left.length);
  });

  it('knows nothing of minutes in which nothing arrived', async () => {
    const its = await append([]);
    const keeper = open(its);
    expect(keeper.step()).toBe(false);
    expect(
      keeper.segment(minuteOf(epochMs(ARBITRARY_START)), epochMs(ARBITRARY_START + 60_000)),
    ).toBeUndefined();
  });

  it('is made anew under other names when an older log was put back', async () => {
    const [draft] = fc.sample(arrivals, { numRuns: 1, seed: 9 });
    const drafts = draft === undefined ? [] : asDrafts(draft);
    const its = await append(drafts);
    while (open(its).step());
    const before = opened?.store.generation();
    shut();
    const copy = await Archive.open(ARBITRARY_START);
    try {
      await copy.append(...drafts.slice(0, 5));
      copyFileSync(its.knownFile, copy.knownFile);
      const keeper = open(copy);
      expect(opened?.store.generation()).not.toBe(before);
      while (keeper.step());
      expect(opened?.store.indexedSeq()).toBe(copy.log.lastSeq());
    } finally {
      shut();
      await copy.close();
    }
  });
});
