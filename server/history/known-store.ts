import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { minuteNo, seqNo, type MinuteNo, type Seq } from '@maplewall/shared/domain/units.ts';

/*
 *   minutes   the first record that arrived in a minute; its others follow it in the log
 *   worlds    the world at the beginning of some minutes, as a deflated keyframe: where folding begins
 */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS minutes (minute INTEGER PRIMARY KEY, first_seq INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS worlds (minute INTEGER PRIMARY KEY, keyframe BLOB NOT NULL) STRICT;
`;

/** A minute in which something arrived: its records are those from `first` up to but without `next`. */
export interface ArrivalMinute {
  readonly minute: MinuteNo;
  readonly first: Seq;
  /** Undefined for the last minute of the log. */
  readonly next: Seq | undefined;
}

/** The index of the log by arrival, in a SQLite file: a read model that can be made again from the log. */
export class KnownStore {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`PRAGMA busy_timeout = 10000; ${SCHEMA}`);
    this.#database
      .prepare("INSERT OR IGNORE INTO meta VALUES ('generation', ?)")
      .run(randomBytes(6).toString('hex'));
  }

  /** All in one transaction, or nothing. */
  together(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Another log has other minutes under the same numbers: they get other names. */
  forgetAll(): void {
    this.together(() => {
      this.#database.exec('DELETE FROM meta; DELETE FROM minutes; DELETE FROM worlds');
      this.#database.prepare("INSERT INTO meta VALUES ('generation', ?)").run(randomBytes(6).toString('hex'));
    });
  }

  /** Tells this store's minutes from those of one that was made of another log. */
  generation(): string {
    return String(this.#one("SELECT value FROM meta WHERE name = 'generation'")?.['value'] ?? '');
  }

  indexedSeq(): Seq {
    return seqNo(Number(this.#one("SELECT value FROM meta WHERE name = 'indexed'")?.['value'] ?? 0));
  }

  setIndexedSeq(seq: Seq): void {
    this.#database.prepare("INSERT OR REPLACE INTO meta VALUES ('indexed', ?)").run(String(seq));
  }

  addMinute(minute: MinuteNo, first: Seq): void {
    this.#database.prepare('INSERT OR IGNORE INTO minutes VALUES (?, ?)').run(minute, first);
  }

  putWorld(minute: MinuteNo, keyframe: Uint8Array): void {
    this.#database.prepare('INSERT OR REPLACE INTO worlds VALUES (?, ?)').run(minute, keyframe);
  }

  /** The nearest kept world at the beginning of a minute or before it. */
  worldBefore(minute: MinuteNo): { readonly minute: MinuteNo; readonly keyframe: Uint8Array } | undefined {
    const row = this.#one(
      'SELECT minute, keyframe FROM worlds WHERE minute <= ? ORDER BY minute DESC LIMIT 1',
      minute,
    );
    return row === undefined
      ? undefined
      : { minute: minuteNo(Number(row['minute'])), keyframe: row['keyframe'] as Uint8Array };
  }

  lastWorldMinute(): MinuteNo | undefined {
    const minute = this.#one('SELECT max(minute) AS minute FROM worlds')?.['minute'];
    return typeof minute === 'number' ? minuteNo(minute) : undefined;
  }

  /** The first record that arrived at the beginning of a minute or later; undefined when there is none. */
  firstSeqFrom(minute: MinuteNo): Seq | undefined {
    const seq = this.#one('SELECT min(first_seq) AS seq FROM minutes WHERE minute >= ?', minute)?.['seq'];
    return typeof seq === 'number' ? seqNo(seq) : undefined;
  }

  minute(minute: MinuteNo): ArrivalMinute | undefined {
    return this.minutes(minute, minuteNo(minute + 1))[0];
  }

  /** Minutes with arrivals from `from` up to but without `to`, in the order of time. */
  minutes(from: MinuteNo, to: MinuteNo): readonly ArrivalMinute[] {
    const rows = this.#database
      .prepare(
        `SELECT minute, first_seq, lead(first_seq) OVER (ORDER BY minute) AS next FROM (
           SELECT minute, first_seq FROM minutes WHERE minute >= ? AND minute < ?
           UNION ALL SELECT * FROM (SELECT minute, first_seq FROM minutes WHERE minute >= ? ORDER BY minute LIMIT 1)
         ) ORDER BY minute`,
      )
      .all(from, to, to);
    return rows
      .map((row) => ({
        minute: minuteNo(Number(row['minute'])),
        first: seqNo(Number(row['first_seq'])),
        next: row['next'] === null ? undefined : seqNo(Number(row['next'])),
      }))
      .filter(({ minute }) => minute < to);
  }

  count(from: MinuteNo, to: MinuteNo): number {
    const row = this.#one('SELECT count(*) AS n FROM minutes WHERE minute >= ? AND minute < ?', from, to);
    return Number(row?.['n'] ?? 0);
  }

  /** Forgets some of what is older than a minute, never the last world that was kept. @returns whether there was anything */
  forgetSome(before: MinuteNo, most: number): boolean {
    const last = this.lastWorldMinute();
    const to = Math.min(before, last ?? 0);
    let changes = 0;
    this.together(() => {
      for (const table of ['minutes', 'worlds'])
        changes += Number(
          this.#database
            .prepare(
              `DELETE FROM ${table} WHERE minute IN (SELECT minute FROM ${table} WHERE minute < ? ORDER BY minute LIMIT ?)`,
            )
            .run(to, most).changes,
        );
    });
    return changes > 0;
  }

  /** The minute from which on the log has forgotten nothing; undefined where it never did. */
  wholeFrom(): MinuteNo | undefined {
    const seq = this.#one("SELECT value FROM meta WHERE name = 'whole'")?.['value'];
    if (seq === undefined) return undefined;
    const minute = this.#one('SELECT min(minute) AS minute FROM minutes WHERE first_seq >= ?', Number(seq));
    return minuteNo(Number(minute?.['minute'] ?? Number.MAX_SAFE_INTEGER));
  }

  setWholeFrom(seq: Seq): void {
    this.#database.prepare("INSERT OR REPLACE INTO meta VALUES ('whole', ?)").run(String(seq));
  }

  /** The first minute with arrivals, of all or from a minute on. */
  firstMinute(from: MinuteNo = minuteNo(0)): MinuteNo | undefined {
    const minute = this.#one('SELECT min(minute) AS minute FROM minutes WHERE minute >= ?', from)?.['minute'];
    return typeof minute === 'number' ? minuteNo(minute) : undefined;
  }

  close(): void {
    this.#database.close();
  }

  #one(sql: string, ...values: number[]): Record<string, unknown> | undefined {
    return this.#database.prepare(sql).get(...values);
  }
}
