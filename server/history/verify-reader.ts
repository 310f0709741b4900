import { DatabaseSync } from 'node:sqlite';
import { minuteNo, minuteOf, epochMs, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { IS_THERE } from '../log/forgotten.ts';
import { NO_FINAL_MINUTES } from './final-minutes.ts';
import { STAYS } from './replay-from.ts';

/** A stored segment and what it has to lead to, as they stood at one moment. */
export interface SegmentAndNext {
  readonly etag: string;
  readonly startHash: string;
  readonly bytes: Uint8Array;
  /** Undefined where there is nothing to compare with: one of the two waits to be made anew, or there is no next one. */
  readonly next:
    | { readonly minute: MinuteNo; readonly startHash: string; readonly isSeam: boolean }
    | undefined;
}

/** Records looked at in one reading; short readings hold up nobody who writes. */
const GROUP = 5_000;

/** The files of history and of the log, only to be read, while a gateway may write them. */
export class VerifyReader {
  readonly #history: DatabaseSync;
  readonly #log: DatabaseSync;
  readonly #from: MinuteNo;
  readonly #to: MinuteNo;
  /** Older minutes have no segment by rule, but for the one from which the rest goes on. */
  readonly replayFrom: MinuteNo;

  /** Looks at the minutes from `from` up to but without `to`. @throws when a file cannot be read */
  constructor(historyFile: string, logFile: string, from: MinuteNo, to: MinuteNo) {
    this.#history = openToRead(historyFile);
    this.#log = openToRead(logFile);
    this.#from = from;
    this.#to = to;
    const isOld =
      this.#history.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'final'").get() === undefined;
    if (isOld) this.#history.exec(NO_FINAL_MINUTES);
    const kept = this.#history.prepare(`SELECT value FROM meta WHERE ${STAYS}`).get();
    this.replayFrom = minuteNo(Number(kept?.['value'] ?? 0));
  }

  /** Every minute that has a segment, in the order of time. */
  *segmentMinutes(): Generator<MinuteNo> {
    const next = this.#history.prepare(
      'SELECT min(minute) AS minute FROM segments WHERE minute >= ? AND minute < ?',
    );
    for (let from: number = this.#from; ;) {
      const minute = next.get(from, this.#to)?.['minute'];
      if (typeof minute !== 'number') return;
      yield minuteNo(minute);
      from = minute + 1;
    }
  }

  segmentAndNext(minute: MinuteNo): SegmentAndNext | undefined {
    const one = (sql: string, ...values: number[]): Record<string, unknown> | undefined =>
      this.#history.prepare(sql).get(...values);
    const waits = (each: number): boolean => one('SELECT 1 FROM dirty WHERE minute = ?', each) !== undefined;
    // One reading: a gateway may be making both anew.
    this.#history.exec('BEGIN');
    try {
      const row = one('SELECT etag, start_hash, bytes FROM segments WHERE minute = ?', minute);
      if (row === undefined) return undefined;
      const following = one(
        `SELECT minute, start_hash FROM segments WHERE minute > ?1
           AND NOT EXISTS (SELECT 1 FROM dirty WHERE dirty.minute > ?1 AND dirty.minute < segments.minute)
         ORDER BY minute LIMIT 1`,
        minute,
      );
      const next = Number(following?.['minute']);
      const isSeam = one('SELECT seam FROM final WHERE minute = ?', next)?.['seam'] === 1;
      return {
        etag: String(row['etag']),
        startHash: String(row['start_hash']),
        bytes: row['bytes'] as Uint8Array,
        next:
          following === undefined || waits(minute) || waits(next) || minute < this.replayFrom
            ? undefined
            : { minute: minuteNo(next), startHash: String(following['start_hash']), isSeam },
      };
    } finally {
      this.#history.exec('COMMIT');
    }
  }

  /** Minutes with records that have no segment and do not wait for one. */
  minutesWithout(): readonly { readonly minute: MinuteNo; readonly isFinal: boolean }[] {
    return this.#history
      .prepare(
        `SELECT minute, minute IN (SELECT minute FROM final) AS final FROM (
           SELECT DISTINCT minute FROM arrivals WHERE minute >= ?1 AND minute < ?2
           UNION SELECT minute FROM final WHERE minute >= ?1 AND minute < ?2)
         WHERE minute NOT IN (SELECT minute FROM segments) AND minute NOT IN (SELECT minute FROM dirty) ORDER BY minute`,
      )
      .all(Math.max(this.#from, this.replayFrom), this.#to)
      .map((row) => ({ minute: minuteNo(Number(row['minute'])), isFinal: row['final'] === 1 }));
  }

  /** How many records of each minute the log holds and history does not know, though it has come further. */
  unknownRecords(): ReadonlyMap<MinuteNo, number> {
    const indexed = Number(
      this.#history.prepare("SELECT value FROM meta WHERE name = 'indexed'").get()?.['value'] ?? 0,
    );
    const isKnown = this.#history.prepare('SELECT 1 FROM arrivals WHERE minute = ? AND seq = ?');
    const some = this.#log.prepare(
      `SELECT seq, at FROM records WHERE seq > ? AND seq <= ? AND ${IS_THERE} ORDER BY seq LIMIT ${GROUP}`,
    );
    const found = new Map<MinuteNo, number>();
    for (let after = 0; ;) {
      const rows = some.all(after, indexed);
      if (rows.length === 0) return found;
      for (const row of rows) {
        after = Number(row['seq']);
        const minute = minuteOf(epochMs(Number(row['at'])));
        if (minute < this.#from || minute >= this.#to || isKnown.get(minute, after) !== undefined) continue;
        found.set(minute, (found.get(minute) ?? 0) + 1);
      }
    }
  }

  /** How many records of each minute are gone from the log, where they were never to be forgotten. */
  missingRecords(): ReadonlyMap<MinuteNo, number> {
    const minutes = this.#history
      .prepare('SELECT DISTINCT minute FROM arrivals WHERE minute >= ? AND minute < ? ORDER BY minute')
      .all(this.#from, this.#to);
    const seqs = this.#history.prepare('SELECT seq FROM arrivals WHERE minute = ?');
    const isFinal = this.#history.prepare('SELECT 1 FROM final WHERE minute = ?');
    const isThere = this.#log.prepare(`SELECT 1 FROM records WHERE seq = ? AND ${IS_THERE}`);
    const found = new Map<MinuteNo, number>();
    for (const row of minutes) {
      const minute = minuteNo(Number(row['minute']));
      if (isFinal.get(minute) !== undefined) continue;
      const gone = seqs.all(minute).filter(({ seq }) => isThere.get(Number(seq)) === undefined).length;
      // Made final in the meantime, it may be without them.
      if (gone > 0 && isFinal.get(minute) === undefined) found.set(minute, gone);
    }
    return found;
  }

  /** How many rows of a table of history lie in these minutes. */
  count(table: 'dirty' | 'final' | 'after', where = 'true'): number {
    return Number(
      this.#history
        .prepare(`SELECT count(*) AS n FROM ${table} WHERE minute >= ? AND minute < ? AND ${where}`)
        .get(this.#from, this.#to)?.['n'] ?? 0,
    );
  }

  close(): void {
    this.#history.close();
    this.#log.close();
  }
}

function openToRead(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true });
  database.exec('PRAGMA busy_timeout = 10000');
  return database;
}
