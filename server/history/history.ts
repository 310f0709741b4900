import { access, rename, rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import {
  epochMs,
  minuteNo,
  minuteOf,
  startOfMinute,
  type EpochMs,
  type MinuteNo,
  type Seq,
} from '@maplewall/shared/domain/units.ts';
import { HOUR_COUNTERS } from '@maplewall/shared/world/hour-counts.ts';
import type {
  HistoryDay,
  HistoryDayDetail,
  HistoryDays,
  HistoryIncident,
  HistoryIncidents,
  HistoryPrecincts,
  UsualPlaces,
} from '@maplewall/shared/wire/history.ts';
import type { StorageReport } from '@maplewall/shared/wire/storage.ts';
import type { Clock } from '../clock.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import { AskingThread, ThreadAway } from '../thread/asking-thread.ts';
import { KnownHistory } from './known-history.ts';
import { KnownStore } from './known-store.ts';
import type { CityAreas } from './city-areas.ts';
import type { HistoryQuestions, HistoryThreadData } from './history-worker.ts';
import { positionsLeft, type PositionsLeft } from './positions-left.ts';
import { wholePositionsDays, type RetentionRules } from './retention-rules.ts';
import { localDay, localDayOf, minuteNameIn, momentOf, weeksBefore, type LocalDay } from './local-day.ts';
import { SegmentStore, type StoredSegment } from './segment-store.ts';
import { CELL_DEGREES, cellsOf, usualPlaces, type CellCounts } from './usual-places.ts';

export interface HistoryOptions {
  /** The log's file; history reads it by itself, in a thread of its own. */
  readonly logFile: string;
  readonly file: string;
  /** The index of the log by arrival, for the past as the wall knew it. */
  readonly knownFile: string;
  readonly areas: CityAreas;
  /** False: a minute is sealed when somebody asks for it, and not before. True if left out. */
  readonly sealsAhead?: boolean;
  /** What may be forgotten; nothing if left out. */
  readonly rules?: RetentionRules;
  /** The course of coverage, to be counted with the rest. */
  readonly coverageFile?: string;
  /** What else is kept in files of SQLite, to be counted with the rest. */
  readonly otherFiles?: readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** From a moment up to another, which is not part of it. */
export type Span = Pick<LocalDay, 'startsAt' | 'endsAt'>;

/** Past days as they can be fetched. The store is a read model: without it, everything is made again from the log. */
export interface History {
  readonly timeZone: string;
  /** The past as the wall knew it; all else here is as it is known now. */
  readonly known: KnownHistory;
  days(): HistoryDays;
  /** Counts by precinct of so many days up to and with `until`, which is today if it is not given; undefined when there is no such day. */
  precincts(days: number, until: string | undefined): HistoryPrecincts | undefined;
  day(day: string): HistoryDayDetail | undefined;
  /** A day of the calendar, whether anything is known of it or not. */
  calendarDay(day: string): LocalDay | undefined;
  /** The version (ETag) of each segment that is made and up to date, of minutes without records as well. */
  versions(from: EpochMs, to: EpochMs): ReadonlyMap<MinuteNo, string>;
  /** The first minute that can be replayed; 0 while the replay of no day has ended. */
  replayFrom(): MinuteNo;
  /** Whether there is nothing of a past minute and nothing can be made: it lies before the first record, its replay has ended, or its positions left the log unsealed. */
  knowsNothingOf(minute: MinuteNo): boolean;
  /** Minutes in which something happened, and the records of each by their place in the log; the last second's may be missing. */
  minutesWithRecords(from: EpochMs, to: EpochMs): readonly MinuteNo[];
  seqsOf(minute: MinuteNo): readonly Seq[];
  /** What the log has left of the positions of this time (docs/decisions/007-what-may-be-forgotten.md). */
  positionsLeft(from: EpochMs, to: EpochMs): PositionsLeft;
  /** What came in on a day or in a part of one, as far as it is counted. */
  incidents(span: Span): HistoryIncidents;
  /** Where incidents were within a span, by cell. */
  cells(span: Span): CellCounts;
  /** Whether anything of a day is counted. */
  isCounted(day: LocalDay): boolean;
  /** Where incidents are usual round an hour (0–23) of such a weekday. */
  usualPlaces(day: LocalDay, hour: number): UsualPlaces;
  /** The segment of a minute named HH:MM; made at once if it waits. */
  minute(
    day: LocalDay,
    minute: string,
  ): Promise<StoredSegment | 'noSuchMinute' | 'notYet' | 'gone' | 'unavailable'>;
  storage(): Promise<StorageReport | 'unavailable'>;
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
/** As the panels' usual day: the same weekdays of four weeks. */
const USUAL_WEEKS = 4;
/** The hour itself, the one before and the one after. */
const USUAL_HOURS = 3;

export async function openHistory(options: HistoryOptions): Promise<History> {
  const { file, knownFile, logFile, areas, sealsAhead = true, clock, logger } = options;
  const { rules = {}, coverageFile, otherFiles = [] } = options;
  const { timeZone } = areas;
  const store = await openStore(file, logFile, logger, (path) => new SegmentStore(path));
  const knownStore = await openStore(knownFile, logFile, logger, (path) => new KnownStore(path));
  const thread = new AskingThread<HistoryQuestions>({
    module: new URL('history-worker.ts', import.meta.url),
    workerData: {
      file,
      knownFile,
      logFile,
      areas,
      sealsAhead,
      rules,
      coverageFile,
      otherFiles,
    } satisfies HistoryThreadData,
    name: 'history',
    logger,
  });

  const toHistoryDay = (day: LocalDay): HistoryDay => {
    const from = minuteOf(day.startsAt);
    const to = minuteOf(day.endsAt);
    const firstHour = Math.floor(day.startsAt / HOUR_MS);
    const lastHour = Math.ceil(day.endsAt / HOUR_MS);
    const counts = store.hours(firstHour, lastHour);
    const nothing = HOUR_COUNTERS.map(() => 0);
    return {
      ...day,
      minutesWithRecords: store.countWithRecords(from, to),
      minutesSealed: store.countSealed(from, to),
      ...(to <= store.replayFrom.minute ? { replayGone: true as const } : {}),
      hours: Array.from(
        { length: lastHour - firstHour },
        (_, index) => counts.get(firstHour + index) ?? nothing,
      ),
    };
  };

  const incidentsOf = ({ startsAt, endsAt }: Span): readonly HistoryIncident[] =>
    store
      .incidents(Math.floor(startsAt / HOUR_MS), Math.ceil(endsAt / HOUR_MS))
      .filter(({ at }) => at >= startsAt && at < endsAt);
  const isCounted = ({ startsAt, endsAt }: Span): boolean =>
    store.hours(Math.floor(startsAt / HOUR_MS), Math.ceil(endsAt / HOUR_MS)).size > 0;

  // A replay asks for the minutes of one day one after the other.
  let lastAsked: LocalDay | undefined;
  const calendarDay = (name: string): LocalDay | undefined => {
    if (lastAsked?.day === name) return lastAsked;
    const day = localDay(name, timeZone);
    if (day !== undefined) lastAsked = day;
    return day;
  };

  const known = new KnownHistory({
    store: knownStore,
    timeZone,
    clock,
    wholeDays: wholePositionsDays(rules),
    segment: (minute, until) => answered(thread.ask('known', { minute, until })),
  });

  return {
    timeZone,
    known,
    days: () => {
      const minutesWaiting = store.dirtyCount();
      const days: HistoryDay[] = [];
      // From one day with records to the next: a clock that was wrong by years makes no years of empty days.
      for (let minute = store.firstMinute(); minute !== undefined;) {
        const day = localDayOf(startOfMinute(minute), timeZone);
        days.push(toHistoryDay(day));
        minute = store.firstMinute(minuteNo(Math.ceil(day.endsAt / MINUTE_MS)));
      }
      // The minute that is going on always waits; that is no filling-in.
      return { timeZone, days, filling: minutesWaiting > 5 ? { minutesWaiting } : null };
    },
    precincts: (count, until) => {
      const last = until === undefined ? localDayOf(clock.now(), timeZone) : localDay(until, timeZone);
      if (last === undefined) return undefined;
      // Noon, so that the length of a day does not matter.
      const first = localDayOf(epochMs(last.startsAt + DAY_MS / 2 - (count - 1) * DAY_MS), timeZone);
      return { timeZone, days: store.precinctDays(first.day, last.day) };
    },
    calendarDay,
    day: (name) => {
      const day = calendarDay(name);
      if (day === undefined) return undefined;
      const from = minuteOf(day.startsAt);
      const to = minuteOf(day.endsAt);
      const made = new Map(store.list(from, to).map((segment) => [segment.minute, segment]));
      const now = minuteOf(clock.now());
      const replayFrom = store.replayFrom.minute;
      return {
        ...toHistoryDay(day),
        minutes: store
          .minutesWithRecords(from, to)
          .filter((minute) => minute >= replayFrom)
          .filter((minute) => minute < now && !(store.final.has(minute) && !made.has(minute)))
          .map((minute) => ({
            minute: minuteNameIn(day, startOfMinute(minute), timeZone),
            startsAt: startOfMinute(minute),
            etag: made.get(minute)?.etag ?? '',
            bytes: made.get(minute)?.bytes ?? 0,
          })),
      };
    },
    versions: (from, to) =>
      new Map(
        store
          .list(minuteNo(Math.max(minuteOf(from), store.replayFrom.minute)), minuteOf(to))
          .filter(({ dirty }) => !dirty)
          .map(({ minute, etag }) => [minute, etag]),
      ),
    replayFrom: () => store.replayFrom.minute,
    knowsNothingOf: (minute) => {
      const first = store.firstMinute();
      if (first === undefined || minute < first || minute < store.replayFrom.minute) return true;
      return store.final.has(minute) && store.segment(minute) === undefined;
    },
    minutesWithRecords: (from, to) =>
      store.minutesWithRecords(minuteOf(from), minuteNo(Math.ceil(to / MINUTE_MS))),
    seqsOf: (minute) => store.seqsOf(minute),
    positionsLeft: (from, to) =>
      positionsLeft(store.final, rules, clock.now(), {
        from: minuteOf(from),
        to: minuteNo(Math.ceil(to / MINUTE_MS)),
      }),
    incidents: (span) => ({ incidents: incidentsOf(span) }),
    cells: ({ startsAt, endsAt }) => {
      const first = Math.ceil(startsAt / HOUR_MS);
      const last = Math.floor(endsAt / HOUR_MS);
      // Hours are counted by the world's clock, of which some cities are half an hour off.
      const isWhole = first * HOUR_MS === startsAt && last * HOUR_MS === endsAt;
      return isWhole ? store.cells(first, last) : cellsOf(incidentsOf({ startsAt, endsAt }));
    },
    isCounted,
    usualPlaces: (day, hour) => {
      const found: { readonly name: string; readonly cells: CellCounts }[] = [];
      for (let week = 1; week <= USUAL_WEEKS; week += 1) {
        const before = weeksBefore(day, week, timeZone);
        const from = Math.floor(before.startsAt / HOUR_MS) + hour - 1;
        const to = from + USUAL_HOURS;
        if (isCounted(before)) found.push({ name: before.day, cells: store.cells(from, to) });
      }
      return {
        days: found.map(({ name }) => name),
        hour,
        cellDegrees: CELL_DEGREES,
        places: usualPlaces(
          found.map(({ cells }) => cells),
          USUAL_HOURS,
        ),
      };
    },
    minute: async (day, name) => {
      const at = momentOf(day, name, timeZone);
      if (at === undefined) return 'noSuchMinute';
      const minute = minuteOf(at);
      if (minute < store.replayFrom.minute) return 'gone';
      let segment = store.isDirty(minute) ? undefined : store.segment(minute);
      if (segment === undefined) {
        const sealed = await answered(thread.ask('seal', minute));
        if (sealed === 'unavailable') return sealed;
        if (!sealed) return 'notYet';
        segment = store.segment(minute);
      }
      return segment ?? 'notYet';
    },
    storage: async () => {
      try {
        return await thread.ask('storage', undefined);
      } catch (error) {
        if (error instanceof ThreadAway) return 'unavailable';
        throw error;
      }
    },
    stop: async () => {
      await thread.stop();
      store.close();
      knownStore.close();
    },
  };
}

/** What the thread answers, or that there is none for the moment. */
async function answered<T>(asked: Promise<T>): Promise<T | 'unavailable'> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ThreadAway) return 'unavailable';
    throw error;
  }
}

