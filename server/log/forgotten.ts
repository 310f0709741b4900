import { DatabaseSync } from 'node:sqlite';
import { minuteNo, startOfMinute, type MinuteNo, type Seq } from '@maplewall/shared/domain/units.ts';

/*
 * Positions that were taken out of the log. A record without a key leaves nothing; one with a key leaves its row, with an
 * empty body, because its key must be known for ever (LOG3). The minutes of all such records are noted in the transaction that
 * takes the first of them, so the log can always say of which minutes it does not hold everything.
 */
export const FORGOTTEN_SCHEMA = 'CREATE TABLE IF NOT EXISTS forgotten (minute INTEGER PRIMARY KEY) STRICT;';

const FORM_FORGOTTEN = 4;
export const IS_POSITIONS = 'form IN (1, 2, 5, 6)';
/** A number that belongs to a record of another minute names nothing here. */
export const OF_MINUTE = 'seq = ? AND at >= ? AND at < ? + 60000';
/** The last record stays, so that its number is not given out again. */
export const IS_NOT_LAST = 'seq < (SELECT max(seq) FROM records)';
/** Of a row that is read: it still has what was recorded. */
export const IS_THERE = `form <> ${FORM_FORGOTTEN}`;
/** And all of it. */
export const IS_WHOLE = 'form IN (0, 1, 2, 3)';

/** What is known of a record without reading it. */
export interface RecordHead {
  readonly seq: Seq;
  readonly receivedAt: number;
  readonly isPositions: boolean;
}

/** The hand that takes positions out of a log, for a thread of its own. The writer goes on beside it. */
export class PositionsRemover {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    // No flush of the disk while the writer waits. What a power cut brings back is taken out again: see Retention.
    this.#database.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL');
  }

  /** What the log holds of these records of a minute; those that are forgotten are left out. */
  heads(minute: MinuteNo, seqs: readonly Seq[]): readonly RecordHead[] {
    const one = this.#database.prepare(
      `SELECT received_at, ${IS_POSITIONS} AS positions FROM records WHERE ${OF_MINUTE} AND ${IS_THERE}`,
    );
    const start = startOfMinute(minute);
    return seqs.flatMap((seq) => {
      const row = one.get(seq, start, start);
      if (row === undefined) return [];
      return [{ seq, receivedAt: Number(row['received_at']), isPositions: row['positions'] === 1 }];
    });
  }

  /** Takes these records of a minute out, all or none. Events and the last record of the log are left, whatever is asked. */
  remove(minute: MinuteNo, seqs: readonly Seq[]): void {
    forget(this.#database, minute, (removeOne) => {
      for (const seq of seqs) removeOne(seq);
    });
  }

  close(): void {
    this.#database.close();
  }
}

/** The minutes, by event time, of which a log does not hold all positions any more. */
export function* forgottenMinutes(database: DatabaseSync): Generator<MinuteNo> {
  for (const row of database.prepare('SELECT minute FROM forgotten').iterate())
    yield minuteNo(Number(row['minute']));
}

/**
 * One transaction in which positions of a minute leave a log; the minute is noted in it. `removeOne` takes a whole record out, but
 * for the last one of the log.
 */
export function forget(
  database: DatabaseSync,
  minute: MinuteNo,
  work: (removeOne: (seq: Seq) => void) => void,
): void {
  const which = `${OF_MINUTE} AND ${IS_POSITIONS} AND ${IS_NOT_LAST}`;
  const start = startOfMinute(minute);
  database.exec('BEGIN IMMEDIATE');
  try {
    database.prepare('INSERT OR IGNORE INTO forgotten VALUES (?)').run(minute);
    const leaveNothing = database.prepare(`DELETE FROM records WHERE ${which} AND key = ''`);
    const leaveKey = database.prepare(
      `UPDATE records SET form = ${FORM_FORGOTTEN}, body = x'' WHERE ${which} AND key <> ''`,
    );
    work((seq) => {
      leaveNothing.run(seq, start, start);
      leaveKey.run(seq, start, start);
    });
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
