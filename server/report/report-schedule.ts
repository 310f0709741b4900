import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { askWith, type AskParts } from './ask-gateway.ts';
import { gather } from './report-data.ts';
import type { ReportLanguage } from './say.ts';
import type { ReportFile } from './write-report.ts';

export interface ReportScheduleParts {
  /** HH:MM by the clocks of the city. */
  readonly at: string;
  /** Where reports are put, as maplewall-YYYY-MM-DD.pdf. */
  readonly folder: string;
  readonly language: ReportLanguage;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly send: AskParts['send'];
}

const LOOK_EVERY_MS = 20_000;
const AGAIN_AFTER_MS = 300_000;
/** How long nothing may get on before the report is made of what there is. */
const PATIENCE_MS = 120_000;

/**
 * Makes the report of yesterday each morning. That it is there already, also from before a restart, is told by its file. What fails is
 * logged once a day and tried again until the day is over.
 */
export class ReportSchedule {
  readonly #parts: ReportScheduleParts;
  readonly #timer: NodeJS.Timeout;
  readonly #stopping = new AbortController();
  /** The last day whose report was made, or found, by this gateway. */
  #done: string | undefined;
  #complainedOf: string | undefined;
  #notBefore = 0;
  #working: Promise<void> | undefined;

  constructor(parts: ReportScheduleParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.look();
  }

  /** Begins the report that is due, if one is. */
  look(): void {
    const { clock, timeZone, at } = this.#parts;
    const now = DateTime.fromMillis(clock.now(), { zone: timeZone });
    const day = now.minus({ days: 1 }).toISODate();
    if (day === null || now.toFormat('HH:mm') < at || day === this.#done) return;
    if (this.#working !== undefined || clock.now() < this.#notBefore) return;
    this.#working = this.#make(day).finally(() => {
      this.#working = undefined;
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#working;
  }

  async #make(day: string): Promise<void> {
    const { folder, language, logger, send, clock } = this.#parts;
    const { signal } = this.#stopping;
    const file = join(folder, `maplewall-${day}.pdf`);
    try {
      if (!existsSync(file)) {
        await mkdir(folder, { recursive: true });
        const patiently = (ms: number): Promise<void> => wait(ms, undefined, { signal });
        const ask = askWith({ send, wait: patiently });
        const data = await gather(day, { ask, wait: patiently, patienceMs: PATIENCE_MS });
        await inThread({ data, language, file }, signal);
        logger.info({ file }, 'the report of yesterday is made');
      }
      this.#done = day;
    } catch (error) {
      if (signal.aborted) return;
      this.#notBefore = clock.now() + AGAIN_AFTER_MS;
      if (this.#complainedOf === day) return;
      this.#complainedOf = day;
      logger.error({ error, file }, 'the report of yesterday could not be made; it is tried again');
    }
  }
}

/** Makes the file in a thread of its own. */
async function inThread(workerData: ReportFile, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('report-worker.ts', import.meta.url), { workerData });
  const end = (): void => void worker.terminate();
  signal.addEventListener('abort', end);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', resolve);
    });
    if (code !== 0) throw new Error(`the thread of the report ended with ${code}`);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
