import { join } from 'node:path';
import { openHistory, type History, type HistoryOptions } from '@maplewall/server/history/history.ts';
import { systemClock } from '@maplewall/server/clock.ts';
import { openSqliteLog } from '@maplewall/server/log/sqlite-log.ts';
import { DAY, DAY_STARTS_AT_SECONDS, TIME_ZONE, type BuiltDay } from './build-day.ts';
import { RowStore, type RowForm } from './row-store.ts';

/** What answers a question about a second of the day: bytes that are ready to be sent. HTTP is the same for all, and left out. */
export interface Servers {
  /** As the gateway's route does it: the minute's segment by its name. */
  segment(second: number): Promise<Uint8Array>;
  rows(form: RowForm, second: number): Uint8Array;
  readonly history: History;
  stop(): Promise<void>;
}

export async function openServers(folder: string, { rowFiles }: BuiltDay): Promise<Servers> {
  const logFile = join(folder, 'log.db');
  const log = await openSqliteLog({ file: logFile });
  const history = await openHistory({
    logFile,
    file: join(folder, 'history.db'),
    knownFile: join(folder, 'known.db'),
    areas: { timeZone: TIME_ZONE, precinctOfGrid: new Map(), precinctOfStation: new Map() },
    clock: systemClock,
    // All that history asks of it is a line when its thread breaks or its file is damaged.
    logger: { error: console.error, warn: console.warn } as unknown as HistoryOptions['logger'],
  });
  const stores = {
    indexed: new RowStore(rowFiles.indexed, 'indexed'),
    clustered: new RowStore(rowFiles.clustered, 'clustered'),
  };
  return {
    history,
    segment: async (second) => {
      const day = history.calendarDay(DAY);
      const found = day === undefined ? 'noSuchMinute' : await history.minute(day, minuteNameOf(second));
      if (typeof found === 'string') throw new Error(`${minuteNameOf(second)}: ${found}`);
      return Buffer.from(found.bytes);
    },
    rows: (form, second) =>
      Buffer.from(JSON.stringify(stores[form].at((DAY_STARTS_AT_SECONDS + second) * 1_000))),
    stop: async () => {
      await history.stop();
      await log.close();
      for (const store of Object.values(stores)) store.close();
    },
  };
}

function minuteNameOf(second: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(second / 3_600))}:${two(Math.floor(second / 60) % 60)}`;
}
