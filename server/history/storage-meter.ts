import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { epochMs, minuteNo, minuteOf, startOfMinute, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { IS_POSITIONS } from '../log/forgotten.ts';
import type { StorageReport } from '@maplewall/shared/wire/storage.ts';
import { CoverageMeter } from './coverage-meter.ts';
import { bytesOf, sizeOf } from './file-size.ts';
import { localDayOf, type LocalDay } from './local-day.ts';
import type { RetentionRules } from './retention-rules.ts';
import { STAYS } from './replay-from.ts';
import { forecast, type DayBytes } from './storage-forecast.ts';

const DAYS = 7;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1_440;
const NOTHING = { positions: 0, events: 0, history: 0, known: 0 };
/** So many thinned minutes are looked at, spread over a day. */
const THINNED_MINUTES = 60;
/** Of a row beside its texts and its body: numbers, lengths, and its place in the tree. */
const ROW_BYTES = 32;
/** Of a record in history's index. */
const ARRIVAL_BYTES = 14;
/** How long to wait for the next step: there is more of this round, no day was there, some were, or all seven. */
const NEXT_MS = { more: 100, none: 5_000, some: 600_000, all: 6 * 3_600_000 } as const;

export interface StorageMeterOptions {
  readonly logFile: string;
  readonly file: string;
  readonly knownFile: string;
  /** The course of coverage; undefined where nobody keeps one. */
  readonly coverageFile: string | undefined;
  /** What else is kept in files of SQLite. */
  readonly otherFiles: readonly string[];
  readonly timeZone: string;
  readonly rules: RetentionRules;
}

interface Measuring {
  readonly day: LocalDay;
  hour: MinuteNo;
  bytes: DayBytes;
}

/** Measures what days of data take, an hour of them at a time, and says how long the disk suffices. It only reads. */
export class StorageMeter {
  readonly #options: StorageMeterOptions;
  readonly #log: DatabaseSync;
  readonly #history: DatabaseSync;
  readonly #known: DatabaseSync;
  readonly #coverage: CoverageMeter;
  #isCoverageCounted = false;
  #measured: readonly DayBytes[] = [];
  #found: DayBytes[] = [];
  #measuring: Measuring | undefined;
  /** Days are looked for before this minute, the newest first; undefined between two rounds. */
  #before: MinuteNo | undefined;

  constructor(options: StorageMeterOptions) {
    this.#options = options;
    this.#coverage = new CoverageMeter(options.coverageFile);
    this.#log = new DatabaseSync(options.logFile, { readOnly: true });
    this.#history = new DatabaseSync(options.file, { readOnly: true });
    this.#known = new DatabaseSync(options.knownFile, { readOnly: true });
    for (const each of [this.#log, this.#history, this.#known]) each.exec('PRAGMA busy_timeout = 10000');
  }

  /** Measures a little. @returns after how many milliseconds there is more */
  step(now: number): number {
    this.#isCoverageCounted ||= !this.#coverage.step();
    if (!this.#isCoverageCounted) return NEXT_MS.more;
    this.#before ??= minuteOf(localDayOf(epochMs(now), this.#options.timeZone).startsAt);
    this.#measuring ??= this.#found.length < DAYS ? this.#dayBefore(this.#before) : undefined;
    const measuring = this.#measuring;
    if (measuring === undefined) {
      this.#measured = this.#found;
      this.#found = [];
      this.#before = undefined;
      this.#isCoverageCounted = false;
      const { length } = this.#measured;
      return length === 0 ? NEXT_MS.none : length < DAYS ? NEXT_MS.some : NEXT_MS.all;
    }
    const end = minuteOf(measuring.day.endsAt);
    const to = minuteNo(Math.min(end, measuring.hour + HOUR_MINUTES));
    measuring.bytes = sum(measuring.bytes, this.#bytesOf(measuring.hour, to));
    measuring.hour = to;
    if (to === end) {
      this.#found.push(measuring.bytes);
      // The first answer need not wait for all seven.
      if (this.#found.length > this.#measured.length) this.#measured = [...this.#found];
      this.#measuring = undefined;
      this.#before = minuteOf(measuring.day.startsAt);
    }
    return NEXT_MS.more;
  }

  report(notRight: StorageReport['notRight']): StorageReport {
    const { logFile, file, knownFile, otherFiles, rules } = this.#options;
    const log = sizeOf(logFile, this.#log);
    const history = sizeOf(file, this.#history);
    const known = sizeOf(knownFile, this.#known);
    const coverage = this.#coverage.size();
    const others = { bytes: otherFiles.reduce((sum, each) => sum + bytesOf(each), 0), reusableBytes: 0 };
    const { bsize, blocks, bavail } = statfsSync(dirname(logFile));
    const disk = { totalBytes: bsize * blocks, freeBytes: bsize * bavail };
    const finalMinutes = this.#count('SELECT count(*) AS n FROM final');
    const measured = [log, history, known, coverage];
    const reusable = measured.reduce((sum, { reusableBytes }) => sum + reusableBytes, 0);
    return {
      log,
      history,
      known,
      coverage,
      others,
      disk,
      keepPositionsDays: rules.keepPositionsDays ?? null,
      keepSegmentsDays: rules.keepSegmentsDays ?? null,
      thinPositions: rules.thinPositions ?? null,
      finalMinutes,
      recordsAfter: this.#count('SELECT count(*) AS n FROM after'),
      notRight,
      growth:
        this.#measured.length === 0
          ? null
          : forecast({
              days: this.#measured,
              usedBytes: measured.reduce((sum, { bytes }) => sum + bytes, 0) - reusable,
              coveragePerDay: this.#coverage.bytesPerDay,
              roomBytes: disk.freeBytes + reusable,
              daysHeld: this.#daysHeld(),
              daysThinned: this.#count('SELECT count(*) AS n FROM final WHERE cleared = 2') / DAY_MINUTES,
              thinnedShare: this.#thinnedShare(),
              daysReplayed: this.#daysReplayed(),
              rules,
            }),
    };
  }

  close(): void {
    this.#log.close();
    this.#history.close();
    this.#known.close();
  }

  /** The newest day before a minute that has records, all of them still there and in segments. */
  #dayBefore(before: MinuteNo): Measuring | undefined {
    const newest = this.#history.prepare(
      'SELECT minute FROM arrivals WHERE minute < ? AND minute NOT IN (SELECT minute FROM final) ORDER BY minute DESC LIMIT 1',
    );
    const isNotWhole = this.#history.prepare(
      `SELECT 1 FROM (SELECT minute FROM final UNION ALL SELECT minute FROM dirty) WHERE minute >= ? AND minute < ? LIMIT 1`,
    );
    for (let end = before; ;) {
      const minute = newest.get(end)?.['minute'];
      if (typeof minute !== 'number') return undefined;
      const day = localDayOf(startOfMinute(minuteNo(minute)), this.#options.timeZone);
      end = minuteOf(day.startsAt);
      if (isNotWhole.get(end, minuteOf(day.endsAt)) === undefined) return { day, hour: end, bytes: NOTHING };
    }
  }

  #bytesOf(from: MinuteNo, to: MinuteNo): DayBytes {
    const size = this.#log.prepare(
      `SELECT ${IS_POSITIONS} AS positions, ${ROW_BYTES} + length(body) + length(source) + length(mode)
         + length(key) * 2 + iif(key = '', 0, length(source) + 8) AS bytes FROM records WHERE seq = ?`,
    );
    const bytes = { ...NOTHING };
    for (const { seq } of this.#history
      .prepare('SELECT seq FROM arrivals WHERE minute >= ? AND minute < ?')
      .iterate(from, to)) {
      const row = size.get(Number(seq));
      bytes[row?.['positions'] === 1 ? 'positions' : 'events'] += Number(row?.['bytes'] ?? 0);
      bytes.history += ARRIVAL_BYTES;
    }
    const sql = 'SELECT coalesce(sum(length(bytes)), 0) AS n FROM segments WHERE minute >= ? AND minute < ?';
    bytes.history += Number(this.#history.prepare(sql).get(from, to)?.['n'] ?? 0);
    const worlds =
      'SELECT coalesce(sum(length(keyframe)), 0) AS n FROM worlds WHERE minute >= ? AND minute < ?';
    bytes.known = Number(this.#known.prepare(worlds).get(from, to)?.['n'] ?? 0);
    return bytes;
  }

  /** From the oldest minute whose positions are there to the newest. */
  #daysHeld(): number {
    const row = this.#history
      .prepare(
        `SELECT (SELECT max(minute) FROM arrivals)
           - coalesce((SELECT max(minute) FROM final), (SELECT min(minute) FROM arrivals)) AS minutes`,
      )
      .get();
    return Math.max(0, Number(row?.['minutes'] ?? 0)) / DAY_MINUTES;
  }

  /** From the oldest minute that can be replayed to the newest. */
  #daysReplayed(): number {
    const minutes = this.#count(
      `SELECT (SELECT max(minute) FROM arrivals) - max(
         (SELECT min(minute) FROM arrivals), coalesce((SELECT value FROM meta WHERE ${STAYS}), 0)) AS n`,
    );
    return Math.max(0, minutes) / DAY_MINUTES;
  }

  /** What the newest thinned minutes still take of what a minute took on the days that were measured. */
  #thinnedShare(): number {
    const minutes = this.#history
      .prepare('SELECT minute FROM final WHERE cleared = 2 AND minute % 24 = 0 ORDER BY minute DESC LIMIT ?')
      .all(THINNED_MINUTES);
    const perDay = this.#measured.reduce((sum, { positions }) => sum + positions, 0) / this.#measured.length;
    if (minutes.length === 0 || !(perDay > 0)) return 1;
    const left = minutes.reduce((sum, { minute }) => {
      const at = minuteNo(Number(minute));
      return sum + this.#bytesOf(at, minuteNo(at + 1)).positions;
    }, 0);
    return Math.min(1, left / minutes.length / (perDay / DAY_MINUTES));
  }

  #count(sql: string): number {
    return Number(this.#history.prepare(sql).get()?.['n'] ?? 0);
  }
}

const sum = (a: DayBytes, b: DayBytes): DayBytes => ({
  positions: a.positions + b.positions,
  events: a.events + b.events,
  history: a.history + b.history,
  known: a.known + b.known,
});
