import { parentPort, workerData } from 'node:worker_threads';
import type { MinuteNo } from '@maplewall/shared/domain/units.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import type { CityAreas } from './city-areas.ts';
import { HistoryKeeper } from './history-keeper.ts';
import { SegmentStore } from './segment-store.ts';

/** The thread of history: works half of the time at most while there is much to do, so that live has the machine. */
export type ToHistory =
  | { readonly type: 'seal'; readonly id: number; readonly minute: MinuteNo }
  | { readonly type: 'stop' };
export type FromHistory =
  | { readonly type: 'sealed'; readonly id: number; readonly found: boolean }
  | { readonly type: 'failed'; readonly id: number; readonly error: string };

export interface HistoryThreadData {
  readonly file: string;
  readonly logFile: string;
  readonly areas: CityAreas;
}

const IDLE_MS = 1_000;

const port = parentPort;
if (port === null) throw new Error('history-worker runs as a worker only');
const { file, logFile, areas } = workerData as HistoryThreadData;
const store = new SegmentStore(file);
const log = new ReadOnlyLog(logFile);
const keeper = new HistoryKeeper(log, store, areas);
let timer: NodeJS.Timeout | undefined;

function work(): void {
  const started = performance.now();
  const more = keeper.step(Date.now());
  const took = performance.now() - started;
  timer = setTimeout(work, more ? Math.min(500, Math.max(1, took)) : IDLE_MS);
}

port.on('message', (message: ToHistory) => {
  switch (message.type) {
    case 'seal':
      try {
        const segment = keeper.sealNow(message.minute, Date.now());
        port.postMessage({
          type: 'sealed',
          id: message.id,
          found: segment !== undefined,
        } satisfies FromHistory);
      } catch (error) {
        port.postMessage({ type: 'failed', id: message.id, error: String(error) } satisfies FromHistory);
      }
      return;
    case 'stop':
      clearTimeout(timer);
      store.close();
      log.close();
      port.close();
  }
});
work();
