import type { DatabaseSync } from 'node:sqlite';
import { minuteNo, type MinuteNo, type Seq } from '@maplewall/shared/domain/units.ts';

/*
 *   final    minutes whose positions may be missing from the log, so that their segment is never made anew; `seq` is the last
 *            record known then, `seam` whether the minutes before lead to another world by now, `cleared` is 1 when all is
 *            taken out and 2 when the rest is thinned; `emptied` is 1 when something was taken out by more than thinning,
 *            and 2 when the log lacks something and nobody knows by which rule
 *   after    records that came for a final minute afterwards: no segment holds them
 */
const tables = (create: 'CREATE TABLE' | 'CREATE TEMP TABLE'): string => `
  ${create} IF NOT EXISTS final (
    minute INTEGER PRIMARY KEY, seq INTEGER NOT NULL, seam INTEGER NOT NULL, cleared INTEGER NOT NULL,
    emptied INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  ${create} IF NOT EXISTS after (minute INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (minute, seq)) STRICT, WITHOUT ROWID;
`;
const SCHEMA = `
  ${tables('CREATE TABLE')}
  CREATE INDEX IF NOT EXISTS final_uncleared ON final (minute) WHERE cleared = 0;
  CREATE INDEX IF NOT EXISTS final_thinned ON final (minute) WHERE cleared = 2;
`;
/** For who may only read, and reads a file from before any minute could be final. */
export const NO_FINAL_MINUTES = tables('CREATE TEMP TABLE');

const NOT_KNOWN = 2;

/** For a file from before it was noted that a minute is being emptied. */
function addEmptied(database: DatabaseSync): void {
  if (database.prepare("SELECT 1 FROM pragma_table_info('final') WHERE name = 'emptied'").get() !== undefined)
    return;
  database.exec(
    'ALTER TABLE final ADD COLUMN emptied INTEGER NOT NULL DEFAULT 0; UPDATE final SET emptied = 1 WHERE cleared = 1',
  );
}

type Statement = ReturnType<DatabaseSync['prepare']>;

