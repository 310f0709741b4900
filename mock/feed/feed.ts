import { Calendar, MINUTE_MS, SECOND_MS } from '../life/calendar.ts';
import { Life } from '../life/life.ts';
import { readLifePack } from '../life/pack.ts';
import { Chronicle } from './chronicle.ts';
import { readState, writeState } from './feed-state.ts';
import { FeedFault, IngestClient, type SourceKeys } from './ingest-client.ts';
import { LiveFeed } from './live-feed.ts';
import { PastPositions } from './past-positions.ts';
import { sendEvents } from './send-events.ts';
import { Spans } from './spans.ts';
import { Timeline } from './timeline.ts';

export interface FeedOptions {
  readonly url: string;
  readonly city: string;
  readonly stateDir: string | undefined;
  readonly seed: number;
  readonly speed: number;
  readonly days: number;
  readonly keys: SourceKeys;
  readonly stopped: AbortSignal;
  readonly now: () => number;
  /** Rejects when the feed is stopped. */
  readonly wait: (ms: number) => Promise<void>;
  readonly say: (line: string) => void;
}

/** Fixes younger than ten minutes are taken only of those on duty: so far back the feed lives through with its positions. */
const LIVED_THROUGH_MS = 10 * MINUTE_MS;
const SAVE_EVERY_MS = 5 * SECOND_MS;
const SAY_EVERY_MS = 3 * SECOND_MS;
const SAY_REFUSED_EVERY_MS = 60 * SECOND_MS;
/** Filling in may take this share of a core, here and at the gateway. */
const FILLING_SHARE = 0.36;

