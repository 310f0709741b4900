import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Note } from '@maplewall/shared/wire/notes.ts';
import type { Clock } from '../clock.ts';
import type { LocalDay } from '../history/local-day.ts';

/** More flags than that on a day's line are a carpet. */
export const MOST_NOTES_A_DAY = 100;
/** As a record may come from a clock that runs ahead, a note may be of a moment that a screen shows a little early. */
const AHEAD_MS = 300_000;

interface NoteRow {
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly written_at: number;
}

/** Notes on the lines of days, in a SQLite file of their own: they are people's words, and cannot be made anew. */
export class Notes {
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #dayOf: (at: EpochMs) => LocalDay;

  private constructor(database: DatabaseSync, clock: Clock, dayOf: (at: EpochMs) => LocalDay) {
    this.#database = database;
    this.#clock = clock;
    this.#dayOf = dayOf;
  }

  /**
   * @param dayOf the day of the city that a moment lies in
   * @throws when the file cannot be read or is not one of ours
   */
  static async open(file: string, clock: Clock, dayOf: (at: EpochMs) => LocalDay): Promise<Notes> {
    const database = new DatabaseSync(file);
    // Few are written, and each is somebody's: it has to be on the disk when the answer says so.
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS notes (
        id TEXT PRIMARY KEY, at INTEGER NOT NULL, text TEXT NOT NULL, written_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS notes_by_moment ON notes (at);
    `);
    return new Notes(database, clock, dayOf);
  }

  /** In the order of their moments. */
  of({ startsAt, endsAt }: LocalDay): readonly Note[] {
    const rows = this.#database
      .prepare('SELECT id, at, text, written_at FROM notes WHERE at >= ? AND at < ? ORDER BY at, id')
      .all(startsAt, endsAt) as unknown as readonly NoteRow[];
    return rows.map(noteOf);
  }

  add(at: EpochMs, text: string): Result<Note> {
    const now = this.#clock.now();
    if (at > now + AHEAD_MS) return fail('ingest.time.future', 'at');
    if (this.of(this.#dayOf(at)).length >= MOST_NOTES_A_DAY)
      return fail('note.tooMany', '', { most: MOST_NOTES_A_DAY });
    const note: Note = { id: randomUUID(), at, text, writtenAt: now };
    this.#database.prepare('INSERT INTO notes VALUES (?, ?, ?, ?)').run(note.id, at, text, now);
    return ok(note);
  }

  /** Gives a note another text. */
  rewrite(id: string, text: string): Result<Note> {
    const row = this.#database
      .prepare('UPDATE notes SET text = ?, written_at = ? WHERE id = ? RETURNING id, at, text, written_at')
      .get(text, this.#clock.now(), id) as NoteRow | undefined;
    return row === undefined ? fail('note.unknown', 'id') : ok(noteOf(row));
  }

  remove(id: string): Result<void> {
    const { changes } = this.#database.prepare('DELETE FROM notes WHERE id = ?').run(id);
    return changes === 0 ? fail('note.unknown', 'id') : ok(undefined);
  }

  close(): void {
    this.#database.close();
  }
}

const noteOf = ({ id, at, text, written_at: writtenAt }: NoteRow): Note => ({
  id,
  at: epochMs(at),
  text,
  writtenAt: epochMs(writtenAt),
});
