import { MINUTE_MS, SECOND_MS } from '../life/calendar.ts';
import type { Life } from '../life/life.ts';
import type { LifeEvent } from '../life/records.ts';
import type { Chronicle } from './chronicle.ts';
import { FixBatch, MOST_FIXES } from './fix-batch.ts';
import type { IngestClient } from './ingest-client.ts';
import { LivePhones, type SentFix } from './live-phones.ts';
import { sendEvents } from './send-events.ts';
import type { Spans } from './spans.ts';
import type { Timeline } from './timeline.ts';

/** Behind the clock, after a pause of the gateway, it catches up in steps, so that fixes come while their senders are on duty. */
const LONGEST_STEP_MS = MINUTE_MS;
/** At a high speed of the demo's clock people are drawn behind it at what the ingest still believes (300 km/h). */
const FASTEST_METRES_PER_SECOND = 75;

const isCheckOut = ({ event }: LifeEvent): boolean => event.kind === 'responder.checkedOut';

/** Lives the present: events as they happen, and each second the fixes of that second in one batch. */
export class LiveFeed {
  readonly #life: Life;
  readonly #chronicle: Chronicle;
  readonly #client: IngestClient;
  readonly #timeline: Timeline;
  readonly #positions: Spans;
  readonly #phones: LivePhones;
  readonly #shown = new Map<string, SentFix>();
  #toldUntil: number;

  /** Goes on at `from` on the demo's clock; the chronicle stands there as well. */
  constructor(parts: {
    readonly life: Life;
    readonly chronicle: Chronicle;
    readonly client: IngestClient;
    readonly timeline: Timeline;
    /** Is told when positions stand. */
    readonly positions: Spans;
    readonly seed: number;
    readonly from: number;
  }) {
    this.#life = parts.life;
    this.#chronicle = parts.chronicle;
    this.#client = parts.client;
    this.#timeline = parts.timeline;
    this.#positions = parts.positions;
    this.#phones = new LivePhones(parts.life, parts.chronicle, parts.seed, parts.from);
    this.#toldUntil = parts.from;
  }

  /** On the demo's clock. */
  get toldUntil(): number {
    return this.#toldUntil;
  }

  /**
   * Does one step towards the real time `now`.
   * @returns whether the present is reached
   */
  async step(now: number): Promise<boolean> {
    const present = this.#timeline.toShown(now);
    const speed = (present - this.#timeline.toShown(now - SECOND_MS)) / SECOND_MS;
    const from = this.#toldUntil;
    const until = Math.min(present, from + LONGEST_STEP_MS * speed);
    // A clock that was set back waits for the time that was told already.
    if (until <= from) return true;
    const events = this.#chronicle.take(until).map((event) => this.#inRealTime(event));
    await sendEvents(
      this.#client,
      events.filter((event) => !isCheckOut(event)),
    );
    await this.#sendFixes(this.#phones.arrivingUntil(until), speed);
    // Last, because fixes are taken only from those on duty.
    await sendEvents(this.#client, events.filter(isCheckOut));
    this.#toldUntil = until;
    this.#positions.add(from, until);
    return until === present;
  }

  #inRealTime(event: LifeEvent): LifeEvent {
    return { ...event, at: this.#timeline.toReal(event.at) };
  }

  async #sendFixes(fixes: readonly SentFix[], speed: number): Promise<void> {
    let batch = new FixBatch(this.#life.pack.map);
    for (const fix of speed > 1 ? this.#slowed(fixes) : fixes) {
      const atSecond = Math.floor(this.#timeline.toReal(fix.atSecond * SECOND_MS) / SECOND_MS);
      const sentAt = fix.sentAt === 0 ? 0 : this.#timeline.toReal(fix.sentAt);
      batch.add(fix.person.id, atSecond, fix.x, fix.y, sentAt);
      if (batch.count < MOST_FIXES) continue;
      await this.#client.sendFixes(batch);
      batch = new FixBatch(this.#life.pack.map);
    }
    await this.#client.sendFixes(batch);
  }

  /** The newest fix of each, no farther from the one before than somebody can get in the real time between. */
  #slowed(fixes: readonly SentFix[]): readonly SentFix[] {
    const newest = new Map<string, SentFix>();
    for (const fix of fixes)
      if (fix.atSecond > (newest.get(fix.person.id)?.atSecond ?? 0)) newest.set(fix.person.id, fix);
    const slowed: SentFix[] = [];
    for (const [id, fix] of newest) {
      const before = this.#shown.get(id);
      let shown = fix;
      if (before !== undefined) {
        const seconds = Math.floor(
          (this.#timeline.toReal(fix.atSecond * SECOND_MS) -
            this.#timeline.toReal(before.atSecond * SECOND_MS)) /
            SECOND_MS,
        );
        if (seconds < 1) continue;
        const metres = Math.hypot(fix.x - before.x, fix.y - before.y);
        const share = Math.min(1, (FASTEST_METRES_PER_SECOND * seconds) / Math.max(1, metres));
        shown = {
          ...fix,
          x: before.x + (fix.x - before.x) * share,
          y: before.y + (fix.y - before.y) * share,
        };
      }
      this.#shown.set(id, shown);
      slowed.push(shown);
    }
    return slowed;
  }
}
