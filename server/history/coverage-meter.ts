import { DatabaseSync } from 'node:sqlite';
import { minuteNo, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import type { FileSize } from '@maplewall/shared/wire/storage.ts';
import { sizeOf } from './file-size.ts';

const DAY_MINUTES = 1_440;
/** Of less a day cannot be told: the file has pages of its own as well. */
const LEAST_MINUTES = 60;
const NONE: FileSize = { bytes: 0, reusableBytes: 0 };

/**
 * Measures the file of the course of coverage, of which nothing is ever removed. Its rows lie between each other, so what they
 * hold is not what they take: a day takes what the whole file takes for each minute that is in it.
 */
export class CoverageMeter {
  readonly #file: string | undefined;
  #countedTo: MinuteNo = minuteNo(0);
  #counted = 0;
  #bytesPerDay = 0;

  constructor(file: string | undefined) {
    this.#file = file;
  }

  /** What a day takes, as it was measured last; 0 while that is not known. */
  get bytesPerDay(): number {
    return this.#bytesPerDay;
  }

  /** Counts a day's worth of minutes; false when all are counted. */
  step(): boolean {
    const found = this.#look((database) => {
      const row = database
        .prepare(
          'SELECT count(*) AS n, max(minute) AS last FROM (SELECT minute FROM minutes WHERE minute > ? ORDER BY minute LIMIT ?)',
        )
        .get(this.#countedTo, DAY_MINUTES);
      return { minutes: Number(row?.['n'] ?? 0), last: Number(row?.['last'] ?? 0) };
    });
    if (found !== undefined && found.minutes > 0) {
      this.#counted += found.minutes;
      this.#countedTo = minuteNo(found.last);
      return true;
    }
    const { bytes, reusableBytes } = this.size();
    this.#bytesPerDay =
      this.#counted < LEAST_MINUTES ? 0 : Math.round(((bytes - reusableBytes) / this.#counted) * DAY_MINUTES);
    this.#counted = 0;
    this.#countedTo = minuteNo(0);
    return false;
  }

  size(): FileSize {
    const file = this.#file;
    return (file === undefined ? undefined : this.#look((database) => sizeOf(file, database))) ?? NONE;
  }

  /** Whoever keeps the file may not have begun it yet, or may begin it anew: it is opened for each look. */
  #look<Seen>(look: (database: DatabaseSync) => Seen): Seen | undefined {
    if (this.#file === undefined) return undefined;
    try {
      const database = new DatabaseSync(this.#file, { readOnly: true });
      try {
        database.exec('PRAGMA busy_timeout = 1000');
        return look(database);
      } finally {
        database.close();
      }
    } catch {
      return undefined;
    }
  }
}
