import type { Fault } from '@maplewall/shared/domain/fault.ts';
import type { MinuteRef } from './history-index.ts';
import type { HistorySource } from './history-source.ts';
import { loadSegment, type LoadedSegment } from './load-segment.ts';

/** Minutes kept: half an hour, a few megabytes. */
const KEPT = 30;
const AT_ONCE = 6;

/** Another version of a minute is another segment. */
const keyOf = ({ startsAt, version }: MinuteRef): string => `${startsAt} ${version}`;

/** Fetches minutes, decodes them and keeps the ones used last. */
export class SegmentStore {
  readonly #source: HistorySource;
  readonly #onSettled: () => void;
  readonly #loaded = new Map<string, LoadedSegment>();
  readonly #underWay = new Set<string>();
  readonly #faults = new Map<string, Fault>();

  /** `onSettled` is called whenever a minute came or failed. */
  constructor(source: HistorySource, onSettled: () => void) {
    this.#source = source;
    this.#onSettled = onSettled;
  }

  get(ref: MinuteRef): LoadedSegment | undefined {
    const key = keyOf(ref);
    const segment = this.#loaded.get(key);
    if (segment === undefined) return undefined;
    this.#loaded.delete(key);
    this.#loaded.set(key, segment);
    return segment;
  }

  faultOf(ref: MinuteRef): Fault | undefined {
    return this.#faults.get(keyOf(ref));
  }

  /** What failed may be asked for again. */
  forgetFaults(): void {
    this.#faults.clear();
  }

  /** Asks for a minute, unless it is there, under way, failed, or six others are under way. */
  want(ref: MinuteRef): void {
    const key = keyOf(ref);
    if (this.#loaded.has(key) || this.#underWay.has(key) || this.#faults.has(key)) return;
    if (this.#underWay.size >= AT_ONCE) return;
    this.#underWay.add(key);
    void loadSegment(this.#source, ref).then((outcome) => {
      this.#underWay.delete(key);
      if (outcome.ok) this.#keep(key, outcome.value);
      else this.#faults.set(key, outcome.fault);
      this.#onSettled();
    });
  }

  #keep(key: string, segment: LoadedSegment): void {
    this.#loaded.set(key, segment);
    for (const oldest of this.#loaded.keys()) {
      if (this.#loaded.size <= KEPT) break;
      this.#loaded.delete(oldest);
    }
  }
}
