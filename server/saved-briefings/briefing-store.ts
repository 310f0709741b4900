import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { sceneWithoutArea, type BriefingContent } from '@maplewall/shared/domain/saved-briefing.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { BriefingList, BriefingVersion, SavedBriefing } from '@maplewall/shared/wire/saved-briefings.ts';

export const MOST_BRIEFINGS = 1_000;

/** Of the table below and of the scenes in it; raised when either changes. */
const FORM_VERSION = 1;
const SCHEMA = `
  CREATE TABLE versions (
    id TEXT NOT NULL, version INTEGER NOT NULL, based_on INTEGER NOT NULL, saved_at INTEGER NOT NULL,
    deleted INTEGER NOT NULL, title TEXT NOT NULL, scene_count INTEGER NOT NULL, scenes TEXT NOT NULL,
    PRIMARY KEY (id, version)
  ) STRICT, WITHOUT ROWID;
`;
const HEAD = 'id, version, based_on, saved_at, deleted, title, scene_count';

interface HeadRow {
  readonly id: string;
  readonly version: number;
  readonly based_on: number;
  readonly saved_at: number;
  readonly deleted: number;
  readonly title: string;
  readonly scene_count: number;
}
type Row = HeadRow & { readonly scenes: string };

const versionOf = (row: HeadRow): BriefingVersion => ({
  version: row.version,
  basedOn: row.based_on,
  savedAt: epochMs(row.saved_at),
  title: row.title,
  scenes: row.scene_count,
  deleted: row.deleted === 1,
});

/**
 * Briefings that people made, in one SQLite file. Nothing in it is ever changed: each save and each deletion is a row more,
 * so that whatever was there can be had again. Saves are rare and small: they are done where they are asked for.
 */
export class BriefingStore {
  readonly #database: DatabaseSync;
  readonly #now: () => EpochMs;

  private constructor(database: DatabaseSync, now: () => EpochMs) {
    this.#database = database;
    this.#now = now;
  }

  /** @throws when the file cannot be opened, or is not one of ours */
  static async open(file: string, now: () => EpochMs): Promise<BriefingStore> {
    const database = new DatabaseSync(file);
    try {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
      const tables = database
        .prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table'")
        .get()?.['tables'];
      if (tables === 0) database.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${FORM_VERSION}; COMMIT`);
      const found = database.prepare('PRAGMA user_version').get()?.['user_version'];
      if (found !== FORM_VERSION)
        throw new Error(`${file} does not hold briefings of this version (form ${String(found)})`);
    } catch (error) {
      database.close();
      throw error;
    }
    return new BriefingStore(database, now);
  }

  /** The newest version of each, newest first; those that were deleted only where they are asked for. */
  list(withDeleted: boolean): BriefingList['briefings'] {
    const rows = this.#database
      .prepare(
        `SELECT ${HEAD} FROM versions AS v WHERE version = (SELECT max(version) FROM versions WHERE id = v.id)
         ORDER BY saved_at DESC, id`,
      )
      .all() as unknown as readonly HeadRow[];
    return rows
      .filter(({ deleted }) => withDeleted || deleted === 0)
      .map((row) => ({ id: row.id, ...versionOf(row) }));
  }

  /** Newest first; a briefing that was deleted still has them. */
  versions(id: string): Result<readonly BriefingVersion[]> {
    const rows = this.#database
      .prepare(`SELECT ${HEAD} FROM versions WHERE id = ? ORDER BY version DESC`)
      .all(id) as unknown as readonly HeadRow[];
    return rows.length === 0 ? fail('briefing.unknown', 'id') : ok(rows.map(versionOf));
  }

  /** The version that is asked for, else the newest; one that was deleted shows its versions only by number. */
  get(id: string, version?: number): Result<SavedBriefing> {
    const newest = this.#newest(id);
    if (newest === undefined) return fail('briefing.unknown', 'id');
    if (version === undefined && newest.deleted === 1)
      return fail('briefing.deleted', 'id', { version: newest.version });
    const row = this.#row(id, version ?? newest.version);
    if (row === undefined)
      return fail('briefing.versionUnknown', 'version', { version: version ?? 0, newest: newest.version });
    const { scenes: _, ...about } = versionOf(row);
    return ok({
      id,
      newest: newest.version,
      ...about,
      scenes: JSON.parse(row.scenes) as SavedBriefing['scenes'],
    });
  }

  create(content: BriefingContent): Result<SavedBriefing> {
    const { count } = this.#database
      .prepare(
        `SELECT count(*) AS count FROM versions AS one
         WHERE deleted = 0 AND version = (SELECT max(version) FROM versions WHERE id = one.id)`,
      )
      .get() as {
      readonly count: number;
    };
    if (count >= MOST_BRIEFINGS) return fail('briefing.tooMany', '', { most: MOST_BRIEFINGS });
    return this.#add(randomBytes(9).toString('base64url'), 0, content, false);
  }

  /** A new version, made from the newest one. Whoever had an older one in front of them is told so, and nothing is saved. */
  save(id: string, basedOn: number, content: BriefingContent): Result<SavedBriefing> {
    const newest = this.#checkNewest(id, basedOn);
    return newest.ok ? this.#add(id, basedOn, content, false) : newest;
  }

  /** Takes it off the list. What it held stays, and saving it again brings it back. */
  remove(id: string, basedOn: number): Result<SavedBriefing> {
    const newest = this.#checkNewest(id, basedOn);
    if (!newest.ok) return newest;
    if (newest.value.deleted === 1) return fail('briefing.deleted', 'id', { version: basedOn });
    const { title, scenes } = newest.value;
    return this.#add(id, basedOn, { title, scenes: JSON.parse(scenes) as BriefingContent['scenes'] }, true);
  }

  close(): void {
    this.#database.close();
  }

  #checkNewest(id: string, basedOn: number): Result<Row> {
    const newest = this.#newest(id);
    if (newest === undefined) return fail('briefing.unknown', 'id');
    return newest.version === basedOn
      ? ok(newest)
      : fail('briefing.changed', 'basedOn', { basedOn, newest: newest.version });
  }

  /** Between the look at the newest version and this nothing else runs: the store is asked on one thread. */
  #add(id: string, basedOn: number, content: BriefingContent, deleted: boolean): Result<SavedBriefing> {
    const bad = sceneWithoutArea(content);
    if (bad !== undefined)
      return fail('request.invalid', `scenes.${bad}.bounds`, {
        reason: 'west must be less than east, and south less than north',
      });
    this.#database
      .prepare(
        'INSERT INTO versions (id, version, based_on, saved_at, deleted, title, scene_count, scenes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        id,
        basedOn + 1,
        basedOn,
        this.#now(),
        deleted ? 1 : 0,
        content.title,
        content.scenes.length,
        JSON.stringify(content.scenes),
      );
    return this.get(id, basedOn + 1);
  }

  #newest(id: string): Row | undefined {
    return this.#database
      .prepare('SELECT * FROM versions WHERE id = ? ORDER BY version DESC LIMIT 1')
      .get(id) as unknown as Row | undefined;
  }

  #row(id: string, version: number): Row | undefined {
    return this.#database
      .prepare('SELECT * FROM versions WHERE id = ? AND version = ?')
      .get(id, version) as unknown as Row | undefined;
  }
}
