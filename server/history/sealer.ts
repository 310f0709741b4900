import { inflateRawSync } from 'node:zlib';
import { minuteNo, minuteOf, startOfMinute, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { advance } from '@maplewall/shared/world/fold.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import type { ReadOnlyLog } from '../log/read-only-log.ts';
import { playSegment } from './play-segment.ts';
import { passMinute, sealMinute } from './seal-minute.ts';
import type { SegmentStore, StoredSegment } from './segment-store.ts';

/** How far ahead of one waiting minute its run is looked for. */
const MAX_RUN_MINUTES = 1_440;
/** Since when a minute waits that needs no quiet time, because no record of its own came. */
const AT_ONCE = 0;
/** Records looked at in one go when the index grows. */
const INDEX_GROUP = 2_000;

/**
 * Makes segments from the log, in event time. Pure of threads and timers: whoever calls says what is now.
 *
 *   … sealed │ sealed │ waiting │ waiting │ sealed │ sealed …
 *                      └── made anew, in order ──┘  goes on into what was sealed as long as the world
 *                                                   at a minute's beginning is another than before
 */
export class Sealer {
  readonly #log: ReadOnlyLog;
  readonly #store: SegmentStore;
  /** The world at the beginning of a minute, left by the last minute sealed: the usual next one begins there. */
  #left: { readonly minute: MinuteNo; readonly world: World } | undefined;

  constructor(log: ReadOnlyLog, store: SegmentStore) {
    this.#log = log;
    this.#store = store;
  }

  /** Takes records that the log gained into the index, and answers them; none when it holds all. */
  indexSome(now: number): readonly LogRecord[] {
    const records = this.#log.after(this.#store.indexedSeq(), INDEX_GROUP);
    const last = records.at(-1);
    if (last === undefined) return records;
    this.#store.together(() => {
      for (const record of records) {
        const minute = minuteOf(record.at);
        this.#store.addArrival(minute, record.seq, record.type === 'positions', now);
        if (this.#left !== undefined && minute < this.#left.minute) this.#left = undefined;
      }
      this.#store.setIndexedSeq(last.seq);
    });
    return records;
  }

  /** Seals one minute that was asked for, and nothing else; what follows waits if it is another now. */
  sealOne(minute: MinuteNo): StoredSegment {
    const known = this.#store.segment(minute);
    if (known !== undefined && !this.#store.isDirty(minute)) return known;
    const world = this.#worldAt(minute);
    const sealed = this.#seal(minute, world);
    const changed = this.#changedAfter(minute, world);
    if (changed !== undefined) this.#store.markDirty(changed, AT_ONCE);
    return sealed;
  }

  /**
   * Seals the waiting run that ends at `minute`, up to `budget` minutes of it, and goes on into later minutes as far
   * as they change, also behind a time without records.
   * @returns how many were sealed
   */
  sealRun(minute: MinuteNo, lastWhole: MinuteNo, budget: number): number {
    let next: MinuteNo | undefined = this.#store.runStart(minute, MAX_RUN_MINUTES);
    const world = this.#worldAt(next);
    let sealed = 0;
    while (next !== undefined && next <= lastWhole) {
      if (sealed === budget) {
        if (!this.#store.isDirty(next)) this.#store.markDirty(next, AT_ONCE);
        break;
      }
      this.#seal(next, world);
      sealed += 1;
      const after = minuteNo(next + 1);
      next = this.#store.isDirty(after) ? after : this.#changedAfter(next, world);
    }
    return sealed;
  }

  /**
   * The next segment, if it does not wait and begins with another world than `world`, that of the end of `minute`,
   * has become by then; `world` is moved there.
   */
  #changedAfter(minute: MinuteNo, world: World): MinuteNo | undefined {
    const following = this.#store.following(minute);
    if (following === undefined || this.#store.isDirty(following)) return undefined;
    advance(world, startOfMinute(following));
    const isAnother = this.#store.startHash(following) !== worldHash(world);
    if (this.#store.final.has(following)) {
      // It cannot be made anew, and whatever follows goes on from it.
      this.#left = undefined;
      this.#store.final.setSeam(following, isAnother);
      return undefined;
    }
    this.#left = { minute: following, world };
    return isAnother ? following : undefined;
  }

  /** The segment; `world` is moved to the minute's end. */
  #seal(minute: MinuteNo, world: World): StoredSegment {
    const startHash = worldHash(world);
    // Until this minute is kept, its world is half way to its end.
    this.#left = undefined;
    const stored = this.#store.put(minute, startHash, sealMinute(world, minute, this.#records(minute)));
    this.#left = { minute: minuteNo(minute + 1), world };
    return stored;
  }

  /**
   * The world at the beginning of a minute that waits, from the nearest keyframe before it. Its own old keyframe is not
   * asked: what came late to an earlier minute may have made it wrong. Where that earlier minute still waits itself, this one
   * may come out wrong now, and is compared and made anew when that is made.
   */
  #worldAt(minute: MinuteNo): World {
    const left = this.#left;
    if (left?.minute === minute) return left.world;
    this.#left = undefined;
    const before = this.#store.preceding(minute);
    const isFinal = before !== undefined && this.#store.final.has(before);
    const known =
      before === undefined ? undefined : isFinal ? this.#playedWorld(before) : this.#keyframeWorld(before);
    const world = known ?? emptyWorld();
    const start =
      known === undefined || before === undefined
        ? this.#store.firstMinute()
        : isFinal
          ? minuteNo(before + 1)
          : before;
    if (start !== undefined)
      for (const each of this.#store.minutesWithRecords(start, minute))
        passMinute(world, each, this.#recordsOfThePast(each));
    advance(world, startOfMinute(minute));
    return world;
  }

  #keyframeWorld(minute: MinuteNo): World | undefined {
    const stored = this.#store.segment(minute);
    if (stored === undefined) return undefined;
    const envelope = openEnvelope(stored.bytes);
    if (!envelope.ok) return undefined;
    const body = envelope.value.deflated ? inflateRawSync(envelope.value.body) : envelope.value.body;
    const segment = decodeSegment(new Uint8Array(body));
    const keyframe = segment.ok ? decodeKeyframe(segment.value.keyframe) : undefined;
    return keyframe?.ok === true ? keyframe.value.world : undefined;
  }

  /** The world at the end of a minute of which the log may not hold everything: its frames lead there. */
  #playedWorld(minute: MinuteNo): World | undefined {
    const stored = this.#store.segment(minute);
    const played = stored === undefined ? undefined : playSegment(minute, stored.bytes);
    return played?.ok === true ? played.value.end : undefined;
  }

  /** What leads to a world: of a minute that is not replayed any more no late position, which is going to be taken out. */
  #recordsOfThePast(minute: MinuteNo): readonly LogRecord[] {
    const records = this.#records(minute);
    const isGone = minute < this.#store.replayFrom.minute && this.#store.final.has(minute);
    return isGone ? records.filter(({ type }) => type === 'event') : records;
  }

  #records(minute: MinuteNo): readonly LogRecord[] {
    return this.#store
      .seqsOf(minute)
      .map((seq) => this.#log.one(seq))
      .filter((record) => record !== undefined);
  }
}
