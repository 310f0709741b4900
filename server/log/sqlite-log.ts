import { DatabaseSync } from 'node:sqlite';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { seqNo, type Seq } from '@maplewall/shared/domain/units.ts';
import { Followers } from './followers.ts';
import type { Appended, Following, Log, ReadQuery } from './log.ts';
import type { WriterAnswer, WriterMessage } from './log-writer-worker.ts';
import { decodeRecord, encodeRecord, type RecordRow } from './record-codec.ts';

/*
 * A key is unique within its source. The partial index leaves out records without a key, and it is small beside
 * the table, so that asking for a repeated key stays a matter of microseconds with many millions of records.
 */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS records (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, received_at INTEGER NOT NULL, source TEXT NOT NULL,
    key TEXT NOT NULL, mode TEXT NOT NULL, form INTEGER NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS records_by_key ON records (source, key) WHERE key <> '';
`;

const READ_LIMIT = 1_000;

interface Waiting {
  readonly drafts: readonly RecordDraft[];
  resolve(appended: readonly Appended[]): void;
  reject(error: Error): void;
}

/**
 * Opens the log that lives in one SQLite file.
 * @throws when the file cannot be opened or written
 */
export async function openSqliteLog({ file }: { readonly file: string }): Promise<Log> {
  const reader = new DatabaseSync(file);
  reader.exec(`PRAGMA busy_timeout = 10000; ${SCHEMA}`);
  const worker = new Worker(new URL('log-writer-worker.ts', import.meta.url), { workerData: { file } });
  const [ready] = (await once(worker, 'message')) as [WriterAnswer];
  if (!('seqs' in ready)) throw new Error('the log could not be opened');
  return new SqliteLog(reader, worker, ready.seqs[0] ?? 0);
}

class SqliteLog implements Log {
  readonly #reader: DatabaseSync;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #followers: Followers;
  #lastSeq: number;
  #nextId = 1;
  #broken: Error | undefined;
  #closing = false;

  constructor(reader: DatabaseSync, worker: Worker, lastSeq: number) {
    this.#reader = reader;
    this.#worker = worker;
    this.#lastSeq = lastSeq;
    this.#followers = new Followers((after) => this.read({ after }), lastSeq);
    worker.on('message', (answer: WriterAnswer) => this.#answered(answer));
    worker.on('error', (error) => this.#break(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#break(new Error('the log is closed')));
  }

  append(drafts: readonly RecordDraft[]): Promise<readonly Appended[]> {
    if (this.#broken !== undefined || this.#closing)
      return Promise.reject(this.#broken ?? new Error('the log is closed'));
    if (drafts.length === 0) return Promise.resolve([]);
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<readonly Appended[]>();
    this.#waiting.set(id, { drafts, resolve, reject });
    this.#worker.postMessage({ id, rows: drafts.map(encodeRecord) } satisfies WriterMessage, []);
    return promise;
  }

  async *read(query: ReadQuery): AsyncGenerator<readonly LogRecord[]> {
    if ('seqs' in query) {
      const one = this.#reader.prepare('SELECT * FROM records WHERE seq = ?');
      for (let start = 0; start < query.seqs.length; start += READ_LIMIT) {
        yield query.seqs
          .slice(start, start + READ_LIMIT)
          .map((seq) => one.get(seq) as unknown as (RecordRow & { seq: number }) | undefined)
          .filter((row) => row !== undefined)
          .map((row) => decodeRecord(row.seq, row));
      }
      return;
    }
    const limit = query.limit ?? READ_LIMIT;
    const some = this.#reader.prepare('SELECT * FROM records WHERE seq > ? ORDER BY seq LIMIT ?');
    for (let after: number = query.after; ;) {
      const rows = some.all(after, limit) as unknown as (RecordRow & { seq: number })[];
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.seq;
      yield rows.map((row) => decodeRecord(row.seq, row));
    }
  }

  follow(after: Seq, listener: (records: readonly LogRecord[]) => void): Following {
    return this.#followers.follow(after, listener);
  }

  lastSeq(): Seq {
    return seqNo(this.#lastSeq);
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#followers.stopAll();
    if (this.#broken === undefined) {
      const exited = once(this.#worker, 'exit');
      this.#worker.postMessage({ close: true } satisfies WriterMessage, []);
      await exited;
    }
    this.#reader.close();
  }

  #answered(answer: WriterAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    this.#waiting.delete(answer.id);
    if ('error' in answer) {
      waiting.reject(new Error(`the log could not be written: ${answer.error}`));
      return;
    }
    const appended: Appended[] = [];
    const fresh: LogRecord[] = [];
    for (const [index, draft] of waiting.drafts.entries()) {
      const seq = seqNo(answer.seqs[index] ?? 0);
      const repeated = answer.repeated[index] ?? false;
      appended.push({ seq, repeated });
      if (!repeated) fresh.push({ ...draft, seq });
    }
    const last = fresh.at(-1);
    if (last !== undefined) this.#lastSeq = last.seq;
    if (!this.#closing) this.#followers.appended(fresh);
    waiting.resolve(appended);
  }

  #break(error: Error): void {
    this.#broken ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
  }
}
