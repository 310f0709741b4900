import type { DatabaseSync } from 'node:sqlite';
import { minuteNo, seqNo, type MinuteNo, type Seq } from '@maplewall/shared/domain/units.ts';

const NAME = 'replay_from';
/** What history's file says of itself that stays when all else is made again. */
export const STAYS = `name = '${NAME}'`;
/** Segments that one transaction removes. */
const REMOVED_PER_STEP = 50;

/** The part of history's file that knows from which minute on there is a replay; older segments were removed by rule. */
export class ReplayFrom {
  readonly #database: DatabaseSync;
  readonly #read: ReturnType<DatabaseSync['prepare']>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#read = database.prepare(`SELECT value FROM meta WHERE ${STAYS}`);
  }

  /** The first minute that can be replayed; 0 where nothing was removed. */
  get minute(): MinuteNo {
    return minuteNo(Number(this.#read.get()?.['value'] ?? 0));
  }

  /** Nothing before this minute is shown, made or made anew any more. */
  set(minute: MinuteNo): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#database.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(NAME, minute);
      this.#database.prepare('DELETE FROM dirty WHERE minute < ?').run(minute);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Removes some segments from before it; the last final one stays, because what follows goes on from its world. */
  removeSome(): boolean {
    const { minute } = this;
    const { changes } = this.#database
      .prepare(
        `DELETE FROM segments WHERE minute IN (
           SELECT minute FROM segments WHERE minute < ?1 AND minute <> coalesce(
             (SELECT minute FROM segments WHERE minute < ?1
                AND EXISTS (SELECT 1 FROM final WHERE final.minute = segments.minute) ORDER BY minute DESC LIMIT 1),
             (SELECT max(minute) FROM segments WHERE minute < ?1))
           ORDER BY minute LIMIT ?2)`,
      )
      .run(minute, REMOVED_PER_STEP);
    return Number(changes) > 0;
  }

  /** Whether all minutes from `from` up to but without `to` are sealed, and the positions of the final ones taken out. */
  isDone(from: MinuteNo, to: MinuteNo): boolean {
    return (
      this.#database
        .prepare(
          `SELECT 1 WHERE EXISTS (SELECT 1 FROM dirty WHERE minute >= ?1 AND minute < ?2)
             OR EXISTS (SELECT 1 FROM final WHERE minute >= ?1 AND minute < ?2 AND cleared <> 1)
             OR EXISTS (SELECT 1 FROM arrivals WHERE minute >= ?1 AND minute < ?2
               AND minute NOT IN (SELECT minute FROM segments) AND minute NOT IN (SELECT minute FROM final))`,
        )
        .get(from, to) === undefined
    );
  }

  /** The last record that came for the minutes from `from` up to but without `to`. */
  lastArrival(from: MinuteNo, to: MinuteNo): Seq {
    const row = this.#database
      .prepare('SELECT max(seq) AS seq FROM arrivals WHERE minute >= ? AND minute < ?')
      .get(from, to);
    return seqNo(Number(row?.['seq'] ?? 0));
  }

  /** Minutes with records from `from` up to but without `to` that are not final: their records are all in the log. */
  notFinal(from: MinuteNo, to: MinuteNo): readonly MinuteNo[] {
    return this.#database
      .prepare(
        `SELECT DISTINCT minute FROM arrivals WHERE minute >= ? AND minute < ?
           AND minute NOT IN (SELECT minute FROM final) ORDER BY minute`,
      )
      .all(from, to)
      .map((row) => minuteNo(Number(row['minute'])));
  }
}
