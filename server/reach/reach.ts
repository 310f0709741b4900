import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { City } from '@maplewall/shared/domain/city.ts';
import {
  epochMs,
  minuteNo,
  minuteOf,
  startOfMinute,
  type EpochMs,
  type MinuteNo,
} from '@maplewall/shared/domain/units.ts';
import { ageLimitsOf } from '@maplewall/shared/rules/fix-age.ts';
import { speedsOf } from '@maplewall/shared/rules/travel.ts';
import type { CoverageShares } from '@maplewall/shared/wire/coverage.ts';
import type { DayTruth } from '@maplewall/shared/wire/truth.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Clock } from '../clock.ts';
import type { History } from '../history/history.ts';
import { localDayOf, minuteName } from '../history/local-day.ts';
import { Backlog } from './backlog.ts';
import { CourseStore } from './course-store.ts';
import { dayTruth } from './day-truth.ts';
import type { Feature } from './geo-json.ts';
import { moversOf } from './movers.ts';
import type { Outcome } from './outcomes.ts';
import type { AskedMoment, Questions, Shares, Topic } from './reach-messages.ts';
import { ReachAway, ReachThread, type Ready } from './reach-thread.ts';

export interface ReachOptions {
  readonly city: City;
  readonly cityDir: string;
  readonly logFile: string;
  /** Where the graph of the streets is kept. */
  readonly cacheFile: string;
  /** Where the course of coverage is kept. */
  readonly courseFile: string;
  /** The world of now. */
  readonly world: World;
  readonly history: Pick<History, 'calendarDay' | 'day' | 'minute' | 'timeZone'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export type CoursePoint = { readonly minute: MinuteNo; readonly shares: CoverageShares };

/** A question that cannot be answered now, and why. */
export type Unanswered = 'notYet' | 'away';

/** A day is filled in from coarse to fine, so that its curve is there early. */
const FILL_STEPS = [15, 5, 1];

/**
 * Reach and coverage for the rest of the gateway: takes the present from the world and the past from history, has a thread
 * work it out, and keeps the course by the minute.
 */
export class Reach {
  readonly #options: ReachOptions;
  readonly #thread: ReachThread;
  readonly #course: CourseStore;
  readonly #timer: NodeJS.Timeout;
  readonly #minutes: Backlog<MinuteNo>;
  readonly #incidents: Backlog<Outcome>;
  #noted: MinuteNo | undefined;
  #stopped = false;

