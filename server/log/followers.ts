import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import type { Seq } from '@maplewall/shared/domain/units.ts';
import type { Following } from './log.ts';

/** How a follower reads what it has not seen yet. */
type ReadAfter = (after: Seq) => AsyncIterable<readonly LogRecord[]>;

interface Follower {
  next: number;
  live: boolean;
  stopped: boolean;
  readonly listener: (records: readonly LogRecord[]) => void;
}

/** LOG5: everybody gets each record once and in order, first from the disk, then as it is appended. */
export class Followers {
  readonly #followers = new Set<Follower>();
  readonly #readAfter: ReadAfter;
  #last: number;

  constructor(readAfter: ReadAfter, last: number) {
    this.#readAfter = readAfter;
    this.#last = last;
  }

  /** Tells the followers that keep up; the others will read it. Records are in order. */
  appended(records: readonly LogRecord[]): void {
    const last = records.at(-1);
    if (last === undefined) return;
    this.#last = last.seq;
    for (const follower of this.#followers) {
      if (!follower.live || last.seq < follower.next) continue;
      // What was read from the disk may have been on disk before it was announced here.
      const unseen = records.filter(({ seq }) => seq >= follower.next);
      follower.next = last.seq + 1;
      follower.listener(unseen);
    }
  }

  follow(after: Seq, listener: (records: readonly LogRecord[]) => void): Following {
    const follower: Follower = { next: after + 1, live: false, stopped: false, listener };
    this.#followers.add(follower);
    return {
      caughtUp: this.#catchUp(follower),
      stop: () => {
        follower.stopped = true;
        this.#followers.delete(follower);
      },
    };
  }

  stopAll(): void {
    for (const follower of this.#followers) follower.stopped = true;
    this.#followers.clear();
  }

  async #catchUp(follower: Follower): Promise<void> {
    while (!follower.stopped && follower.next <= this.#last) {
      const last = this.#last;
      for await (const records of this.#readAfter((follower.next - 1) as Seq)) {
        if (follower.stopped) return;
        const newest = records.at(-1);
        if (newest === undefined) continue;
        follower.next = newest.seq + 1;
        follower.listener(records);
      }
      // What is forgotten is not read, and must not be waited for.
      follower.next = Math.max(follower.next, last + 1);
    }
    follower.live = true;
  }
}
