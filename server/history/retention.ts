import {
  epochMs,
  minuteNo,
  minuteOf,
  startOfMinute,
  type MinuteNo,
  type Seq,
} from '@maplewall/shared/domain/units.ts';
import { advance } from '@maplewall/shared/world/fold.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import type { PositionsRemover } from '../log/forgotten.ts';
import type { PositionsThinner } from '../log/thinned.ts';
import type { ReadOnlyLog } from '../log/read-only-log.ts';
import { localDayOf } from './local-day.ts';
import { playSegment } from './play-segment.ts';
import { etagOf, type SegmentStore } from './segment-store.ts';

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;
/** Segments are played before what they were made of is taken away: some 20 ms each. */
const MARKED_PER_STEP = 10;
/** Records that one transaction takes out or thins; the log's writer may have to wait for it. */
const REMOVED_PER_STEP = 200;

/** How long to wait for the next step: there is more to do, history is behind the log, or all is done for now. */
const NEXT_MS = { more: 100, behind: 5_000, done: 6 * 3_600_000 } as const;

export interface RetentionOptions {
  readonly log: ReadOnlyLog;
  readonly remover: PositionsRemover;
  readonly store: SegmentStore;
  /** The last record that the log's other order has: what is taken out has to be in both. */
  readonly knownSeq: () => Seq;
  /** Positions that happened and came longer ago than this are taken out; undefined: none are. */
  readonly keepPositionsDays: number | undefined;
  /** Those that did so longer ago than this are thinned. */
  readonly thin: { readonly thinner: PositionsThinner; readonly afterDays: number } | undefined;
  /** Segments of whole days longer ago than this are removed; undefined: none are. */
  readonly keepSegmentsDays: number | undefined;
  /** In whose days. */
  readonly timeZone: string;
  /** Forgets what it has of minutes before this one, a little at a time; false when nothing is left. */
  readonly forgetKnown: (before: MinuteNo) => boolean;
  /** Told at the end of a pass that found some. */
  readonly onNotRight: (found: NotRightMinutes) => void;
}

/** Old minutes whose segment does not say the same as their records: nothing of them goes, and they hold up the end of replay. */
export interface NotRightMinutes {
  readonly first: MinuteNo;
  readonly minutes: number;
}

/** The moments before which positions go, and before which they are thinned. */
interface Limits {
  readonly removed: number;
  readonly thinned: number;
}
const minuteOfLimit = (limit: number): MinuteNo => minuteOf(epochMs(Math.max(0, limit)));

/**
 * Takes old positions out of the log or thins them, in short steps (docs/decisions/007-what-may-be-forgotten.md):
 *
 *   sealed, right and old ──mark──► final ──remove, remove …──► (a later pass finds nothing left) ──► cleared
 *                                     └─────thin, thin …──────► (a later pass finds nothing to thin) ──► thinned ──remove …
 *
 * Each step stands on disk before the next one begins, so it may be cut off anywhere and goes on from there.
 */
export class Retention {
  readonly #parts: RetentionOptions;
  #pass:
    | {
        readonly newest: Seq;
        clearedTo: MinuteNo;
        markedTo: MinuteNo;
        /** Minutes that this pass took something out of: that they are empty is said by a later one. */
        readonly takenFrom: Set<MinuteNo>;
        notRight: NotRightMinutes | undefined;
      }
    | undefined;
  #notRight: NotRightMinutes | undefined;

  constructor(parts: RetentionOptions) {
    this.#parts = parts;
  }

  /** What the last pass found; undefined where nothing is wrong, and before the first pass has ended. */
  get notRight(): NotRightMinutes | undefined {
    return this.#notRight;
  }

