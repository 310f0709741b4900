import { DatabaseSync } from 'node:sqlite';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { seqNo, type Seq } from '@maplewall/shared/domain/units.ts';
import { Followers } from './followers.ts';
import { FORGOTTEN_SCHEMA, IS_THERE, IS_WHOLE } from './forgotten.ts';
import type { Appended, Following, Log, ReadQuery } from './log.ts';
import type { WriterAnswer, WriterMessage } from './log-writer-worker.ts';
import { NameTable, type NameRow } from './name-table.ts';
import { decodeRecord, encodeRecord, type RecordRow } from './record-codec.ts';

/*
 * A key is unique within its source. The partial index leaves out records without a key, and it is small beside
 * the table, so that asking for a repeated key stays a matter of microseconds with many millions of records.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, received_at INTEGER NOT NULL, source TEXT NOT NULL,
    key TEXT NOT NULL, mode TEXT NOT NULL, form INTEGER NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS records_by_key ON records (source, key) WHERE key <> '';
  ${FORGOTTEN_SCHEMA}
`;

/** Of the tables above and of the bodies in them; raised when either changes. */
const FORM_VERSION = 3;
/** Logs in which nothing could be thinned yet; the first of them lacks a table as well. */
const FORMS_BEFORE: readonly unknown[] = [1, 2];

const READ_LIMIT = 1_000;
/** A group that is read at once holds no more bytes than this, so that nobody else waits for long. */
const READ_BYTES = 128 * 1024;

type StoredRow = RecordRow & { readonly seq: number };

interface Waiting {
  readonly drafts: readonly RecordDraft[];
  readonly names: readonly NameRow[];
  resolve(appended: readonly Appended[]): void;
  reject(error: Error): void;
}

/**
 * Opens the log that lives in one SQLite file.
 * @throws when the file cannot be opened or written
 */
export async function openSqliteLog({ file }: { readonly file: string }): Promise<Log> {
  const reader = new DatabaseSync(file);
  reader.exec('PRAGMA busy_timeout = 10000');
  prepareTables(reader, file);
  const worker = new Worker(new URL('log-writer-worker.ts', import.meta.url), { workerData: { file } });
  const [ready] = (await once(worker, 'message')) as [WriterAnswer];
  if (!('seqs' in ready)) throw new Error('the log could not be opened');
  const names = reader.prepare('SELECT id, name FROM names').all();
  const table = new NameTable(names.map((row): NameRow => [Number(row['id']), String(row['name'])]));
  return new SqliteLog(reader, worker, table, ready.seqs[0] ?? 0);
}

function prepareTables(database: DatabaseSync, file: string): void {
  const tables = database.prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table'").get();
  if (tables?.['tables'] === 0)
    database.exec(
      `PRAGMA journal_mode = WAL; BEGIN; ${SCHEMA} PRAGMA user_version = ${FORM_VERSION}; COMMIT;`,
    );
  const found = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (found === FORM_VERSION) return;
  if (FORMS_BEFORE.includes(found)) {
    database.exec(`BEGIN; ${FORGOTTEN_SCHEMA} PRAGMA user_version = ${FORM_VERSION}; COMMIT;`);
    return;
  }
  database.close();
  throw new Error(
    `${file} is not a log of this version (form ${String(found)}, ${FORM_VERSION} is read here)`,
  );
}

class SqliteLog implements Log {
  readonly #reader: DatabaseSync;
  readonly #worker: Worker;
  readonly #names: NameTable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #followers: Followers;
  #lastSeq: number;
  #nextId = 1;
  #broken: Error | undefined;
  #closing = false;

  constructor(reader: DatabaseSync, worker: Worker, names: NameTable, lastSeq: number) {
    this.#reader = reader;
    this.#worker = worker;
    this.#names = names;
    this.#lastSeq = lastSeq;
    this.#followers = new Followers((after) => this.read({ after }), lastSeq);
    worker.on('message', (answer: WriterAnswer) => this.#answered(answer));
    worker.on('error', (error) => this.#break(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#break(new Error('the log is closed')));
  }

  async append(drafts: readonly RecordDraft[]): Promise<readonly Appended[]> {
    if (this.#broken !== undefined || this.#closing) throw this.#broken ?? new Error('the log is closed');
    if (drafts.length === 0) return [];
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<readonly Appended[]>();
    const rows = drafts.map((draft) => encodeRecord(draft, this.#names));
    const names = this.#names.unwritten();
    this.#waiting.set(id, { drafts, names, resolve, reject });
    // Handed over, not copied: at 100,000 fixes a second copying took a tenth of the main thread.
    const bodies = rows.map(({ body }) => body.buffer);
    this.#worker.postMessage({ id, rows, names } satisfies WriterMessage, bodies);
    return promise;
  }

  async *read(query: ReadQuery): AsyncGenerator<readonly LogRecord[]> {
    if ('seqs' in query) yield* this.#readSome(query.seqs, query);
    else yield* this.#readAfter(query.after, query.limit ?? READ_LIMIT);
  }

  async *#readSome(
    seqs: readonly Seq[],
    { eventsOnly, wholeOnly }: { readonly eventsOnly?: boolean; readonly wholeOnly?: boolean },
  ): AsyncGenerator<readonly LogRecord[]> {
    const wanted = eventsOnly === true ? 'form IN (0, 3)' : wholeOnly === true ? IS_WHOLE : IS_THERE;
    const one = this.#reader.prepare(`SELECT * FROM records WHERE seq = ? AND ${wanted}`);
    for (let next = 0; next < seqs.length; await setImmediate()) {
      const group: LogRecord[] = [];
      for (let bytes = 0; next < seqs.length && group.length < READ_LIMIT && bytes < READ_BYTES; next += 1) {
        const row = one.get(seqs[next] ?? 0) as unknown as StoredRow | undefined;
        if (row === undefined) continue;
        bytes += row.body.length;
        group.push(decodeRecord(row.seq, row, this.#names));
      }
      if (group.length > 0) yield group;
    }
  }

  async *#readAfter(start: Seq, limit: number): AsyncGenerator<readonly LogRecord[]> {
    const some = this.#reader.prepare(
      `SELECT * FROM records WHERE seq > ? AND ${IS_THERE} ORDER BY seq LIMIT ?`,
    );
    for (let after: number = start; !this.#closing; await setImmediate()) {
      const group: LogRecord[] = [];
      let bytes = 0;
      for (const row of some.iterate(after, limit) as unknown as Iterable<StoredRow>) {
        bytes += row.body.length;
        after = row.seq;
        group.push(decodeRecord(row.seq, row, this.#names));
        if (bytes >= READ_BYTES) break;
      }
      if (group.length === 0) return;
      yield group;
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
    this.#names.written(waiting.names);
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
