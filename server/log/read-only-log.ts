import { DatabaseSync } from 'node:sqlite';
import { seqNo, type MinuteNo, type Seq } from '@maplewall/shared/domain/units.ts';
import type { EventRecord, LogRecord } from '@maplewall/shared/domain/record.ts';
import { forgottenMinutes, IS_THERE, IS_WHOLE } from './forgotten.ts';
import { readNames } from './name-table.ts';
import { decodeRecord, type Names, type RecordRow } from './record-codec.ts';

type SeqRow = RecordRow & { readonly seq: number };

/** The reading half of a log in a SQLite file, for another thread; synchronous, because that thread does nothing else. */
export class ReadOnlyLog {
  readonly #database: DatabaseSync;
  readonly #names: Pick<Names, 'nameOf'>;

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { readOnly: true });
    this.#database.exec('PRAGMA busy_timeout = 10000');
    this.#names = readNames(this.#database);
  }

  /** Up to `limit` records after a place. */
  after(after: Seq, limit: number): readonly LogRecord[] {
    const rows = this.#database
      .prepare(`SELECT * FROM records WHERE seq > ? AND ${IS_THERE} ORDER BY seq LIMIT ?`)
      .all(after, limit) as unknown as SeqRow[];
    return rows.map((row) => decodeRecord(row.seq, row, this.#names));
  }

  /** Whether nothing was forgotten from a place in the log up to but without another; to its end where there is no other. */
  isWhole(from: Seq, to: Seq = seqNo(this.lastSeq() + 1)): boolean {
    const row = this.#database
      .prepare(`SELECT count(*) AS n FROM records WHERE seq >= ? AND seq < ? AND ${IS_WHOLE}`)
      .get(from, to);
    return Number(row?.['n']) === to - from;
  }

  /** The place from which on nothing was forgotten; undefined where nothing ever was. Looks back from the end. */
  wholeFrom(): Seq | undefined {
    const hasForgotten = !this.forgottenMinutes()[Symbol.iterator]().next().done;
    if (!hasForgotten) return undefined;
    let first = this.lastSeq() + 1;
    const rows = this.#database
      .prepare(`SELECT seq FROM records WHERE ${IS_WHOLE} ORDER BY seq DESC`)
      .iterate();
    for (const { seq } of rows) {
      if (Number(seq) !== first - 1) break;
      first = Number(seq);
    }
    return seqNo(first);
  }

  one(seq: Seq): LogRecord | undefined {
    const row = this.#database
      .prepare(`SELECT * FROM records WHERE seq = ? AND ${IS_THERE}`)
      .get(seq) as unknown as SeqRow | undefined;
    return row === undefined ? undefined : decodeRecord(row.seq, row, this.#names);
  }

  /** All events up to a place in the log, in the order of their time. */
  *eventsByTime(upTo: Seq): Generator<EventRecord> {
    const rows = this.#database
      .prepare('SELECT * FROM records WHERE form IN (0, 3) AND seq <= ? ORDER BY at, seq')
      .iterate(upTo) as unknown as Iterable<SeqRow>;
    for (const row of rows) {
      const record = decodeRecord(row.seq, row, this.#names);
      if (record.type === 'event') yield record;
    }
  }

  /** All events after a place in the log, in its order. */
  *eventsAfter(after: Seq): Generator<EventRecord> {
    const rows = this.#database
      .prepare('SELECT * FROM records WHERE form IN (0, 3) AND seq > ? ORDER BY seq')
      .iterate(after) as unknown as Iterable<SeqRow>;
    for (const row of rows) {
      const record = decodeRecord(row.seq, row, this.#names);
      if (record.type === 'event') yield record;
    }
  }

  /** The minutes, by event time, of which the log does not hold all positions any more. */
  forgottenMinutes(): Iterable<MinuteNo> {
    return forgottenMinutes(this.#database);
  }

  /** When the newest record was received; undefined where there is none. */
  lastReceivedAt(): number | undefined {
    const row = this.#database.prepare('SELECT received_at FROM records ORDER BY seq DESC LIMIT 1').get();
    return row === undefined ? undefined : Number(row['received_at']);
  }

  /** When the first record from this place on was received that is still there: not before what was received there. */
  receivedFrom(seq: Seq): number | undefined {
    const row = this.#database
      .prepare('SELECT received_at FROM records WHERE seq >= ? ORDER BY seq LIMIT 1')
      .get(seq);
    return row === undefined ? undefined : Number(row['received_at']);
  }

  lastSeq(): Seq {
    return seqNo(
      Number(this.#database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM records').get()?.['seq'] ?? 0),
    );
  }

  close(): void {
    this.#database.close();
  }
}
