import type { Fault, Result } from '@maplewall/shared/domain/fault.ts';
import { ok } from '@maplewall/shared/domain/fault.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import type { SentFrame } from '@maplewall/shared/frame/frame.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import type { MinuteRef } from './history-index.ts';
import type { HistorySource } from './history-source.ts';
import { openBody } from './open-body.ts';

/** Minutes kept: half an hour, a few megabytes. */
const KEPT = 30;
const AT_ONCE = 6;

/** A minute ready to be played. The keyframe stays encoded, so that each playing gets a world of its own. */
export interface LoadedSegment {
  readonly keyframe: Uint8Array;
  readonly frames: readonly SentFrame[];
}

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
    void this.#fetch(ref).then((outcome) => {
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

  async #fetch(ref: MinuteRef): Promise<Result<LoadedSegment>> {
    const bytes = await this.#source.segment(ref);
    if (!bytes.ok) return bytes;
    const body = await openBody(bytes.value);
    if (!body.ok) return body;
    const segment = decodeSegment(body.value);
    if (!segment.ok) return segment;
    const frames: SentFrame[] = [];
    for (const encoded of segment.value.frames) {
      const frame = decodeFrame(encoded);
      if (!frame.ok) return frame;
      frames.push(frame.value);
    }
    return ok({ keyframe: segment.value.keyframe, frames });
  }
}
