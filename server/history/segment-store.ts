import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { deflateRawSync } from 'node:zlib';
import { minuteNo, seqNo, type MinuteNo, type Seq } from '@maplewall/shared/domain/units.ts';
import { FinalMinutes } from './final-minutes.ts';
import { ReplayFrom, STAYS } from './replay-from.ts';
import type { CellCounts } from './usual-places.ts';
import { putInEnvelope } from '@maplewall/shared/wire/envelope.ts';
import type { HistoryIncident, HistoryPrecinctDay } from '@maplewall/shared/wire/history.ts';

/*
 *   arrivals   which records belong to a minute by event time; `dirty` as long as the minute's segment does not hold them
 *   segments   one row a minute; `start_hash` is the world at its beginning
 *   hours      counts of an hour by event time
 *   precincts  counts of a local day by precinct
 *   cells      where the incidents of an hour were, by cell
 *   incidents  what came in within an hour
 */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS arrivals (minute INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (minute, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS dirty (minute INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS segments (
    minute INTEGER PRIMARY KEY, start_hash TEXT NOT NULL, etag TEXT NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, counts TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS precincts (day TEXT PRIMARY KEY, counts TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS cells (hour INTEGER PRIMARY KEY, counts TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS incidents (hour INTEGER PRIMARY KEY, list TEXT NOT NULL) STRICT;
`;

/** The name of a segment's version: so many characters of the hash of its bytes. */
export const etagOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 24);

export interface StoredSegment {
  readonly minute: MinuteNo;
  readonly etag: string;
  readonly bytes: Uint8Array;
}

/**
 * The SQLite file of history: a read model that can be made again from the log, but for its final minutes, of which the log
 * does not hold everything any more.
 */
export class SegmentStore {
  readonly final: FinalMinutes;
  readonly replayFrom: ReplayFrom;
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`PRAGMA busy_timeout = 10000; ${SCHEMA}`);
    this.final = new FinalMinutes(this.#database);
    this.replayFrom = new ReplayFrom(this.#database);
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

  /** What the log can give again; final minutes stay. */
  forgetAll(lastSeq: Seq): void {
    this.together(() => {
      this.#database.exec(
        `DELETE FROM meta WHERE NOT (${STAYS}); DELETE FROM arrivals WHERE minute NOT IN (SELECT minute FROM final); DELETE FROM dirty; ` +
          'DELETE FROM segments WHERE minute NOT IN (SELECT minute FROM final); ' +
          'DELETE FROM hours; DELETE FROM precincts; DELETE FROM cells; DELETE FROM incidents',
      );
      this.final.startAgain(lastSeq);
    });
  }

  indexedSeq(): Seq {
    return seqNo(Number(this.#one("SELECT value FROM meta WHERE name = 'indexed'")?.['value'] ?? 0));
  }

  setIndexedSeq(seq: Seq): void {
    this.#database.prepare("INSERT OR REPLACE INTO meta VALUES ('indexed', ?)").run(seq);
  }

  addArrival(minute: MinuteNo, seq: Seq, arePositions: boolean, now: number): void {
    this.#database.prepare('INSERT OR IGNORE INTO arrivals VALUES (?, ?)').run(minute, seq);
    const isReplayed = minute >= this.replayFrom.minute;
    // No segment will ever hold them; only of a final minute positions are taken out in their time.
    if (arePositions && !isReplayed) this.final.add([minute], seqNo(seq - 1));
    if (!this.final.take(minute, seq) && isReplayed)
      this.#database.prepare('INSERT OR REPLACE INTO dirty VALUES (?, ?)').run(minute, now);
  }

  markDirty(minute: MinuteNo, now: number): void {
    this.#database.prepare('INSERT OR REPLACE INTO dirty VALUES (?, ?)').run(minute, now);
  }

  seqsOf(minute: MinuteNo): readonly Seq[] {
    return this.#all('SELECT seq FROM arrivals WHERE minute = ? ORDER BY seq', minute).map((row) =>
      seqNo(Number(row['seq'])),
    );
  }

  isDirty(minute: MinuteNo): boolean {
    return this.#one('SELECT 1 FROM dirty WHERE minute = ?', minute) !== undefined;
  }

  dirtyCount(): number {
    return Number(this.#one('SELECT count(*) AS n FROM dirty')?.['n'] ?? 0);
  }

  /** Minutes that wait, before a moment, and whose last arrival is older than `quietBefore`; newest first. */
  waiting(before: MinuteNo, quietBefore: number, limit: number): readonly MinuteNo[] {
    return this.#all(
      'SELECT minute FROM dirty WHERE minute < ? AND since < ? ORDER BY minute DESC LIMIT ?',
      before,
      quietBefore,
      limit,
    ).map((row) => minuteNo(Number(row['minute'])));
  }

  /** The first minute of the unbroken run of waiting minutes that ends at `minute`, at most `most` back. */
  runStart(minute: MinuteNo, most: number): MinuteNo {
    let start = minute;
    while (minute - start < most && this.isDirty(minuteNo(start - 1))) start = minuteNo(start - 1);
    return start;
  }

  segment(minute: MinuteNo): StoredSegment | undefined {
    const row = this.#one('SELECT etag, bytes FROM segments WHERE minute = ?', minute);
    return row === undefined
      ? undefined
      : { minute, etag: String(row['etag']), bytes: row['bytes'] as Uint8Array };
  }

  startHash(minute: MinuteNo): string | undefined {
    const row = this.#one('SELECT start_hash FROM segments WHERE minute = ?', minute);
    return row === undefined ? undefined : String(row['start_hash']);
  }

  /** The nearest segment before a minute, whether it waits to be made anew or not. */
  preceding(minute: MinuteNo): MinuteNo | undefined {
    const row = this.#one('SELECT max(minute) AS minute FROM segments WHERE minute < ?', minute);
    return typeof row?.['minute'] === 'number' ? minuteNo(row['minute']) : undefined;
  }

  /** The first minute after this one that has a segment or waits for one; those between have no records. */
  following(minute: MinuteNo): MinuteNo | undefined {
    const row = this.#one(
      `SELECT min(minute) AS minute FROM (
         SELECT min(minute) AS minute FROM segments WHERE minute > ?
         UNION ALL SELECT min(minute) FROM dirty WHERE minute > ?)`,
      minute,
      minute,
    );
    return typeof row?.['minute'] === 'number' ? minuteNo(row['minute']) : undefined;
  }

  /** Minutes with records from `from` up to but without `to`. */
  minutesWithRecords(from: MinuteNo, to: MinuteNo): readonly MinuteNo[] {
    return this.#all(
      'SELECT DISTINCT minute FROM arrivals WHERE minute >= ? AND minute < ? ORDER BY minute',
      from,
      to,
    ).map((row) => minuteNo(Number(row['minute'])));
  }

  /** The first minute with records, of all or from a minute on. */
  firstMinute(from: MinuteNo = minuteNo(0)): MinuteNo | undefined {
    const row = this.#one('SELECT min(minute) AS minute FROM arrivals WHERE minute >= ?', from);
    return typeof row?.['minute'] === 'number' ? minuteNo(row['minute']) : undefined;
  }

  /** Keeps a segment and takes its minute off the waiting list. */
  put(minute: MinuteNo, startHash: string, segment: Uint8Array): StoredSegment {
    const bytes = putInEnvelope(deflateRawSync(segment, { level: 6 }), true);
    const etag = etagOf(bytes);
    this.#database
      .prepare('INSERT OR REPLACE INTO segments VALUES (?, ?, ?, ?)')
      .run(minute, startHash, etag, bytes);
    this.#database.prepare('DELETE FROM dirty WHERE minute = ?').run(minute);
    return { minute, etag, bytes };
  }

  /** Segments of a stretch of time: what can be fetched, and whether it waits to be made anew. */
  list(
    from: MinuteNo,
    to: MinuteNo,
  ): readonly { minute: MinuteNo; etag: string; bytes: number; dirty: boolean }[] {
    return this.#all(
      `SELECT minute, etag, length(bytes) AS bytes, minute IN (SELECT minute FROM dirty) AS dirty
       FROM segments WHERE minute >= ? AND minute < ? ORDER BY minute`,
      from,
      to,
    ).map((row) => ({
      minute: minuteNo(Number(row['minute'])),
      etag: String(row['etag']),
      bytes: Number(row['bytes']),
      dirty: Number(row['dirty']) === 1,
    }));
  }

  countWithRecords(from: MinuteNo, to: MinuteNo): number {
    return Number(
      this.#one(
        'SELECT count(DISTINCT minute) AS n FROM arrivals WHERE minute >= ? AND minute < ?',
        from,
        to,
      )?.['n'] ?? 0,
    );
  }

  countSealed(from: MinuteNo, to: MinuteNo): number {
    return Number(
      this.#one(
        `SELECT count(*) AS n FROM segments WHERE minute >= ? AND minute < ?
         AND minute NOT IN (SELECT minute FROM dirty WHERE minute >= ? AND minute < ?)`,
        from,
        to,
        from,
        to,
      )?.['n'] ?? 0,
    );
  }

  setHour(hour: number, counts: readonly number[]): void {
    this.#database.prepare('INSERT OR REPLACE INTO hours VALUES (?, ?)').run(hour, JSON.stringify(counts));
  }

  hours(from: number, to: number): ReadonlyMap<number, readonly number[]> {
    return new Map(
      this.#all('SELECT hour, counts FROM hours WHERE hour >= ? AND hour < ?', from, to).map((row) => [
        Number(row['hour']),
        JSON.parse(String(row['counts'])) as readonly number[],
      ]),
    );
  }

  setPrecinctDay(day: string, counts: Readonly<Record<string, readonly number[]>>): void {
    this.#database.prepare('INSERT OR REPLACE INTO precincts VALUES (?, ?)').run(day, JSON.stringify(counts));
  }

  /** Days from `from` to `to`, both included, in the order of the calendar. */
  precinctDays(from: string, to: string): readonly HistoryPrecinctDay[] {
    return this.#all(
      'SELECT day, counts FROM precincts WHERE day >= ? AND day <= ? ORDER BY day',
      from,
      to,
    ).map((row) => ({
      day: String(row['day']),
      precincts: JSON.parse(String(row['counts'])) as HistoryPrecinctDay['precincts'],
    }));
  }

  setCells(hour: number, cells: CellCounts): void {
    if (cells.length === 0) this.#database.prepare('DELETE FROM cells WHERE hour = ?').run(hour);
    else
      this.#database.prepare('INSERT OR REPLACE INTO cells VALUES (?, ?)').run(hour, JSON.stringify(cells));
  }

  /** Incidents by cell of the hours from `from` up to but without `to`. */
  cells(from: number, to: number): CellCounts {
    return this.#all('SELECT counts FROM cells WHERE hour >= ? AND hour < ?', from, to).flatMap(
      (row) => JSON.parse(String(row['counts'])) as CellCounts,
    );
  }

  setIncidents(hour: number, incidents: readonly HistoryIncident[]): void {
    if (incidents.length === 0) this.#database.prepare('DELETE FROM incidents WHERE hour = ?').run(hour);
    else
      this.#database
        .prepare('INSERT OR REPLACE INTO incidents VALUES (?, ?)')
        .run(hour, JSON.stringify(incidents));
  }

  /** What came in within the hours from `from` up to but without `to`, in the order of time. */
  incidents(from: number, to: number): readonly HistoryIncident[] {
    return this.#all(
      'SELECT list FROM incidents WHERE hour >= ? AND hour < ? ORDER BY hour',
      from,
      to,
    ).flatMap((row) => JSON.parse(String(row['list'])) as HistoryIncident[]);
  }

  close(): void {
    this.#database.close();
  }

  readonly #prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  #statement(sql: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const made = this.#database.prepare(sql);
    this.#prepared.set(sql, made);
    return made;
  }
  #one(sql: string, ...values: (number | string)[]): Record<string, unknown> | undefined {
    return this.#statement(sql).get(...values);
  }
  #all(sql: string, ...values: (number | string)[]): readonly Record<string, unknown>[] {
    return this.#statement(sql).all(...values);
  }
}
