import type { Clock } from '../clock.ts';

export interface IngestLogger {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
}

const EVERY_MS = 10_000;

/** Writes the first of many like messages, and then at most one every ten seconds with the number of those left out. */
export class SparingLogger {
  readonly #logger: IngestLogger;
  readonly #clock: Clock;
  readonly #since = new Map<string, { at: number; leftOut: number }>();

  constructor(logger: IngestLogger, clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Messages with the same text are alike, whatever the details; texts must be few. */
  log(level: 'error' | 'warn', details: object, message: string): void {
    const now = this.#clock.now();
    const last = this.#since.get(message);
    if (last !== undefined && now - last.at < EVERY_MS && now >= last.at) {
      last.leftOut += 1;
      return;
    }
    this.#since.set(message, { at: now, leftOut: 0 });
    const leftOut = last?.leftOut ?? 0;
    this.#logger[level](leftOut === 0 ? details : { ...details, likeItLeftOut: leftOut }, message);
  }
}
