import { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { NameRow } from './name-table.ts';
import type { RecordRow } from './record-codec.ts';

/**
 * The thread that writes: a slow flush of the disk (313 ms were seen) stops nobody but those who wait for it.
 * What arrives while one commit runs goes into the next: one flush for many callers.
 */
export interface AppendRequest {
  readonly id: number;
  readonly rows: readonly RecordRow[];
  /** Names that the rows use and that may not be on disk yet. */
  readonly names: readonly NameRow[];
}

export type WriterAnswer =
  | { readonly id: number; readonly seqs: readonly number[]; readonly repeated: readonly boolean[] }
  | { readonly id: number; readonly error: string };

export type WriterMessage = AppendRequest | { readonly close: true };

const port = parentPort;
if (port === null) throw new Error('log-writer-worker runs as a worker only');
const { file } = workerData as { readonly file: string };

const database = new DatabaseSync(file);
database.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -65536',
);
const insert = database.prepare(
  'INSERT INTO records (seq, at, received_at, source, key, mode, form, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
);
const insertName = database.prepare('INSERT INTO names (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING');
const findRepeated = database.prepare("SELECT seq FROM records WHERE source = ? AND key = ? AND key <> ''");
let lastSeq = Number(
  database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM records').get()?.['seq'] ?? 0,
);

const MAX_ROWS_PER_COMMIT = 20_000;

function commit(requests: readonly AppendRequest[]): void {
  const before = lastSeq;
  const answers: WriterAnswer[] = [];
  try {
    database.exec('BEGIN IMMEDIATE');
    for (const { id, rows, names } of requests) {
      for (const [nameId, name] of names) insertName.run(nameId, name);
      const seqs: number[] = [];
      const repeated: boolean[] = [];
      for (const row of rows) {
        const { changes } = insert.run(
          lastSeq + 1,
          row.at,
          row.received_at,
          row.source,
          row.key,
          row.mode,
          row.form,
          row.body,
        );
        if (Number(changes) === 1) {
          lastSeq += 1;
          seqs.push(lastSeq);
          repeated.push(false);
        } else {
          const found = findRepeated.get(row.source, row.key);
          if (found === undefined)
            throw new Error('a record was refused, and no record with its key is there');
          seqs.push(Number(found['seq']));
          repeated.push(true);
        }
      }
      answers.push({ id, seqs, repeated });
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    lastSeq = before;
    const reason = error instanceof Error ? error.message : String(error);
    for (const { id } of requests) port?.postMessage({ id, error: reason } satisfies WriterAnswer);
    return;
  }
  for (const answer of answers) port?.postMessage(answer);
}

port.on('message', (first: WriterMessage) => {
  const group: AppendRequest[] = [];
  let rows = 0;
  let closing = false;
  for (let message: WriterMessage | undefined = first; message !== undefined;) {
    if ('close' in message) {
      closing = true;
      break;
    }
    group.push(message);
    rows += message.rows.length;
    if (rows >= MAX_ROWS_PER_COMMIT) break;
    message = receiveMessageOnPort(port)?.message as WriterMessage | undefined;
  }
  if (group.length > 0) commit(group);
  if (closing) {
    database.close();
    port.close();
  }
});
port.postMessage({ id: 0, seqs: [lastSeq], repeated: [false] } satisfies WriterAnswer);
