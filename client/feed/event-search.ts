import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { HistoryGuide } from './history-guide.ts';
import type { MinuteRef } from './history-index.ts';
import type { SegmentStore } from './segment-store.ts';

/** Whoever looks for more quiet than this wants another time of day; so many minutes are fetched at the most. */
const MOST_MINUTES = 180;

/** Looks for the moment before or after another at which the picture changes by an event of the log. */
export class EventSearch {
  readonly #from: EpochMs;
  readonly #direction: 1 | -1;
  /** What is looked up next. */
  #at: EpochMs;
  #looked = 0;

  constructor(from: EpochMs, direction: 1 | -1) {
    this.#from = from;
    this.#direction = direction;
    this.#at = direction === 1 ? from : epochMs(from - 1);
  }

  /** Goes on as far as minutes are there, and asks for the next. Undefined where there is no event, or it cannot be read. */
  advance(
    guide: Pick<HistoryGuide, 'lookUp'>,
    store: Pick<SegmentStore, 'get' | 'want' | 'faultOf'>,
  ): EpochMs | 'waiting' | undefined {
    while (this.#looked < MOST_MINUTES) {
      const found = guide.lookUp(this.#at);
      if (found === 'waiting') return 'waiting';
      if ('code' in found) return undefined;
      if (found.kind !== 'minute') {
        const next = this.#besideGap(found);
        if (next === undefined) return undefined;
        this.#at = next;
        continue;
      }
      const segment = store.get(found.ref);
      if (segment === undefined) {
        if (store.faultOf(found.ref) !== undefined) return undefined;
        store.want(found.ref);
        return 'waiting';
      }
      const moments = segment.frames.filter(({ events }) => events.length > 0).map(({ at }) => at);
      const moment =
        this.#direction === 1
          ? moments.find((at) => at > this.#from)
          : moments.findLast((at) => at < this.#from);
      if (moment !== undefined) return moment;
      this.#looked += 1;
      this.#at = this.#direction === 1 ? found.ref.endsAt : epochMs(found.ref.startsAt - 1);
    }
    return undefined;
  }

  #besideGap(gap: { readonly until?: EpochMs; readonly before: MinuteRef | undefined }): EpochMs | undefined {
    return this.#direction === 1 ? gap.until : gap.before?.startsAt;
  }
}
