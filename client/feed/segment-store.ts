import type { Fault } from '@maplewall/shared/domain/fault.ts';
import type { MinuteRef } from './history-index.ts';
import type { HistorySource } from './history-source.ts';
import { bytesOf, type LoadedSegment } from './open-segment.ts';

/** Memory that minutes may take: of 2,568 people who all send, about an hour. */
const KEPT_BYTES = 32 * 1024 * 1024;
const AT_ONCE = 6;

/** Another version of a minute is another segment. */
const keyOf = ({ startsAt, version }: MinuteRef): string => `${startsAt} ${version}`;

interface Kept {
  readonly segment: LoadedSegment;
  readonly bytes: number;
}

/** Asks for minutes and keeps the ones used last. */
export class SegmentStore {
  /** So much may be fetched ahead: what was played last stays beside it. */
  readonly roomAhead: number;
  readonly #source: HistorySource;
  readonly #onSettled: () => void;
  readonly #keptBytes: number;
  /** The one used last is the last. */
  readonly #loaded = new Map<string, Kept>();
  readonly #underWay = new Set<string>();
  readonly #faults = new Map<string, Fault>();
  #bytes = 0;
  /** Of the largest minute so far: what one that is not there yet is expected to take. */
  #largest = 0;

  /** `onSettled` is called whenever a minute came or failed. */
  constructor(source: HistorySource, onSettled: () => void, keptBytes = KEPT_BYTES) {
    this.#source = source;
    this.#onSettled = onSettled;
    this.#keptBytes = keptBytes;
    this.roomAhead = keptBytes / 2;
  }

  /** The memory that is taken. */
  get bytes(): number {
    return this.#bytes;
  }

  get(ref: MinuteRef): LoadedSegment | undefined {
    return this.#use(keyOf(ref))?.segment;
  }

  faultOf(ref: MinuteRef): Fault | undefined {
    return this.#faults.get(keyOf(ref));
  }

  /** What failed may be asked for again. */
  forgetFaults(): void {
    this.#faults.clear();
  }

  /**
   * Asks for a minute, unless it is there, under way, failed, or six others are under way.
   * @returns how much memory it takes, or is expected to
   */
  want(ref: MinuteRef): number {
    const key = keyOf(ref);
    const kept = this.#use(key);
    if (kept !== undefined) return kept.bytes;
    const isAsked = this.#underWay.has(key) || this.#faults.has(key);
    if (!isAsked && this.#underWay.size < AT_ONCE) this.#ask(key, ref);
    return this.#largest;
  }

  #ask(key: string, ref: MinuteRef): void {
    this.#underWay.add(key);
    void this.#source.segment(ref).then((outcome) => {
      this.#underWay.delete(key);
      if (outcome.ok) this.#keep(key, outcome.value);
      else this.#faults.set(key, outcome.fault);
      this.#onSettled();
    });
  }

  #use(key: string): Kept | undefined {
    const kept = this.#loaded.get(key);
    if (kept === undefined) return undefined;
    this.#loaded.delete(key);
    this.#loaded.set(key, kept);
    return kept;
  }

  #keep(key: string, segment: LoadedSegment): void {
    const bytes = bytesOf(segment);
    this.#loaded.set(key, { segment, bytes });
    this.#bytes += bytes;
    this.#largest = Math.max(this.#largest, bytes);
    for (const [oldest, kept] of this.#loaded) {
      if (this.#bytes <= this.#keptBytes || oldest === key) break;
      this.#loaded.delete(oldest);
      this.#bytes -= kept.bytes;
    }
  }
}
