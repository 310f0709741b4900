import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { FromThread, Topics, ToThread } from './thread-messages.ts';

const FIRST_PAUSE_MS = 1_000;
/** The longest pause before another start; a thread that lived longer than this has begun well. */
const LONGEST_PAUSE_MS = 60_000;

/** There is no thread for the moment; it is started again by itself. */
export class ThreadAway extends Error {}

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export interface AskingThreadOptions<Ready> {
  /** A module that calls `answerQuestions`. */
  readonly module: URL;
  readonly workerData: unknown;
  /** For the logger: what it is that has stopped. */
  readonly name: string;
  readonly logger: Logger;
  /** Called whenever a thread that was started says that it is ready. */
  readonly onReady?: (ready: Ready) => void;
}

/** A thread that is asked and answers, and is started again when it fails: a full disk is not full for ever. */
export class AskingThread<Q extends Topics<Q>, Ready = undefined> {
  readonly #options: AskingThreadOptions<Ready>;
  readonly #waiting = new Map<number, Waiting<Q[keyof Q]['answer']>>();
  #worker: Worker | undefined;
  #ready: Ready | undefined;
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #failures = 0;
  #nextId = 1;
  #stopped = false;

  constructor(options: AskingThreadOptions<Ready>) {
    this.#options = options;
    this.#start();
  }

  /** What the thread said when it was ready; undefined until then. */
  get ready(): Ready | undefined {
    return this.#ready;
  }

  /**
   * What is asked while the thread begins is answered when it has begun.
   * @throws ThreadAway where there is no thread, or it ends before it has answered
   */
  ask<T extends keyof Q>(topic: T, ask: Q[T]['ask']): Promise<Q[T]['answer']> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.reject(new ThreadAway());
    const { promise, resolve, reject } = Promise.withResolvers<Q[keyof Q]['answer']>();
    const id = this.#nextId++;
    this.#waiting.set(id, { resolve, reject });
    try {
      worker.postMessage({ type: 'ask', id, topic, ask } satisfies ToThread<Q>, []);
    } catch (error) {
      // It cannot cross between threads: nobody will ever answer it.
      this.#waiting.delete(id);
      reject(error instanceof Error ? error : new Error(String(error)));
    }
    return promise;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (worker !== undefined) {
      // A thread that fails ends as well; `once` of node:events would throw its error here.
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage({ type: 'stop' } satisfies ToThread<Q>, []);
      await exited;
    }
  }

  #start(): void {
    const { module, workerData, name, logger } = this.#options;
    this.#startedAt = performance.now();
    const worker = new Worker(module, { workerData });
    this.#worker = worker;
    worker.on('message', (message: FromThread<Q, Ready>) => this.#hear(message));
    worker.on('error', (error) => logger.error({ error }, `${name} has stopped; it is started again`));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#ready = undefined;
      for (const { reject } of this.#waiting.values()) reject(new ThreadAway());
      this.#waiting.clear();
      if (!this.#stopped) this.#startAgainSoon();
    });
  }

  #hear(message: FromThread<Q, Ready>): void {
    if (message.type === 'ready') {
      this.#ready = message.ready;
      this.#options.onReady?.(message.ready);
      return;
    }
    if (message.type === 'warning') {
      this.#options.logger.warn(message.about, message.sentence);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'answer') waiting?.resolve(message.answer);
    else waiting?.reject(new Error(message.error));
  }

  #startAgainSoon(): void {
    this.#failures = performance.now() - this.#startedAt > LONGEST_PAUSE_MS ? 0 : this.#failures + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, this.#failures - 1));
    this.#timer = setTimeout(() => this.#start(), pause);
  }
}
