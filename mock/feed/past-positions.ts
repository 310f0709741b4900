import { DAY_MS, HOUR_MS, MINUTE_MS } from '../life/calendar.ts';
import type { Life, LifeDay } from '../life/life.ts';
import { FULL_RATE_SECONDS, Phone, SPARSE_RATE_SECONDS } from '../life/phone.ts';
import { FixBatch, MOST_FIXES } from './fix-batch.ts';
import type { IngestClient } from './ingest-client.ts';
import type { Spans } from './spans.ts';

const FULL_RATE_MS = 2 * DAY_MS;
/** Newest blocks first; within a block time runs forward, as the phones do. */
const BLOCK_MS = 2 * HOUR_MS;

interface Rate {
  readonly everySeconds: number;
  readonly blockMs: number;
  /** A batch holds whole steps of the clock, so a batch that is sent again is the same batch. */
  readonly stepMs: number;
}
const FULL: Rate = { everySeconds: FULL_RATE_SECONDS, blockMs: BLOCK_MS, stepMs: 2 * MINUTE_MS };
const SPARSE: Rate = { everySeconds: SPARSE_RATE_SECONDS, blockMs: DAY_MS, stepMs: 15 * MINUTE_MS };

/** Fills in where everybody was before the feed began to live, newest first: two days as it was, those before by the minute. */
export class PastPositions {
  readonly #life: Life;
  readonly #client: IngestClient;
  readonly #positions: Spans;
  readonly #seed: number;
  readonly #rest: (workedMs: number) => Promise<void>;

  /** `rest` is asked after each batch, so that the living city is not disturbed. */
  constructor(parts: {
    readonly life: Life;
    readonly client: IngestClient;
    readonly positions: Spans;
    readonly seed: number;
    readonly rest: (workedMs: number) => Promise<void>;
  }) {
    this.#life = parts.life;
    this.#client = parts.client;
    this.#positions = parts.positions;
    this.#seed = parts.seed;
    this.#rest = parts.rest;
  }

  /** Fills the time from `since` to `until`, where it is not filled yet. `done` is told after each day. */
  async fill(since: number, until: number, done: (day: number) => Promise<void>): Promise<void> {
    const { calendar } = this.#life;
    const fullFrom = Math.floor((until - FULL_RATE_MS) / BLOCK_MS) * BLOCK_MS;
    for (let day = calendar.dayOf(until); day >= calendar.dayOf(since); day -= 1) {
      const from = Math.max(since, calendar.startOf(day));
      const to = Math.min(until, calendar.startOf(day + 1));
      if (to <= from || this.#positions.has(from, to)) continue;
      const lived = this.#life.liveDay(day);
      await this.#fillAtRate(lived, Math.max(from, fullFrom), to, FULL);
      await this.#fillAtRate(lived, from, Math.min(to, fullFrom), SPARSE);
      await done(day);
    }
  }

  async #fillAtRate(lived: LifeDay, from: number, to: number, rate: Rate): Promise<void> {
    for (let end = to; end > from;) {
      const start = Math.max(from, Math.ceil(end / rate.blockMs) * rate.blockMs - rate.blockMs);
      if (!this.#positions.has(start, end)) await this.#fillBlock(lived, start, end, rate);
      end = start;
    }
  }

  async #fillBlock(lived: LifeDay, from: number, to: number, rate: Rate): Promise<void> {
    let worked = performance.now();
    const phones = lived.stretches
      .filter((stretch) => stretch.from < to && stretch.to > from)
      .map((stretch) => new Phone(stretch, rate.everySeconds, this.#seed));
    for (const phone of phones) phone.runUntil(from);
    for (let start = from; start < to;) {
      const end = Math.min(to, Math.floor(start / rate.stepMs) * rate.stepMs + rate.stepMs);
      const isThere = this.#positions.has(start, end);
      const key = `past/${rate.everySeconds}/${Math.floor(start / rate.stepMs)}`;
      await this.#sendStep(phones, end, isThere ? undefined : key);
      this.#positions.add(start, end);
      if (!isThere) {
        await this.#rest(performance.now() - worked);
        worked = performance.now();
      }
      start = end;
    }
  }

  /** Without a key the phones only run on. */
  async #sendStep(phones: readonly Phone[], until: number, key: string | undefined): Promise<void> {
    if (key === undefined) {
      for (const phone of phones) phone.runUntil(until);
      return;
    }
    const batches = [new FixBatch(this.#life.pack.map)];
    for (const phone of phones)
      phone.runUntil(until, (person, atSecond, x, y, sentAt) => {
        let batch = batches.at(-1);
        if (batch === undefined || batch.count === MOST_FIXES) {
          batch = new FixBatch(this.#life.pack.map);
          batches.push(batch);
        }
        batch.add(person.id, atSecond, x, y, sentAt);
      });
    for (const [index, batch] of batches.entries()) await this.#client.sendFixes(batch, `${key}/${index}`);
  }
}
