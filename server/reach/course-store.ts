import { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { minuteNo, startOfMinute, type EpochMs, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { HORIZON_SECONDS, WEIGHTS, type CoverageShares } from '@maplewall/shared/wire/coverage.ts';

const PER_AREA = WEIGHTS.length * HORIZON_SECONDS.length;
/** Shares rest as hundredths of a per cent; this says that there is nothing to have a share of. */
const NOTHING = 65_535;

/**
 * Areas of which one row of `parts` tells. A city has hundreds of communities and grids, and who asks for one of them
 * should neither read all of them nor make a row for each: of 64, a minute is some 400 bytes.
 */
const AREAS_IN_PART = 64;

/** When the best responder could have been there, and how much of that goes by until somebody accepts. */
export interface Prediction {
  readonly seconds: number | null;
  readonly accept: number;
}

/** What was to be expected of an incident; `nothingKnown` where history has nothing of the second before it. */
export type Expectation = Prediction | 'nothingKnown';

/** A minute of the course: shares of one area, and how many were on duty in the whole city. */
export interface CoursePoint {
  readonly minute: MinuteNo;
  readonly shares: CoverageShares;
  readonly onDuty: number;
}

interface CourseRow {
  readonly minute: number;
  readonly shares: Uint8Array;
  readonly on_duty: number;
}

/** Which version of history a figure was made of: the ETag of the minute's segment; '' for what was noted live, or where there is none. */
export type HistoryVersion = string;

/** Raise it when what lies in the file is read in another way. */
const FORM = 1;

/** What the figures of a file were made with, and of what. */
export interface MadeWith {
  /** The pack, its speeds and what works them out: figures of another are made again, as far as they can be. */
  readonly describes: string;
  /** The areas in their order, which is all that tells them apart: shares of others are nobody's. */
  readonly areas: string;
}

/**
 * Coverage of every area and how many are on duty by the minute, and what was expected of each incident. A read model: what is
 * lost is worked out again from history, as far as that can still be replayed.
 *
 *   minutes   the shares of the first areas, the city and its precincts, as they are
 *   parts     those of all others, deflated, by AREAS_IN_PART of them
 */
export class CourseStore {
  readonly #database: DatabaseSync;
  readonly #firstAreas: number;

  /**
   * @param firstAreas how many areas stand in `minutes`; the others are in `parts`
   * @param replayFrom what lies before it cannot be made again, and stays as it was made
   */
  constructor(file: string, madeWith: MadeWith, firstAreas: number, replayFrom: MinuteNo) {
    this.#firstAreas = firstAreas;
    this.#database = new DatabaseSync(file);
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      DROP TABLE IF EXISTS made_with;
      CREATE TABLE IF NOT EXISTS made (form INTEGER NOT NULL, describes TEXT NOT NULL, areas TEXT NOT NULL) STRICT;
    `);
    const made = this.#database.prepare('SELECT form, describes, areas FROM made').get();
    const isReadable = made?.['form'] === FORM;
    const hasAreas = isReadable && made['areas'] === madeWith.areas;
    if (hasAreas && made['describes'] === madeWith.describes) return;
    if (!isReadable) this.#makeTables();
    this.#database.exec('BEGIN IMMEDIATE');
    const since = hasAreas ? replayFrom : 0;
    this.#database.prepare('DELETE FROM minutes WHERE minute >= ?').run(since);
    this.#database.prepare('DELETE FROM parts WHERE minute >= ?').run(since);
    this.#database.prepare('DELETE FROM predictions WHERE received >= ?').run(startOfMinute(replayFrom));
    this.#database.exec('DELETE FROM made');
    this.#database.prepare('INSERT INTO made VALUES (?, ?, ?)').run(FORM, madeWith.describes, madeWith.areas);
    this.#database.exec('COMMIT');
  }

  #makeTables(): void {
    this.#database.exec(`
      DROP TABLE IF EXISTS minutes;
      DROP TABLE IF EXISTS parts;
      DROP TABLE IF EXISTS predictions;
      CREATE TABLE predictions (
        incident TEXT NOT NULL, received INTEGER NOT NULL, seconds REAL, accept REAL, version TEXT NOT NULL,
        PRIMARY KEY (incident, received)
      ) STRICT;
      CREATE TABLE minutes (
        minute INTEGER PRIMARY KEY, shares BLOB NOT NULL, on_duty INTEGER NOT NULL, version TEXT NOT NULL
      ) STRICT;
      CREATE TABLE parts (
        part INTEGER NOT NULL, minute INTEGER NOT NULL, shares BLOB NOT NULL, PRIMARY KEY (part, minute)
      ) STRICT, WITHOUT ROWID;
    `);
  }

  /** Keeps a minute: the shares of all areas in their order. */
  set(minute: MinuteNo, areas: readonly CoverageShares[], onDuty: number, version: HistoryVersion): void {
    const setPart = this.#database.prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?)');
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#database
        .prepare('INSERT OR REPLACE INTO minutes VALUES (?, ?, ?, ?)')
        .run(minute, bytesOf(areas.slice(0, this.#firstAreas)), onDuty, version);
      for (let part = 0, first = this.#firstAreas; first < areas.length; part++, first += AREAS_IN_PART)
        setPart.run(part, minute, deflateRawSync(bytesOf(areas.slice(first, first + AREAS_IN_PART))));
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Minutes from `from` up to, not including, `to`, with the shares of one area (0 is the city). */
  course(from: MinuteNo, to: MinuteNo, area: number): readonly CoursePoint[] {
    const isFirst = area < this.#firstAreas;
    const index = isFirst ? area : (area - this.#firstAreas) % AREAS_IN_PART;
    return this.#rows(from, to, isFirst ? undefined : Math.floor((area - this.#firstAreas) / AREAS_IN_PART))
      .map(({ shares, ...row }) => ({ ...row, shares: isFirst ? shares : inflateRawSync(shares) }))
      .filter(({ shares }) => shares.byteLength >= (index + 1) * PER_AREA * Uint16Array.BYTES_PER_ELEMENT)
      .map(({ minute, shares, on_duty: onDuty }) => ({
        minute: minuteNo(minute),
        shares: sharesAt(shares, index),
        onDuty,
      }));
  }

  #rows(from: MinuteNo, to: MinuteNo, part: number | undefined): readonly CourseRow[] {
    const found =
      part === undefined
        ? this.#database
            .prepare(
              'SELECT minute, shares, on_duty FROM minutes WHERE minute >= ? AND minute < ? ORDER BY minute',
            )
            .all(from, to)
        : this.#database
            .prepare(
              `SELECT parts.minute, parts.shares, on_duty FROM parts JOIN minutes USING (minute)
               WHERE part = ? AND parts.minute >= ? AND parts.minute < ? ORDER BY parts.minute`,
            )
            .all(part, from, to);
    return found as unknown as readonly CourseRow[];
  }

  /** What was to be expected of an incident when it came in; `seconds` is null when nobody could set out. */
  expectation(
    incident: string,
    received: EpochMs,
  ): { readonly expectation: Expectation; readonly version: HistoryVersion } | undefined {
    const row = this.#database
      .prepare('SELECT seconds, accept, version FROM predictions WHERE incident = ? AND received = ?')
      .get(incident, received) as
      | { readonly seconds: number | null; readonly accept: number | null; readonly version: string }
      | undefined;
    if (row === undefined) return undefined;
    const { seconds, accept, version } = row;
    return { expectation: accept === null ? 'nothingKnown' : { seconds, accept }, version };
  }

  setExpectation(
    incident: string,
    received: EpochMs,
    expectation: Expectation,
    version: HistoryVersion,
  ): void {
    const { seconds, accept } =
      expectation === 'nothingKnown' ? { seconds: null, accept: null } : expectation;
    this.#database
      .prepare('INSERT OR REPLACE INTO predictions VALUES (?, ?, ?, ?, ?)')
      .run(incident, received, seconds, accept, version);
  }

  /** Of which version each known minute is. */
  versions(from: MinuteNo, to: MinuteNo): ReadonlyMap<number, HistoryVersion> {
    const rows = this.#database
      .prepare('SELECT minute, version FROM minutes WHERE minute >= ? AND minute < ?')
      .all(from, to) as unknown as readonly { readonly minute: number; readonly version: string }[];
    return new Map(rows.map(({ minute, version }) => [minute, version]));
  }

  close(): void {
    this.#database.close();
  }
}

function bytesOf(areas: readonly CoverageShares[]): Uint8Array {
  const values = Uint16Array.from(
    areas.flatMap((shares) =>
      WEIGHTS.flatMap((weight) =>
        shares[weight].map((share) => (share === null ? NOTHING : Math.round(share * 10_000))),
      ),
    ),
  );
  return new Uint8Array(values.buffer);
}

function sharesAt(bytes: Uint8Array, index: number): CoverageShares {
  // Bytes of SQLite or of zlib need not lie at an even address, and `slice` of a Buffer copies nothing.
  const values = new Uint16Array(new Uint8Array(bytes).buffer);
  const of = (weight: number): readonly (number | null)[] => {
    const first = index * PER_AREA + weight * HORIZON_SECONDS.length;
    return Array.from(values.subarray(first, first + HORIZON_SECONDS.length), (value) =>
      value === NOTHING ? null : value / 10_000,
    );
  };
  return { blocks: of(0), places: of(1), incidents: of(2) };
}
