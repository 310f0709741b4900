import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { seqNo, type Seq } from '@maplewall/shared/domain/units.ts';
import { Followers } from './followers.ts';
import type { Appended, Log } from './log.ts';

/** A log in memory, for tests, with levers. */
export interface MemoryLog extends Log {
  /** `count` appends are refused, as by a full disk: the next, or those after a number of good ones. */
  failNext(count: number, after?: number): void;
  /** Forgets a record of positions (LOG7). */
  forget(seq: Seq): void;
}

export function memoryLog(): MemoryLog {
  /** In the place of a record that is forgotten stands nothing. */
  const records: (LogRecord | undefined)[] = [];
  const seqOfKey = new Map<string, Seq>();
  let failures = 0;
  let goodBefore = 0;
  let closed = false;
  const followers = new Followers((after) => read({ after }), 0);

  async function* read(query: Parameters<Log['read']>[0]): AsyncGenerator<readonly LogRecord[]> {
    if ('seqs' in query) {
      const { seqs, eventsOnly = false } = query;
      yield seqs
        .flatMap((seq) => records[seq - 1] ?? [])
        .filter(({ type }) => !eventsOnly || type === 'event');
      return;
    }
    const limit = query.limit ?? 1_000;
    for (let start: number = query.after; start < records.length; start += limit)
      yield records.slice(start, start + limit).filter((record) => record !== undefined);
  }

  async function append(drafts: readonly RecordDraft[]): Promise<readonly Appended[]> {
    if (closed) throw new Error('the log is closed');
    if (goodBefore > 0) goodBefore -= 1;
    else if (failures > 0) {
      failures -= 1;
      throw new Error('the log could not be written: lever');
    }
    const fresh: LogRecord[] = [];
    const appended = drafts.map((draft): Appended => {
      const name = `${draft.source}\n${draft.key}`;
      const known = draft.key === '' ? undefined : seqOfKey.get(name);
      if (known !== undefined) return { seq: known, repeated: true };
      const seq = seqNo(records.length + 1);
      const record: LogRecord = { ...draft, seq };
      records.push(record);
      fresh.push(record);
      if (draft.key !== '') seqOfKey.set(name, seq);
      return { seq, repeated: false };
    });
    followers.appended(fresh);
    return appended;
  }

  return {
    append,
    read,
    follow: (after, listener) => followers.follow(after, listener),
    lastSeq: () => seqNo(records.length),
    failNext: (count, after = 0) => {
      failures = count;
      goodBefore = after;
    },
    forget: (seq) => {
      records[seq - 1] = undefined;
    },
    close: async () => {
      closed = true;
      followers.stopAll();
    },
  };
}
