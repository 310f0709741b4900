import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import type { Seq } from '@maplewall/shared/domain/units.ts';

/**
 * The log: one append-only order of everything that happened.
 *
 * LOG1  `append` answers when the records are on disk, never before; all drafts of one call are kept or none is.
 * LOG2  Seqs are given out as 1, 2, 3 … without gaps, in the order of the answers' drafts, and none is ever given out again.
 * LOG3  A draft whose (source, key) is in the log already, or earlier in the same call, gets the first one's seq and `repeated: true`;
 *       no second record is made. Drafts with key '' are never taken for repeated.
 * LOG4  `read(after)` gives the records with seq > after, in order, as they stood when it was called or later.
 * LOG5  `follow(after, listener)` gives every record with seq > after exactly once, in order, first those on
 *       disk, then each as it is appended. A listener is never called for a record that is not on disk.
 * LOG7  Positions may be forgotten (forgotten.ts), never an event and never the last record. What is forgotten is not read
 *       any more: seqs that are read have gaps there, and a record that was thinned (thinned.ts) has fewer fixes. A key that was forgotten is still known, so LOG3 holds.
 * LOG6  After `close`, nothing is called any more; what was answered is there at the next opening.
 */
export interface Log {
  append(drafts: readonly RecordDraft[]): Promise<readonly Appended[]>;
  read(query: ReadQuery): AsyncIterable<readonly LogRecord[]>;
  follow(after: Seq, listener: (records: readonly LogRecord[]) => void): Following;
  /** The last seq on disk; 0 for an empty log. */
  lastSeq(): Seq;
  close(): Promise<void>;
}

export interface Appended {
  readonly seq: Seq;
  readonly repeated: boolean;
}

/**
 * Either all after a place, in groups of at most `limit` records, or exactly the named ones; of these, the events alone
 * if it is said so, because positions are many and are left where they are, or those alone of which nothing is forgotten.
 */
export type ReadQuery =
  | { readonly after: Seq; readonly limit?: number }
  | { readonly seqs: readonly Seq[]; readonly eventsOnly?: boolean; readonly wholeOnly?: boolean };

export interface Following {
  /** Resolves when everything that was on disk at the call has been given to the listener. */
  readonly caughtUp: Promise<void>;
  stop(): void;
}
