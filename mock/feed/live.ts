import { setTimeout as wait } from 'node:timers/promises';
import { DAY_MS } from '../life/duty.ts';
import { liveDay, type Life, type LifeDay } from '../life/day.ts';
import { emptyBatch, Phones } from '../life/fixes.ts';
import type { LifeEvent } from '../life/records.ts';
import type { IngestClient } from './ingest-client.ts';

/**
 * Lives the present, second by second. With a speed above 1 the city lives faster than the clock from the moment it is
 * started; what happens is told at the clock's time, so that nothing lies in the future.
 */
export class LiveFeed {
  readonly #life: Life;
  readonly #client: IngestClient;
  readonly #startedAt: number;
  readonly #speed: number;
  #today: LifeDay;
  #yesterday: LifeDay;
  #phones: Phones;
  /** Events of today and of the days before that have not come yet, in the order of time. */
  #coming: LifeEvent[];
  #toldUntil: number;

  constructor(life: Life, client: IngestClient, startedAt: number, speed: number) {
    this.#life = life;
    this.#client = client;
    this.#startedAt = startedAt;
    this.#speed = speed;
    const day = life.calendar.dayOf(startedAt);
    this.#yesterday = liveDay(life, day - 1);
    this.#today = liveDay(life, day);
    this.#phones = new Phones(life, this.#today, this.#yesterday);
    const earlier = [4, 3, 2].flatMap((back) => liveDay(life, day - back).events);
    this.#coming = [...earlier, ...this.#yesterday.events, ...this.#today.events]
      .filter(({ at }) => at >= startedAt)
      .toSorted((a, b) => a.at - b.at);
    this.#toldUntil = startedAt;
  }

  /** Sends everybody's last fix at once, so that the first picture is full. */
  async sendWhereabouts(): Promise<void> {
    const batch = emptyBatch();
    const second = Math.floor(this.#startedAt / 1_000);
    for (let back = 59; back >= 0; back -= 1) this.#phones.addSecond(second - back, batch);
    await this.#client.sendFixes(batch);
  }

  /** Runs until it is stopped. */
  async run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      await wait(1_000 - (Date.now() % 1_000), undefined, { signal: stopped }).catch(() => undefined);
      if (stopped.aborted) return;
      await this.#liveUntil(this.#simulated(Date.now()));
    }
  }

  #simulated(real: number): number {
    return this.#startedAt + (real - this.#startedAt) * this.#speed;
  }

  #real(simulated: number): number {
    return Math.floor(this.#startedAt + (simulated - this.#startedAt) / this.#speed);
  }

  async #liveUntil(until: number): Promise<void> {
    const due: LifeEvent[] = [];
    for (let next = this.#coming[0]; next !== undefined && next.at <= until; next = this.#coming[0]) {
      this.#coming.shift();
      due.push(
        this.#speed === 1
          ? next
          : { ...next, at: this.#real(next.at), key: `${this.#startedAt}/${next.key}` },
      );
    }
    if (due.length > 0) await this.#client.sendEvents(due);
    const batch = emptyBatch();
    const [from, to] = [Math.floor(this.#toldUntil / 1_000), Math.floor(until / 1_000)];
    for (let second = Math.max(from + 1, to - 60); second <= to; second += 1) {
      this.#turnDayIfDue(second * 1_000);
      this.#phones.addSecond(second, batch);
    }
    this.#toldUntil = until;
    if (this.#speed !== 1) for (const [row, at] of batch.fixAt.entries()) batch.fixAt[row] = this.#real(at);
    await this.#client.sendFixes(batch);
  }

  #turnDayIfDue(at: number): void {
    const day = this.#life.calendar.dayOf(at);
    if (day === this.#today.day) return;
    this.#yesterday = this.#today;
    this.#today = liveDay(this.#life, day);
    this.#phones = new Phones(this.#life, this.#today, this.#yesterday);
    const start = this.#life.calendar.startOf(day);
    this.#coming = [
      ...this.#coming,
      ...this.#today.events.filter((event) => event.at >= start - DAY_MS),
    ].toSorted((a, b) => a.at - b.at);
  }
}
