import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { SecondOfFixes } from './walking-day.ts';

/**
 * The usual way to keep positions: a row for each fix, and the index that answers 'where was everybody at t'.
 *
 *   indexed    a table in the order of arrival, and an index over responder and time
 *   clustered  one tree in the order of responder and time, whole numbers only: the smallest and fastest that rows become
 */
export type RowForm = 'indexed' | 'clustered';
export const ROW_FORMS: readonly RowForm[] = ['indexed', 'clustered'];

const TABLES: Readonly<Record<RowForm, string>> = {
  indexed:
    'CREATE TABLE fixes (responder INTEGER NOT NULL, at INTEGER NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL)',
  clustered: `CREATE TABLE fixes (responder INTEGER NOT NULL, at INTEGER NOT NULL, lng INTEGER NOT NULL,
    lat INTEGER NOT NULL, PRIMARY KEY (responder, at)) WITHOUT ROWID`,
};

/** One statement for all of them: a search in the index for each person. */
const LATEST: Readonly<Record<RowForm, string>> = {
  indexed: `SELECT people.name AS id, lng, lat, at FROM people CROSS JOIN fixes ON fixes.rowid =
    (SELECT rowid FROM fixes WHERE responder = people.id AND at <= ? ORDER BY at DESC LIMIT 1)`,
  clustered: `SELECT people.name AS id, lng / 1e5 AS lng, lat / 1e5 AS lat, at * 1000 AS at FROM people CROSS JOIN fixes
    ON responder = people.id AND at = (SELECT max(at) FROM fixes WHERE responder = people.id AND at <= ?)`,
};

export interface RowOfFix {
  readonly id: string;
  readonly lng: number;
  readonly lat: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Writes a day as rows, without waiting for the disk. */
export class RowWriter {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;

  constructor(file: string, people: readonly ResponderId[]) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;
      CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
      ${TABLES.indexed}`);
    this.#insert = this.#database.prepare('INSERT INTO fixes VALUES (?, ?, ?, ?)');
    const person = this.#database.prepare('INSERT INTO people VALUES (?, ?)');
    for (const [id, name] of people.entries()) person.run(id, name);
  }

  /** All in one transaction. */
  together(work: () => void): void {
    this.#database.exec('BEGIN');
    work();
    this.#database.exec('COMMIT');
  }

  add({ count, who, lngE5, latE5, fixAtSeconds }: SecondOfFixes): void {
    for (let row = 0; row < count; row += 1)
      this.#insert.run(who[row] ?? 0, fixAtSeconds * 1_000, (lngE5[row] ?? 0) / 1e5, (latE5[row] ?? 0) / 1e5);
  }

  /** Makes the index, and the same rows in the other form. */
  finish(clusteredFile: string): void {
    this.#database.exec('CREATE INDEX by_responder ON fixes (responder, at)');
    this.#database.exec(`ATTACH '${clusteredFile}' AS other;
      PRAGMA other.journal_mode = OFF; PRAGMA other.synchronous = OFF;
      CREATE TABLE other.people (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
      INSERT INTO other.people SELECT * FROM main.people;
      ${TABLES.clustered.replace('fixes', 'other.fixes')};
      INSERT INTO other.fixes SELECT responder, at / 1000, round(lng * 1e5), round(lat * 1e5) FROM main.fixes
        ORDER BY responder, at;
      DETACH other`);
    this.#database.close();
  }
}

/** Answers where everybody was. */
export class RowStore {
  readonly #database: DatabaseSync;
  readonly #latest: StatementSync;
  readonly #unitMs: number;

  constructor(file: string, form: RowForm) {
    this.#database = new DatabaseSync(file, { readOnly: true });
    this.#database.exec('PRAGMA cache_size = -262144; PRAGMA mmap_size = 8589934592');
    this.#latest = this.#database.prepare(LATEST[form]);
    this.#unitMs = form === 'clustered' ? 1_000 : 1;
  }

  /** The last fix of each at or before a moment in milliseconds since 1970. */
  at(moment: number): readonly RowOfFix[] {
    return this.#latest.all(Math.floor(moment / this.#unitMs)) as unknown as RowOfFix[];
  }

  close(): void {
    this.#database.close();
  }
}
