import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { minuteOf, startOfMinute, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { HOUR_COUNTERS } from '@maplewall/shared/world/hour-counts.ts';
import type { HistoryDay, HistoryDayDetail, HistoryDays } from '@maplewall/shared/wire/history.ts';
import type { Clock } from '../clock.ts';
import type { FromHistory, ToHistory } from './history-worker.ts';
import { localDay, localDays, minuteName, momentOf, type LocalDay } from './local-day.ts';
import { SegmentStore, type StoredSegment } from './segment-store.ts';

export interface HistoryOptions {
  /** The log's file; history reads it by itself, in a thread of its own. */
  readonly logFile: string;
  readonly file: string;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A segment and whether it may still become another. */
export interface FoundSegment extends StoredSegment {
  readonly settled: boolean;
}

/** Past days as they can be fetched. The store is a read model: without it, everything is made again from the log. */
export interface History {
  readonly timeZone: string;
  days(): HistoryDays;
  day(day: string): HistoryDayDetail | undefined;
  /** A day of the calendar, whether anything is known of it or not. */
  calendarDay(day: string): LocalDay | undefined;
  /** The segment of a minute named HH:MM; made at once if it waits. */
  minute(day: LocalDay, minute: string): Promise<FoundSegment | 'noSuchMinute' | 'notYet'>;
  stop(): Promise<void>;
}

/** A day older than this changes so seldom that whoever has its segment may keep it without asking. */
const SETTLED_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;

export async function openHistory(options: HistoryOptions): Promise<History> {
  const { file, logFile, timeZone, clock, logger } = options;
  const store = new SegmentStore(file);
  const worker = new Worker(new URL('history-worker.ts', import.meta.url), { workerData: { file, logFile } });
  const waiting = new Map<number, { resolve(found: boolean): void; reject(error: Error): void }>();
  let nextId = 1;
  let broken: Error | undefined;
  const breakOff = (error: Error): void => {
    broken ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (message: FromHistory) => {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'sealed') asked?.resolve(message.found);
    else asked?.reject(new Error(message.error));
  });
  worker.on('error', (error) => {
    logger.error({ error }, 'history has stopped');
    breakOff(error instanceof Error ? error : new Error(String(error)));
  });
  const tell = (message: ToHistory): void => worker.postMessage(message, []);

  const sealed = (minute: MinuteNo): Promise<boolean> => {
    if (broken !== undefined) return Promise.reject(broken);
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const id = nextId++;
    waiting.set(id, { resolve, reject });
    tell({ type: 'seal', id, minute });
    return promise;
  };

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
      hours: Array.from(
        { length: lastHour - firstHour },
        (_, index) => counts.get(firstHour + index) ?? nothing,
      ),
    };
  };

  return {
    timeZone,
    days: () => {
      const first = store.firstMinute();
      const last = store.lastMinute();
      const minutesWaiting = store.dirtyCount();
      const days =
        first === undefined || last === undefined
          ? []
          : localDays(startOfMinute(first), startOfMinute(last), timeZone).map(toHistoryDay);
      // The minute that is going on always waits; that is no filling-in.
      return { timeZone, days, filling: minutesWaiting > 5 ? { minutesWaiting } : null };
    },
    calendarDay: (day) => localDay(day, timeZone),
    day: (name) => {
      const day = localDay(name, timeZone);
      if (day === undefined) return undefined;
      const from = minuteOf(day.startsAt);
      const to = minuteOf(day.endsAt);
      const made = new Map(store.list(from, to).map((segment) => [segment.minute, segment]));
      const now = minuteOf(clock.now());
      return {
        ...toHistoryDay(day),
        minutes: store
          .minutesWithRecords(from, to)
          .filter((minute) => minute < now)
          .map((minute) => ({
            minute: minuteName(startOfMinute(minute), timeZone),
            startsAt: startOfMinute(minute),
            etag: made.get(minute)?.etag ?? '',
            bytes: made.get(minute)?.bytes ?? 0,
          })),
      };
    },
    minute: async (day, name) => {
      const at = momentOf(day, name, timeZone);
      if (at === undefined) return 'noSuchMinute';
      const minute = minuteOf(at);
      if (store.isDirty(minute) || store.segment(minute) === undefined) {
        if (!(await sealed(minute))) return 'notYet';
      }
      const segment = store.segment(minute);
      return segment === undefined
        ? 'notYet'
        : { ...segment, settled: at < clock.now() - SETTLED_MS && !store.isDirty(minute) };
    },
    stop: async () => {
      const exited = once(worker, 'exit');
      tell({ type: 'stop' });
      await exited;
      breakOff(new Error('history is closed'));
      store.close();
    },
  };
}