  /** Does a little of what is due. @returns after how many milliseconds there is more */
  step(clockNow: number): number {
    const { log, store } = this.#parts;
    // A machine may begin with a clock that is years ahead, until it has asked for the time; what is taken out by it never comes back.
    const now = Math.min(clockNow, (log.lastReceivedAt() ?? clockNow) + DAY_MS);
    this.#pass ??= {
      newest: log.lastSeq(),
      clearedTo: minuteNo(0),
      markedTo: minuteNo(0),
      takenFrom: new Set(),
      notRight: undefined,
    };
    const { keepPositionsDays, thin } = this.#parts;
    const limits: Limits = {
      removed: keepPositionsDays === undefined ? 0 : now - keepPositionsDays * DAY_MS,
      thinned: thin === undefined ? 0 : now - thin.afterDays * DAY_MS,
    };
    const before = Math.max(limits.removed, limits.thinned);
    // What came before that moment was in the log when this pass began, and history has to know of it.
    if (Math.min(store.indexedSeq(), this.#parts.knownSeq()) < this.#pass.newest) return NEXT_MS.behind;
    if (this.#clear(this.#pass, limits) || this.#mark(this.#pass, before)) return NEXT_MS.more;
    if (this.#endReplay(now) || store.replayFrom.removeSome()) return NEXT_MS.more;
    if (this.#parts.forgetKnown(store.replayFrom.minute)) return NEXT_MS.more;
    this.#notRight = this.#pass.notRight;
    if (this.#notRight !== undefined) this.#parts.onNotRight(this.#notRight);
    this.#pass = undefined;
    return NEXT_MS.done;
  }

  /** Takes some positions of one final minute out, or thins them; false when no final minute is left to look at. */
  #clear(
    pass: { clearedTo: MinuteNo; readonly takenFrom: Set<MinuteNo> },
    { removed, thinned }: Limits,
  ): boolean {
    const { store, remover, thin } = this.#parts;
    const removedTo = minuteOfLimit(removed);
    const minute = store.final.unclearedAfter(pass.clearedTo, removedTo);
    if (minute === undefined) return false;
    const positions = remover.heads(minute, store.seqsOf(minute)).filter(({ isPositions }) => isPositions);
    const isRemoved = minute < removedTo;
    const limit = isRemoved ? removed : thinned;
    const old = positions.filter(({ receivedAt }) => receivedAt < limit).map(({ seq }) => seq);
    let left = 0;
    // Only a pass that finds nothing says so: by then the disk has what an earlier one did.
    if (positions.length === 0) {
      if (!pass.takenFrom.has(minute)) store.final.setCleared(minute);
    } else if (isRemoved && old.length > 0) {
      pass.takenFrom.add(minute);
      store.final.setEmptying(minute);
      remover.remove(minute, old.slice(0, REMOVED_PER_STEP));
      left = old.length - Math.min(old.length, REMOVED_PER_STEP);
    } else if (!isRemoved && thin !== undefined) {
      const did = thin.thinner.thin(minute, old, REMOVED_PER_STEP);
      ({ left } = did);
      if (did.changed > 0) pass.takenFrom.add(minute);
      else if (old.length === positions.length && !pass.takenFrom.has(minute)) store.final.setThinned(minute);
    }
    if (left === 0) pass.clearedTo = minute;
    return true;
  }

  /** Makes some minutes final; false when all old ones were looked at. */
  #mark(
    pass: { clearedTo: MinuteNo; markedTo: MinuteNo; notRight: NotRightMinutes | undefined },
    before: number,
  ): boolean {
    const { store } = this.#parts;
    const from = store.firstMinute(pass.markedTo);
    const end = minuteOfLimit(before);
    if (from === undefined || from >= end) return false;
    const to = minuteNo(Math.min(from + DAY_MINUTES, end));
    const looked = store.final.candidates(minuteNo(from - 1), to, MARKED_PER_STEP);
    const due = looked.filter((minute) => this.#isDue(minute, before));
    const ready = due.filter((minute) => this.#isRight(minute));
    const [notRight] = due.filter((minute) => !ready.includes(minute));
    if (notRight !== undefined)
      pass.notRight = {
        first: pass.notRight?.first ?? notRight,
        minutes: (pass.notRight?.minutes ?? 0) + due.length - ready.length,
      };
    if (ready.length > 0) store.final.mark(ready, store.indexedSeq());
    const last = looked.at(-1);
    pass.markedTo = last !== undefined && looked.length === MARKED_PER_STEP ? minuteNo(last + 1) : to;
    const [first] = ready;
    if (first !== undefined) pass.clearedTo = minuteNo(Math.min(pass.clearedTo, first - 1));
    return true;
  }

  /** Lets the replay begin a day later, if the first day that it has is old and all of it is taken out; false when it is not. */
  #endReplay(now: number): boolean {
    const { log, store, remover, keepSegmentsDays, timeZone } = this.#parts;
    if (keepSegmentsDays === undefined) return false;
    const from = store.firstMinute(store.replayFrom.minute);
    if (from === undefined) return false;
    const first = localDayOf(startOfMinute(from), timeZone);
    const to = minuteOf(first.endsAt);
    const limit = now - keepSegmentsDays * DAY_MS;
    if (first.endsAt > limit || !store.replayFrom.isDone(from, to)) return false;
    // An import of old days is to be looked at for as long. Where its last record is taken out, the next one came no earlier.
    const receivedAt = log.receivedFrom(store.replayFrom.lastArrival(from, to));
    if (receivedAt !== undefined && receivedAt >= limit) return false;
    // With positions that are left it is not: they came lately, or their segment is not right.
    for (const minute of store.replayFrom.notFinal(from, to))
      if (remover.heads(minute, store.seqsOf(minute)).some(({ isPositions }) => isPositions)) return false;
    store.replayFrom.set(to);
    return true;
  }

  /** Whether a minute has positions, and all of it came long ago. */
  #isDue(minute: MinuteNo, before: number): boolean {
    const { store, remover } = this.#parts;
    const heads = remover.heads(minute, store.seqsOf(minute));
    return (
      heads.some(({ isPositions }) => isPositions) && heads.every(({ receivedAt }) => receivedAt < before)
    );
  }

  /** Whether the log has all records of a minute, and its segment says the same. */
  #isRight(minute: MinuteNo): boolean {
    const { store, remover } = this.#parts;
    const seqs = store.seqsOf(minute);
    if (remover.heads(minute, seqs).length < seqs.length) return false;
    const segment = store.segment(minute);
    if (segment === undefined || etagOf(segment.bytes) !== segment.etag) return false;
    const played = playSegment(minute, segment.bytes);
    if (!played.ok || played.value.startHash !== store.startHash(minute)) return false;
    const following = store.following(minute);
    if (following === undefined || store.isDirty(following) || store.final.isSeam(following)) return true;
    const { end } = played.value;
    advance(end, startOfMinute(following));
    return worldHash(end) === store.startHash(following);
  }
}
