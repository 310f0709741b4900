import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { MinuteNo } from '@maplewall/shared/domain/units.ts';
import type { FromHistory, HistoryThreadData, ToHistory } from './history-worker.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

interface Asked {
  resolve(found: boolean): void;
  reject(error: Error): void;
}

/** There is no thread for the moment; it is started again by itself. */
export class HistoryPaused extends Error {}

/** Runs the thread that makes segments, and starts it again when it fails: a full disk is not full for ever. */
export class HistoryThread {
  readonly #workerData: HistoryThreadData;
  readonly #logger: Logger;
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #failures = 0;
  #nextId = 1;
  #stopped = false;

  constructor(workerData: HistoryThreadData, logger: Logger) {
    this.#workerData = workerData;
    this.#logger = logger;
    this.#start();
  }

  /**
   * Seals one minute; answers whether there is anything of it.
   * @throws HistoryPaused while the thread is away
   */
  seal(minute: MinuteNo): Promise<boolean> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.reject(new HistoryPaused());
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const id = this.#nextId++;
    this.#asked.set(id, { resolve, reject });
    worker.postMessage({ type: 'seal', id, minute } satisfies ToHistory, []);
    return promise;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (worker !== undefined) {
      const exited = once(worker, 'exit');
      worker.postMessage({ type: 'stop' } satisfies ToHistory, []);
      await exited;
    }
    this.#rejectAll();
  }

  #start(): void {
    this.#startedAt = performance.now();
    const worker = new Worker(new URL('history-worker.ts', import.meta.url), {
      workerData: this.#workerData,
    });
    this.#worker = worker;
    worker.on('message', (message: FromHistory) => {
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if (message.type === 'sealed') asked?.resolve(message.found);
      else asked?.reject(new Error(message.error));
    });
    worker.on('error', (error) => this.#logger.error({ error }, 'history has stopped; it is started again'));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#rejectAll();
      if (!this.#stopped) this.#startAgainSoon();
    });
  }

  #startAgainSoon(): void {
    this.#failures = performance.now() - this.#startedAt > LONGEST_PAUSE_MS ? 0 : this.#failures + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, this.#failures - 1));
    this.#timer = setTimeout(() => this.#start(), pause);
  }

  #rejectAll(): void {
    for (const { reject } of this.#asked.values()) reject(new HistoryPaused());
    this.#asked.clear();
  }
}
