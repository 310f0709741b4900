import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import {
  epochMs,
  frameNo,
  minuteNo,
  minuteOf,
  seqNo,
  startOfMinute,
  type EpochMs,
  type MinuteNo,
  type Seq,
} from '@maplewall/shared/domain/units.ts';
import { encodeFrame } from '@maplewall/shared/frame/encode-frame.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import { decodeKeyframe, encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { encodeSegment } from '@maplewall/shared/frame/segment.ts';
import { putInEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { advance, applyRecord } from '@maplewall/shared/world/fold.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { ReadOnlyLog } from '../log/read-only-log.ts';
import type { ArrivalMinute, KnownStore } from './known-store.ts';

/** A world is kept so often: going there and on to the minute that is asked for takes a fraction of a second. */
const MINUTES_PER_WORLD = 10;
const RECORDS_PER_GROUP = 1_000;
/** What the log gained a moment ago is indexed before an answer; a log of months is not waited for. */
const GROUPS_BEFORE_ANSWER = 20;
const SECOND_MS = 1_000;

/** A world on its way through the log, and when its last record arrived. */
interface Way {
  readonly world: World;
  seq: Seq;
  arrivedAt: EpochMs;
}

/**
 * The past as the wall knew it: records in the order of the log, each at the moment when it arrived, which is how the
 * world of the present is folded. A minute that is over never changes again, so only an index and now and then a world are
 * kept, and a minute is made when somebody asks for it.
 *
 *   log      1 2 3 4 5 │ 6 7 │ 8 9 …       arrival never steps back: a clock that was set back counts as standing
 *   minutes      12:00   12:01  12:02
 *   worlds    ▲ kept            ▲ made from there
 */
export class KnownKeeper {
  readonly #log: ReadOnlyLog;
  readonly #store: KnownStore;
  #front: Way;
  /** The end of the minute made last: a replay asks for the one after it. */
  #left: { readonly minute: MinuteNo; readonly way: Way } | undefined;

  constructor(log: ReadOnlyLog, store: KnownStore) {
    this.#log = log;
    this.#store = store;
    // The log is an older copy that was put back.
    if (store.indexedSeq() > log.lastSeq()) store.forgetAll();
    const whole = log.wholeFrom();
    if (whole !== undefined) store.setWholeFrom(whole);
    this.#front = this.#frontOfStore();
  }

  /** Where the index goes on: at the last world that was kept. */
  #frontOfStore(): Way {
    const last = this.#store.lastWorldMinute();
    return last === undefined ? beginning() : this.#wayTo(last);
  }

  /** Folds some of what the log gained; true when there is more. */
  step(): boolean {
    const records = this.#log.after(this.#front.seq, RECORDS_PER_GROUP);
    const last = records.at(-1);
    if (last === undefined) return false;
    try {
      this.#store.together(() => {
        for (const record of records) {
          const before = minuteOf(this.#front.arrivedAt);
          const arrivedAt = laterOf(this.#front.arrivedAt, record.receivedAt);
          const minute = minuteOf(arrivedAt);
          if (minute !== before) this.#begin(minute, record.seq);
          follow(this.#front, record);
        }
        if (last.seq > this.#store.indexedSeq()) this.#store.setIndexedSeq(last.seq);
      });
    } catch (error) {
      // The front went on and the file did not.
      this.#front = this.#frontOfStore();
      throw error;
    }
    return records.length === RECORDS_PER_GROUP;
  }

  /**
   * The segment of a minute up to a moment, in an envelope; undefined when nothing arrived in it, the index has not come so
   * far, or the log has forgotten positions that it is made of.
   * @param until a full second of the minute, or its end
   */
  segment(minute: MinuteNo, until: EpochMs): Uint8Array | undefined {
    for (let group = 0; group < GROUPS_BEFORE_ANSWER && this.step(); group += 1);
    const found = this.#store.minute(minute);
    if (found === undefined || !this.#isRemembered(found)) return undefined;
    const way = this.#wayTo(minute);
    const keyframe = encodeKeyframe(way.world, frameNo(0));
    const builder = new FrameBuilder(way.world);
    const frames: Uint8Array[] = [];
    let second = startOfMinute(minute) + SECOND_MS;
    const cutUpTo = (moment: number): void => {
      for (; second <= moment; second += SECOND_MS) frames.push(encodeFrame(builder.cut(epochMs(second))));
    };
    for (const record of this.#records(found.first, found.next)) {
      const arrivedAt = laterOf(way.arrivedAt, record.receivedAt);
      if (arrivedAt >= until) break;
      cutUpTo(arrivedAt);
      builder.add(record);
      way.arrivedAt = arrivedAt;
      way.seq = record.seq;
    }
    cutUpTo(until);
    const end = startOfMinute(minuteNo(minute + 1));
    this.#left = until === end ? { minute: minuteNo(minute + 1), way } : undefined;
    return putInEnvelope(deflateRawSync(encodeSegment({ minute, keyframe, frames }), { level: 6 }), true);
  }

  #isRemembered({ minute, first, next }: ArrivalMinute): boolean {
    const kept = this.#store.worldBefore(minute);
    const from = kept === undefined ? seqNo(1) : (this.#store.firstSeqFrom(kept.minute) ?? first);
    return this.#log.isWhole(from, next);
  }

  /** A minute begins with this record: it goes into the index, and the world before it is kept if the last one is long ago. */
  #begin(minute: MinuteNo, first: Seq): void {
    this.#store.addMinute(minute, first);
    const last = this.#store.lastWorldMinute();
    if (last !== undefined && minute < last + MINUTES_PER_WORLD) return;
    advance(this.#front.world, startOfMinute(minute));
    this.#store.putWorld(minute, deflateRawSync(encodeKeyframe(this.#front.world, frameNo(0)), { level: 6 }));
  }

  /** A way that stands at the beginning of a minute. It is the caller's to go on with. */
  #wayTo(minute: MinuteNo): Way {
    const left = this.#left;
    this.#left = undefined;
    if (left?.minute === minute) return left.way;
    const kept = this.#store.worldBefore(minute);
    const way = kept === undefined ? beginning() : this.#kept(kept);
    const next = this.#store.firstSeqFrom(minute);
    for (const record of this.#records(seqNo(way.seq + 1), next)) follow(way, record);
    advance(way.world, startOfMinute(minute));
    return way;
  }

  #kept({ minute, keyframe }: { readonly minute: MinuteNo; readonly keyframe: Uint8Array }): Way {
    const decoded = decodeKeyframe(new Uint8Array(inflateRawSync(keyframe)));
    if (!decoded.ok) throw new Error(`the world kept of minute ${minute}: ${decoded.fault.code}`);
    const first = this.#store.firstSeqFrom(minute);
    if (first === undefined) throw new Error(`a world is kept of minute ${minute}, in which nothing arrived`);
    return { world: decoded.value.world, seq: seqNo(first - 1), arrivedAt: startOfMinute(minute) };
  }

  /** Records from a place in the log up to but without another; to its end where there is no other. */
  *#records(from: Seq, to: Seq | undefined): Generator<LogRecord> {
    let after = seqNo(from - 1);
    for (;;) {
      const wanted = to === undefined ? RECORDS_PER_GROUP : Math.min(RECORDS_PER_GROUP, to - 1 - after);
      const records = wanted > 0 ? this.#log.after(after, wanted) : [];
      for (const record of records) if (to === undefined || record.seq < to) yield record;
      const last = records.at(-1);
      if (last === undefined || records.length < wanted) return;
      after = last.seq;
    }
  }
}

const beginning = (): Way => ({ world: emptyWorld(), seq: seqNo(0), arrivedAt: epochMs(0) });

const laterOf = (one: EpochMs, other: EpochMs): EpochMs => (one > other ? one : other);

/** Folds one record as live does: the clock stands at the full second before it arrived. */
function follow(way: Way, record: LogRecord): void {
  way.arrivedAt = laterOf(way.arrivedAt, record.receivedAt);
  way.seq = record.seq;
  advance(way.world, epochMs(Math.floor(way.arrivedAt / SECOND_MS) * SECOND_MS));
  applyRecord(way.world, record);
}