/**
 * The demo's order of work: the events of thirty days, then the present, and behind it the positions of the past. What
 * is sent is remembered, so that a feed that was away goes on where it was and fills what lies between.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #life: Life;
  readonly #client: IngestClient;
  readonly #story: string;
  readonly #timeline: Timeline;
  readonly #firstDay: number;
  readonly #positions: Spans;
  /** Undefined in a new history. */
  readonly #resumeAt: number | undefined;
  #toldUntil: number;
  #savedAt = 0;

  private constructor(options: FeedOptions, life: Life, client: IngestClient, remembered: Remembered) {
    this.#options = options;
    this.#life = life;
    this.#client = client;
    this.#story = remembered.story;
    this.#timeline = remembered.timeline;
    this.#firstDay = remembered.firstDay;
    this.#positions = remembered.positions;
    this.#resumeAt = remembered.resumeAt;
    this.#toldUntil = remembered.resumeAt ?? life.calendar.startOf(remembered.firstDay);
  }

  /** Reads the city pack and what the last run left. @throws FeedFault when there is no pack */
  static async open(options: FeedOptions): Promise<Feed> {
    const now = options.now();
    const pack = await readLifePack(options.city).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new FeedFault(`The city pack in ${options.city} cannot be read: ${reason}`);
    });
    const life = new Life(pack, new Calendar(pack.city.timeZone, now), options.seed);
    const client = new IngestClient(options);
    const story = `${pack.city.id}/${options.seed}`;
    const state = await readState(options.stateDir, story);
    return new Feed(options, life, client, {
      story,
      timeline: new Timeline(state?.timeline ?? []).atSpeed(options.speed, now),
      firstDay: state?.firstDay ?? life.calendar.dayOf(now) - options.days,
      positions: new Spans(state?.positions),
      resumeAt: state?.toldUntil,
    });
  }

  /** Runs until it is stopped. @throws FeedFault when the gateway will not take the demo */
  async run(): Promise<void> {
    const { now, say } = this.#options;
    const chronicle =
      this.#resumeAt === undefined
        ? Chronicle.from(this.#life, this.#firstDay)
        : Chronicle.since(this.#life, this.#resumeAt);
    const began = now();
    const livesFrom = Math.max(
      this.#toldUntil,
      Math.floor((this.#timeline.toShown(began) - LIVED_THROUGH_MS) / MINUTE_MS) * MINUTE_MS,
    );
    try {
      await this.#tellPast(chronicle, livesFrom);
      const live = new LiveFeed({
        life: this.#life,
        chronicle,
        client: this.#client,
        timeline: this.#timeline,
        positions: this.#positions,
        seed: this.#options.seed,
        from: livesFrom,
      });
      say(
        `the city lives${this.#options.speed === 1 ? '' : `, ${this.#options.speed} times as fast as the clock`}`,
      );
      await Promise.all([this.#liveOn(live), this.#fillPast(livesFrom)]);
    } finally {
      await this.#save();
    }
  }

  async #tellPast(chronicle: Chronicle, until: number): Promise<void> {
    const { calendar } = this.#life;
    const first = calendar.dayOf(this.#toldUntil);
    const last = calendar.dayOf(until);
    const began = this.#options.now();
    let saidAt = began;
    let count = 0;
    let sending: Promise<void> = Promise.resolve();
    let sendingUntil = this.#toldUntil;
    const arrive = async (): Promise<void> => {
      await sending;
      this.#toldUntil = sendingUntil;
    };
    for (let day = first; day <= last; day += 1) {
      // The next day is lived while the one before is on its way.
      const end = Math.min(until, calendar.startOf(day + 1));
      const events = chronicle.take(end).map((event) => ({ ...event, at: this.#timeline.toReal(event.at) }));
      await arrive();
      sending = sendEvents(this.#client, events);
      sendingUntil = end;
      // Whoever waits for it next hears of a failure; until then it is no unhandled rejection.
      sending.catch(() => undefined);
      count += events.length;
      if (this.#options.now() - saidAt < SAY_EVERY_MS) continue;
      saidAt = this.#options.now();
      this.#options.say(`history: ${day - first + 1} of ${last - first + 1} days`);
    }
    await arrive();
    if (count > 0)
      this.#options.say(
        `history: ${count} events stand after ${Math.round((this.#options.now() - began) / SECOND_MS)} s`,
      );
    await this.#save();
  }

  async #liveOn(live: LiveFeed): Promise<void> {
    const { now, wait } = this.#options;
    let refused = 0;
    let saidAt = now();
    for (;;) {
      const isPresent = await live.step(now());
      this.#toldUntil = live.toldUntil;
      if (now() - this.#savedAt >= SAVE_EVERY_MS) await this.#save();
      const total = [...this.#client.refused.values()].reduce((sum, count) => sum + count, 0);
      if (total > refused && now() - saidAt >= SAY_REFUSED_EVERY_MS) {
        const codes = Array.from(this.#client.refused, ([code, count]) => `${code} ${count}`).join(', ');
        this.#options.say(`refused so far: ${codes}`);
        refused = total;
        saidAt = now();
      }
      if (isPresent) await wait(SECOND_MS - (now() % SECOND_MS));
    }
  }

  async #fillPast(until: number): Promise<void> {
    const { calendar } = this.#life;
    const past = new PastPositions({
      life: this.#life,
      client: this.#client,
      positions: this.#positions,
      seed: this.#options.seed,
      rest: async (workedMs) => {
        await this.#options.wait(workedMs * (1 / FILLING_SHARE - 1));
      },
    });
    const since = calendar.startOf(this.#firstDay);
    // Where the demo's clock ran faster nobody could walk as the phones say.
    const end = Math.min(until, Math.floor(this.#timeline.realUntil / MINUTE_MS) * MINUTE_MS);
    const days = calendar.dayOf(end) - this.#firstDay + 1;
    await past.fill(since, end, async (day) => {
      await this.#save();
      const { date } = calendar.nameOf(calendar.startOf(day));
      this.#options.say(`positions: ${date} is filled in, ${calendar.dayOf(end) - day + 1} of ${days} days`);
    });
  }

  async #save(): Promise<void> {
    this.#savedAt = this.#options.now();
    await writeState(this.#options.stateDir, {
      version: 1,
      story: this.#story,
      firstDay: this.#firstDay,
      timeline: this.#timeline.pieces,
      toldUntil: this.#toldUntil,
      positions: this.#positions.list,
    });
  }
}

interface Remembered {
  readonly story: string;
  readonly timeline: Timeline;
  readonly firstDay: number;
  readonly positions: Spans;
  readonly resumeAt: number | undefined;
}