/** The part of history's file that knows which minutes are final: their segments are all that is left of them. */
export class FinalMinutes {
  readonly #database: DatabaseSync;
  readonly #seqOf: Statement;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(SCHEMA);
    addEmptied(database);
    this.#seqOf = database.prepare('SELECT seq FROM final WHERE minute = ?');
  }

  /** Whether any of the minutes from `from` up to but without `to` is final. */
  anyWithin(from: MinuteNo, to: MinuteNo): boolean {
    return (
      this.#database.prepare('SELECT 1 FROM final WHERE minute >= ? AND minute < ? LIMIT 1').get(from, to) !==
      undefined
    );
  }

  has(minute: MinuteNo): boolean {
    return this.#seqOf.get(minute) !== undefined;
  }

  /**
   * Makes minutes final, and is on disk when it returns, with all that was written before: what is taken out of the log
   * next must never be missed.
   */
  mark(minutes: readonly MinuteNo[], seq: Seq): void {
    this.#database.exec('PRAGMA synchronous = FULL');
    try {
      this.#addAll(minutes, seq);
    } finally {
      this.#database.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /** Takes over what the log says of itself: this file may be new, or a copy from before. */
  learn(minutes: Iterable<MinuteNo>, seq: Seq): void {
    this.#addAll(minutes, seq, NOT_KNOWN);
  }

  /** Makes minutes final within a transaction of the caller's. */
  add(minutes: Iterable<MinuteNo>, seq: Seq, emptied = 0): void {
    const add = this.#database.prepare('INSERT OR IGNORE INTO final VALUES (?, ?, 0, 0, ?)');
    const waitsNoMore = this.#database.prepare('DELETE FROM dirty WHERE minute = ?');
    for (const minute of minutes) if (add.run(minute, seq, emptied).changes === 1) waitsNoMore.run(minute);
  }

  #addAll(minutes: Iterable<MinuteNo>, seq: Seq, emptied = 0): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.add(minutes, seq, emptied);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** For a log that was put back from an older copy: what it still has is to be taken out again. */
  startAgain(lastSeq: Seq): void {
    // The numbers after it are going to be those of other records.
    this.#database.prepare('DELETE FROM arrivals WHERE seq > ?').run(lastSeq);
    this.#database.prepare('DELETE FROM after WHERE seq > ?').run(lastSeq);
    this.#database
      .prepare('UPDATE final SET cleared = 0, emptied = ?, seq = min(seq, ?)')
      .run(NOT_KNOWN, lastSeq);
  }

  /** Notes that a record has come for a minute. @returns whether the minute is final */
  take(minute: MinuteNo, seq: Seq): boolean {
    const row = this.#seqOf.get(minute);
    if (row === undefined) return false;
    if (seq > Number(row['seq'])) {
      this.#database.prepare('INSERT OR IGNORE INTO after VALUES (?, ?)').run(minute, seq);
      this.#database.prepare('UPDATE final SET cleared = 0 WHERE minute = ?').run(minute);
    }
    return true;
  }

  /** How many records no segment holds, because they came when their minute was final. */
  recordsAfter(): number {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM after').get()?.['n'] ?? 0);
  }

  count(): number {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM final').get()?.['n'] ?? 0);
  }

  /** Notes whether what lies before a final minute leads to the world that it begins with. */
  setSeam(minute: MinuteNo, isSeam: boolean): void {
    this.#database
      .prepare('UPDATE final SET seam = ?1 WHERE minute = ?2 AND seam <> ?1')
      .run(Number(isSeam), minute);
  }

  isSeam(minute: MinuteNo): boolean {
    return this.#database.prepare('SELECT seam FROM final WHERE minute = ?').get(minute)?.['seam'] === 1;
  }

  /**
   * The first final minute after this one of which the log may still hold what is to be taken out.
   * @param thinnedTo of thinned minutes the rest goes as well, before this one
   */
  unclearedAfter(minute: MinuteNo, thinnedTo: MinuteNo = minuteNo(0)): MinuteNo | undefined {
    const row = this.#database
      .prepare(
        `SELECT min(minute) AS minute FROM (
           SELECT min(minute) AS minute FROM final WHERE cleared = 0 AND minute > ?1
           UNION ALL SELECT min(minute) FROM final WHERE cleared = 2 AND minute > ?1 AND minute < ?2)`,
      )
      .get(minute, thinnedTo);
    return typeof row?.['minute'] === 'number' ? minuteNo(row['minute']) : undefined;
  }

  setCleared(minute: MinuteNo): void {
    this.#database.prepare('UPDATE final SET cleared = 1, emptied = 1 WHERE minute = ?').run(minute);
  }

  /** The rule that takes out may be withdrawn half way, and what it took does not come back. */
  setEmptying(minute: MinuteNo): void {
    this.#database.prepare('UPDATE final SET emptied = 1 WHERE minute = ? AND emptied <> 1').run(minute);
  }

  setThinned(minute: MinuteNo): void {
    this.#database
      .prepare(
        `UPDATE final SET cleared = 2, emptied = iif(emptied = ${NOT_KNOWN}, 0, emptied) WHERE minute = ?`,
      )
      .run(minute);
  }

  /** Whether positions are gone of any of the minutes from `from` up to but without `to`, and not only thinned. */
  anyEmptied(from: MinuteNo, to: MinuteNo, which: 'known' | 'known or not' = 'known'): boolean {
    const most = which === 'known' ? 1 : NOT_KNOWN;
    return (
      this.#database
        .prepare('SELECT 1 FROM final WHERE minute >= ? AND minute < ? AND emptied BETWEEN 1 AND ? LIMIT 1')
        .get(from, to, most) !== undefined
    );
  }

  /** Sealed minutes with records that are not final and do not wait: after one minute and before another, the first ones. */
  candidates(after: MinuteNo, before: MinuteNo, limit: number): readonly MinuteNo[] {
    return this.#database
      .prepare(
        `SELECT minute FROM segments WHERE minute > ? AND minute < ? AND minute NOT IN (SELECT minute FROM dirty)
           AND minute NOT IN (SELECT minute FROM final) AND EXISTS (SELECT 1 FROM arrivals WHERE arrivals.minute = segments.minute)
         ORDER BY minute LIMIT ?`,
      )
      .all(after, before, limit)
      .map((row) => minuteNo(Number(row['minute'])));
  }
}