const NOT_A_DATABASE = 26;
const CORRUPT = 11;

/** A file that is damaged is made anew from the log. Where the log does not hold everything any more, it is put aside first. */
async function openStore<Store>(
  file: string,
  logFile: string,
  logger: Logger,
  open: (file: string) => Store,
): Promise<Store> {
  try {
    return open(file);
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
    if (code !== NOT_A_DATABASE && code !== CORRUPT) throw error;
    const isAllInLog = hasAll(logFile);
    logger.warn({ error, file }, 'the file of history is damaged; it is made again from the log');
    const aside = isAllInLog ? '' : await freeName(`${file}.damaged`);
    if (!isAllInLog)
      logger.error(
        { file: aside },
        'the log does not hold all positions any more: the damaged file is put aside, its minutes can be had from a copy only',
      );
    // The file itself last: what was written beside it is nothing without it, and must not meet a new one.
    for (const ending of ['-wal', '-shm', ''])
      if (isAllInLog) await rm(`${file}${ending}`, { force: true });
      else await rename(`${file}${ending}`, `${aside}${ending}`).catch(ignoreAbsent);
    return open(file);
  }
}

/** A name that nothing has: what was put aside before may be the only copy of its minutes. */
async function freeName(wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    const isTaken = await access(name).then(
      () => true,
      () => false,
    );
    if (!isTaken) return name;
  }
}

function hasAll(logFile: string): boolean {
  const log = new ReadOnlyLog(logFile);
  try {
    return [...log.forgottenMinutes()].length === 0;
  } finally {
    log.close();
  }
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
