import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { FromReach, Questions, ReachThreadData, ToReach, Topic } from './reach-messages.ts';

interface Asked {
  resolve(answer: Questions[Topic]['answer']): void;
  reject(error: Error): void;
}
export type Ready = Extract<FromReach, { type: 'ready' }>;

const LONGEST_PAUSE_MS = 60_000;

/** The thread is not there yet, or for the moment. */
export class ReachAway extends Error {}

/** Runs the thread of reach, and starts it again when it fails. */
export class ReachThread {
  readonly #data: ReachThreadData;
  readonly #logger: Logger;
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | undefined;
  #ready: Ready | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #nextId = 1;
  #stopped = false;

  constructor(data: ReachThreadData, logger: Logger) {
    this.#data = data;
    this.#logger = logger;
    this.#start();
  }

  /** What the thread said when it was ready; undefined until then. */
  get ready(): Ready | undefined {
    return this.#ready;
  }

  /** @throws ReachAway while there is no thread that could answer */
  async ask<T extends Topic>(topic: T, ask: Questions[T]['ask']): Promise<Questions[T]['answer']> {
    const worker = this.#worker;
    if (worker === undefined || this.#ready === undefined) throw new ReachAway();
    const { promise, resolve, reject } = Promise.withResolvers<Questions[Topic]['answer']>();
    const id = this.#nextId++;
    this.#asked.set(id, { resolve, reject });
    worker.postMessage({ type: 'ask', id, topic, ask } satisfies ToReach, []);
    return promise;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (worker !== undefined) {
      const exited = once(worker, 'exit');
      worker.postMessage({ type: 'stop' } satisfies ToReach, []);
      await exited;
    }
  }

  #start(): void {
    const worker = new Worker(new URL('reach-worker.ts', import.meta.url), { workerData: this.#data });
    this.#worker = worker;
    worker.on('message', (message: FromReach) => {
      if (message.type === 'ready') {
        this.#ready = message;
        this.#failures = 0;
        this.#logger.info({ ...message.streets }, 'the streets are joined to a graph');
        return;
      }
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if (message.type === 'answer') asked?.resolve(message.answer);
      else asked?.reject(new Error(message.error));
    });
    worker.on('error', (error) => this.#logger.error({ error }, 'reach has stopped; it is started again'));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#ready = undefined;
      for (const { reject } of this.#asked.values()) reject(new ReachAway());
      this.#asked.clear();
      if (this.#stopped) return;
      this.#failures += 1;
      this.#timer = setTimeout(() => this.#start(), Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.#failures));
    });
  }
}