  private constructor(options: ReachOptions, course: CourseStore) {
    const { cityDir, logFile, cacheFile, logger } = options;
    this.#options = options;
    this.#course = course;
    this.#thread = new ReachThread({ cityDir, cacheFile, logFile }, logger);
    this.#minutes = new Backlog(
      (minute) => this.#fillMinute(minute),
      (error) => logger.error({ error }, 'the coverage of a past minute could not be worked out'),
    );
    this.#incidents = new Backlog(
      (outcome) => this.#predict(outcome),
      (error) => logger.error({ error }, 'what was to be expected of an incident could not be worked out'),
    );
    this.#timer = setInterval(() => void this.#noteMinute(), 1_000);
  }

  static async open(options: ReachOptions): Promise<Reach> {
    const describes = createHash('sha256')
      .update(JSON.stringify([options.city.precincts, speedsOf(options.city), options.city.posts]))
      .digest('hex');
    const open = (): CourseStore => new CourseStore(options.courseFile, describes);
    try {
      return new Reach(options, open());
    } catch (error) {
      options.logger.warn({ error }, 'the course of coverage cannot be read; it is made again');
      for (const ending of ['', '-wal', '-shm']) await rm(`${options.courseFile}${ending}`, { force: true });
      return new Reach(options, open());
    }
  }

  /** Undefined while the streets are being joined. */
  get ready(): Ready | undefined {
    return this.#thread.ready;
  }

  /** Asks about the present, or about a past second. */
  async ask<T extends Exclude<Topic, 'reach' | 'outcomes'>>(
    topic: T,
    at: EpochMs | undefined,
    rest: Omit<Questions[T]['ask'], 'moment'>,
  ): Promise<Questions[T]['answer'] | Unanswered> {
    const moment = at === undefined ? this.#now() : await this.#past(at);
    if (moment === undefined) return 'notYet';
    return this.#answered(topic, { ...rest, moment } as unknown as Questions[T]['ask']);
  }

  /** Who could be at a place first; at the present with their names, as the world has them. */
  async arrivals(
    at: EpochMs | undefined,
    place: { readonly lng: number; readonly lat: number },
    most: number,
  ): Promise<readonly Feature[] | Unanswered> {
    // Who holds a slot now is looked up before anybody can leave it.
    const { responderIds } = this.#options.world.positions;
    const holders = at === undefined ? [...responderIds] : [];
    const found = await this.ask('arrivals', at, { ...place, most });
    if (typeof found === 'string') return found;
    return found.map(({ properties: { key, ...properties }, ...rest }) => {
      const id = holders[Number(key)];
      const responder = id === undefined ? undefined : this.#options.world.responders.get(id);
      return {
        ...rest,
        properties: { responderId: id ?? null, callSign: responder?.callSign ?? null, ...properties },
      };
    });
  }

  reach(question: Questions['reach']['ask']): Promise<Questions['reach']['answer'] | Unanswered> {
    return this.#answered('reach', question);
  }

  /** The course of a day so far; what of it is missing is worked out meanwhile. Undefined when there is no such day. */
  course(day: string, area: number): readonly CoursePoint[] | undefined {
    const found = this.#options.history.calendarDay(day);
    if (found === undefined) return undefined;
    // Before the first record of a day nothing is known of it.
    const first = this.#options.history.day(day)?.minutes[0]?.startsAt ?? found.endsAt;
    const from = minuteOf(first);
    const to = minuteOf(epochMs(Math.min(found.endsAt, this.#options.clock.now())));
    this.#fill(day, from, to);
    return this.#course.course(from, to, area);
  }

  /** How the half minutes of a day went; what was to be expected of each incident is worked out meanwhile. */
  async truth(day: string): Promise<DayTruth | 'noSuchDay' | 'away'> {
    const { history, clock } = this.#options;
    const found = history.calendarDay(day);
    if (found === undefined) return 'noSuchDay';
    const outcomes = await this.#answered('outcomes', { from: found.startsAt, to: found.endsAt });
    if (outcomes === 'away') return 'away';
    const predictionOf = ({ incidentId, receivedAt }: Outcome) =>
      this.#course.prediction(incidentId, receivedAt);
    this.#incidents.begin(
      day,
      outcomes.filter((outcome) => predictionOf(outcome) === undefined),
    );
    return dayTruth(outcomes, predictionOf, clock.now());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    const left = Promise.all([this.#minutes.stop(), this.#incidents.stop()]);
    await this.#thread.stop();
    await left;
    this.#course.close();
  }

  async #answered<T extends Topic>(
    topic: T,
    ask: Questions[T]['ask'],
  ): Promise<Questions[T]['answer'] | 'away'> {
    try {
      return await this.#thread.ask(topic, ask);
    } catch (error) {
      if (error instanceof ReachAway) return 'away';
      throw error;
    }
  }

  #now(): AskedMoment {
    const { world, city, clock } = this.#options;
    const at = clock.now();
    return {
      kind: 'live',
      at,
      movers: moversOf(world, at, city.posts, ageLimitsOf(city)),
    };
  }

  async #past(at: EpochMs): Promise<AskedMoment | undefined> {
    const { history } = this.#options;
    const day = localDayOf(at, history.timeZone);
    const found = await history.minute(day, minuteName(startOfMinute(minuteOf(at)), history.timeZone));
    return typeof found === 'string' ? undefined : { kind: 'past', at, segment: found.bytes };
  }

  /** Once a minute: how it stands now. */
  async #noteMinute(): Promise<void> {
    const minute = minuteOf(this.#options.clock.now());
    if (minute === this.#noted || this.#thread.ready === undefined) return;
    this.#noted = minute;
    try {
      const shares = await this.ask('shares', undefined, {});
      if (typeof shares !== 'string') this.#keep(minute, shares);
    } catch (error) {
      this.#options.logger.error({ error }, 'the coverage of this minute could not be worked out');
    }
  }

  #keep(minute: MinuteNo, { areas }: Shares): void {
    // The course is kept of the city and its precincts, which stand first.
    const kept = areas.slice(0, 1 + this.#options.city.precincts.length);
    if (!this.#stopped)
      this.#course.set(
        minute,
        kept.map(({ shares }) => shares),
      );
  }

  #fill(day: string, from: MinuteNo, to: MinuteNo): void {
    const known = this.#course.known(from, to);
    const missing = new Set<MinuteNo>();
    for (const step of FILL_STEPS)
      for (let minute = from; minute < to; minute = minuteNo(minute + 1))
        if (minute % step === 0 && !known.has(minute)) missing.add(minute);
    this.#minutes.begin(day, [...missing]);
  }

  async #fillMinute(minute: MinuteNo): Promise<'goOn' | 'leaveOff'> {
    const shares = await this.ask('shares', startOfMinute(minute), {});
    if (shares === 'away') return 'leaveOff';
    if (shares !== 'notYet') this.#keep(minute, shares);
    return 'goOn';
  }

  async #predict({ incidentId, receivedAt, lng, lat }: Outcome): Promise<'goOn' | 'leaveOff'> {
    // A second before it came in: with it, those nearest were asked, and are free no more.
    const found = await this.ask('prediction', epochMs(receivedAt - 1_000), { lng, lat });
    if (found === 'away') return 'leaveOff';
    if (found !== 'notYet' && !this.#stopped) this.#course.setPrediction(incidentId, receivedAt, found);
    return 'goOn';
  }
}
