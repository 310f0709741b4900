import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
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
import type { DayTruth } from '@maplewall/shared/wire/truth.ts';
import type { WhatIfAnswer } from '@maplewall/shared/wire/what-if.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { CityPack } from '../city/read-pack.ts';
import type { Clock } from '../clock.ts';
import type { History } from '../history/history.ts';
import { localDayOf, minuteName, type LocalDay } from '../history/local-day.ts';
import { AskingThread, ThreadAway } from '../thread/asking-thread.ts';
import { withNames } from './arrival-names.ts';
import { Areas } from './areas.ts';
import { Backlog } from './backlog.ts';
import { CourseStore, type CoursePoint, type HistoryVersion } from './course-store.ts';
import { dayTruth } from './day-truth.ts';
import type { Feature } from './geo-json.ts';
import { momentsToTry } from './moments-to-try.ts';
import { moversOf } from './movers.ts';
import type { Outcome } from './outcomes.ts';
import type { AskedMoment, Questions, ReachReady, ReachThreadData, Shares, Topic } from './reach-messages.ts';
import { standingOf, type ReachOfOne, type Whose } from './standing.ts';
import { WhatIfDesk } from './what-if-desk.ts';
import type { WhatIfPolicy } from './work-out-what-if.ts';

export interface ReachOptions {
  readonly pack: CityPack;
  readonly logFile: string;
  /** Where the graph of the streets is kept. */
  readonly cacheFile: string;
  /** Where the course of coverage is kept. */
  readonly courseFile: string;
  /** The world of now. */
  readonly world: World;
  readonly history: Pick<
    History,
    | 'calendarDay'
    | 'day'
    | 'knowsNothingOf'
    | 'minute'
    | 'minutesWithRecords'
    | 'replayFrom'
    | 'timeZone'
    | 'versions'
  >;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Raise it when the same pack and the same history make other figures. */
const COURSE_VERSION = 5;

/** So long after midnight the last incidents of yesterday are still looked at. */
const LATELY_MINUTES = 5;

/** A day is filled in from coarse to fine, so that its curve is there early. */
const FILL_STEPS = [15, 5, 1];

/**
 * Reach and coverage for the rest of the gateway: takes the present from the world and the past from history, has a thread
 * work it out, and keeps the course by the minute.
 */
export class Reach {
  readonly #options: ReachOptions;
  readonly #thread: AskingThread<Questions, ReachReady>;
  readonly #course: CourseStore;
  readonly #timer: NodeJS.Timeout;
  readonly #minutes: Backlog<MinuteNo>;
  readonly #incidents: Backlog<Outcome>;
  readonly #whatIf: WhatIfDesk;
  #noted: MinuteNo | undefined;
  #stopped = false;

  private constructor(options: ReachOptions, course: CourseStore) {
    const { pack, logFile, cacheFile, logger } = options;
    this.#options = options;
    this.#course = course;
    this.#thread = new AskingThread({
      module: new URL('reach-worker.ts', import.meta.url),
      workerData: { pack, cacheFile, logFile } satisfies ReachThreadData,
      name: 'reach',
      logger,
      onReady: ({ streets: { counts } }) => logger.info(counts, 'the streets are joined to a graph'),
    });
    this.#minutes = new Backlog(
      (minute) => this.#fillMinute(minute),
      (error) => logger.error({ error }, 'the coverage of a past minute could not be worked out'),
    );
    this.#incidents = new Backlog(
      (outcome) => this.#predict(outcome),
      (error) => logger.error({ error }, 'what was to be expected of an incident could not be worked out'),
    );
    this.#whatIf = new WhatIfDesk({
      history: options.history,
      clock: options.clock,
      past: (at) => this.#past(at),
      ask: (topic, ask) => this.#answered(topic, ask),
      onError: (error) =>
        logger.error({ error }, 'who could be asked about an incident could not be looked up'),
    });
    this.#timer = setInterval(() => void this.#noteMinute(), 1_000);
  }

  static async open(options: ReachOptions): Promise<Reach> {
    const { city, hash } = options.pack;
    // The speeds that a pack leaves out are those of the program.
    const describes = JSON.stringify([COURSE_VERSION, hash, speedsOf(city)]);
    const areas = JSON.stringify(new Areas(options.pack).list.map(({ kind, id }) => [kind, id]));
    const open = (): CourseStore =>
      new CourseStore(
        options.courseFile,
        { describes, areas },
        1 + city.precincts.length,
        options.history.replayFrom(),
      );
    try {
      return new Reach(options, open());
    } catch (error) {
      options.logger.warn({ error }, 'the course of coverage cannot be read; it is made again');
      for (const ending of ['', '-wal', '-shm']) await rm(`${options.courseFile}${ending}`, { force: true });
      return new Reach(options, open());
    }
  }

  /** Undefined while the streets are being joined. */
  get ready(): ReachReady | undefined {
    return this.#thread.ready;
  }

  /** Asks about the present, or about a past second; of a minute that still runs the last one that is over is told, with its time. */
  async ask<T extends Exclude<Topic, 'reach' | 'reachOf' | 'outcomes' | 'whatIf'>>(
    topic: T,
    at: EpochMs | undefined,
    rest: Omit<Questions[T]['ask'], 'moment'>,
  ): Promise<Result<Questions[T]['answer']>> {
    const moment = at === undefined ? ok(this.#now()) : await this.#newestUpTo(at);
    if (!moment.ok) return moment;
    return this.#answered(topic, { ...rest, moment: moment.value } as unknown as Questions[T]['ask']);
  }

  /** Who could be at a place first, by the names that the world has, or had at a past second. */
  async arrivals(
    at: EpochMs | undefined,
    place: { readonly lng: number; readonly lat: number },
    most: number,
  ): Promise<Result<readonly Feature[]>> {
    // Who holds a slot now is looked up before anybody can leave it.
    const { positions, responders } = this.#options.world;
    const holders = at === undefined ? [...positions.responderIds] : [];
    const found = await this.ask('arrivals', at, { ...place, most });
    return found.ok && at === undefined ? ok(withNames(found.value, holders, responders)) : found;
  }

  /** What one responder or post reaches, from where they are now or were at a past second. */
  async reachOf(
    whose: Whose,
    at: EpochMs | undefined,
    asked: Pick<Questions['reachOf']['ask'], 'mode' | 'seconds' | 'to'>,
  ): Promise<Result<ReachOfOne>> {
    const { world, clock, pack } = this.#options;
    const past = at === undefined ? undefined : await this.#newestUpTo(at);
    if (past?.ok === false) return past;
    const now = past?.value.at ?? clock.now();
    const standing =
      past === undefined
        ? standingOf(world, now, pack.city, whose)
        : ok({ segment: past.value.segment, whose });
    if (!standing.ok) return standing;
    const found = await this.#answered('reachOf', { ...asked, at: now, standing: standing.value });
    return found.ok ? found.value : found;
  }

  reach(question: Questions['reach']['ask']): Promise<Result<Questions['reach']['answer']>> {
    return this.#answered('reach', question);
  }

  way(question: Questions['way']['ask']): Promise<Result<Questions['way']['answer']>> {
    return this.#answered('way', question);
  }

  /** The course of a day so far; what of it is missing, or was made of older history, is worked out meanwhile. */
  course(day: string, area: number): Result<readonly CoursePoint[]> {
    const { history, clock } = this.#options;
    const found = history.calendarDay(day);
    if (found === undefined) return fail('history.day.invalid', 'day');
    // Before the first record of a day nothing is known of it.
    const from = history.minutesWithRecords(found.startsAt, found.endsAt)[0] ?? minuteOf(found.endsAt);
    const to = minuteOf(epochMs(Math.min(found.endsAt, clock.now())));
    this.#fillIn(day, this.#dueMinutes(from, to));
    return ok(this.#course.course(from, to, area));
  }

  /** The course of two ranges, by the minute since each began; what of them is missing is worked out meanwhile. */
  courses(
    ranges: readonly Pick<LocalDay, 'startsAt' | 'endsAt'>[],
    area: number,
  ): readonly (readonly CoursePoint[])[] {
    const now = this.#options.clock.now();
    const spans = ranges.map(({ startsAt, endsAt }) => ({
      from: minuteOf(startsAt),
      to: minuteOf(epochMs(Math.max(startsAt, Math.min(endsAt, now)))),
    }));
    const due = spans.flatMap(({ from, to }) => this.#dueMinutes(from, to));
    this.#fillIn(JSON.stringify(spans), due);
    return spans.map(({ from, to }) => this.#course.course(from, to, area));
  }

  /** How the half minutes of a day went; what was to be expected of each incident is worked out meanwhile. */
  async truth(day: string): Promise<Result<DayTruth>> {
    const { history, clock } = this.#options;
    const found = history.day(day);
    if (found === undefined) return fail('history.day.invalid', 'day');
    const outcomes = await this.#answered('outcomes', { from: found.startsAt, to: found.endsAt });
    if (!outcomes.ok) return outcomes;
    const knownOf = ({ incidentId, receivedAt }: Outcome) => this.#course.expectation(incidentId, receivedAt);
    const versions = history.versions(epochMs(found.startsAt - 60_000), found.endsAt);
    const isDue = (outcome: Outcome): boolean => {
      const known = knownOf(outcome);
      const version = versions.get(minuteOf(momentBefore(outcome)));
      return known === undefined || (version !== undefined && version !== known.version);
    };
    this.#incidents.begin(day, outcomes.value.filter(isDue));
    return ok(dayTruth(outcomes.value, (outcome) => knownOf(outcome)?.expectation, clock.now()));
  }

  /** How it would have gone with another policy; what is not known of the range is looked up meanwhile. */
  async whatIf(from: EpochMs, to: EpochMs, policy: WhatIfPolicy): Promise<Result<WhatIfAnswer>> {
    if (minuteOf(from) < this.#options.history.replayFrom()) return fail('history.minute.gone', 'from');
    return this.#whatIf.answer(from, to, policy);
  }

  /**
   * Minutes that are not known, or were made of another version of history than there is. What was noted live is made anew once:
   * what came late is in history alone. A minute that history makes anew just now is due when that is done.
   */
  #dueMinutes(from: MinuteNo, to: MinuteNo): readonly MinuteNo[] {
    const { history } = this.#options;
    const known = this.#course.versions(from, to);
    const versions = history.versions(startOfMinute(from), startOfMinute(to));
    const first = minuteNo(Math.max(from, history.replayFrom()));
    return Array.from({ length: Math.max(0, to - first) }, (_, index) => minuteNo(first + index)).filter(
      (minute) => {
        const version = known.get(minute);
        return version === undefined || version === '' || version !== (versions.get(minute) ?? version);
      },
    );
  }

  /** Where nothing is missing, what else is being filled in goes on. */
  #fillIn(name: string, due: readonly MinuteNo[]): void {
    if (due.length > 0) this.#minutes.begin(name, coarseToFine(due));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    const left = Promise.all([this.#minutes.stop(), this.#incidents.stop(), this.#whatIf.stop()]);
    await this.#thread.stop();
    await left;
    this.#course.close();
  }

  async #answered<T extends Topic>(
    topic: T,
    ask: Questions[T]['ask'],
  ): Promise<Result<Questions[T]['answer']>> {
    // What is asked while the streets are being joined would wait for them.
    if (this.#thread.ready === undefined) return fail('server.unavailable');
    try {
      return ok(await this.#thread.ask(topic, ask));
    } catch (error) {
      if (error instanceof ThreadAway) return fail('server.unavailable');
      throw error;
    }
  }

  #now(): AskedMoment {
    const {
      world,
      pack: { city },
      clock,
    } = this.#options;
    const at = clock.now();
    return { kind: 'live', at, movers: moversOf(world, at, city.posts, ageLimitsOf(city)) };
  }

  async #newestUpTo(at: EpochMs): Promise<Result<PastMoment>> {
    let first: Result<PastMoment> | undefined;
    for (const moment of momentsToTry(at, this.#options.clock.now())) {
      const found = await this.#past(moment);
      if (found.ok || found.fault.code !== 'history.minute.notYet') return found;
      first ??= found;
    }
    return first ?? fail('history.minute.notYet', 't');
  }

  async #past(at: EpochMs): Promise<Result<PastMoment>> {
    const { history } = this.#options;
    const day = localDayOf(at, history.timeZone);
    const found = await history.minute(day, minuteName(startOfMinute(minuteOf(at)), history.timeZone));
    if (found === 'unavailable') return fail('server.unavailable');
    if (found === 'gone') return fail('history.minute.gone', 't');
    if (typeof found === 'string') return fail('history.minute.notYet', 't');
    return ok({ kind: 'past', at, segment: found.bytes, version: found.etag });
  }

  /** Once a minute: how it stands now. */
  async #noteMinute(): Promise<void> {
    const minute = minuteOf(this.#options.clock.now());
    if (minute === this.#noted || this.#thread.ready === undefined) return;
    this.#noted = minute;
    try {
      const shares = await this.ask('shares', undefined, {});
      if (shares.ok) this.#keep(minute, shares.value, '');
      // What was to be expected of the incidents of this day is worked out while it can be, and not when somebody asks.
      const lately = startOfMinute(minuteNo(minute - LATELY_MINUTES));
      await this.truth(localDayOf(lately, this.#options.history.timeZone).day);
    } catch (error) {
      this.#options.logger.error({ error }, 'the coverage of this minute could not be worked out');
    }
  }

  #keep(minute: MinuteNo, { areas, onDuty }: Shares, version: HistoryVersion): void {
    if (!this.#stopped)
      this.#course.set(
        minute,
        areas.map(({ shares }) => shares),
        onDuty,
        version,
      );
  }

  async #fillMinute(minute: MinuteNo): Promise<'goOn' | 'leaveOff'> {
    const moment = await this.#past(startOfMinute(minute));
    const shares = moment.ok ? await this.#answered('shares', { moment: moment.value }) : moment;
    if (moment.ok && shares.ok) this.#keep(minute, shares.value, moment.value.version);
    return goOnUnlessAway(shares);
  }

  async #predict(outcome: Outcome): Promise<'goOn' | 'leaveOff'> {
    const { incidentId, receivedAt, lng, lat } = outcome;
    const moment = await this.#past(momentBefore(outcome));
    const found = moment.ok ? await this.#answered('prediction', { moment: moment.value, lng, lat }) : moment;
    if (this.#stopped) return 'leaveOff';
    if (moment.ok && found.ok)
      this.#course.setExpectation(incidentId, receivedAt, found.value, moment.value.version);
    else if (isNothingKnown(found) && this.#options.history.knowsNothingOf(minuteOf(momentBefore(outcome))))
      // Should something of it come late after all, there is a version to make it anew of.
      this.#course.setExpectation(incidentId, receivedAt, 'nothingKnown', '');
    return goOnUnlessAway(found);
  }
}

type PastMoment = Extract<AskedMoment, { kind: 'past' }>;

/** A second before it came in: with it, those nearest were asked, and are free no more. */
const momentBefore = ({ receivedAt }: Outcome): EpochMs => epochMs(receivedAt - 1_000);

const isNothingKnown = (found: Result<unknown>): boolean =>
  !found.ok && (found.fault.code === 'history.minute.notYet' || found.fault.code === 'history.minute.gone');

const goOnUnlessAway = (found: Result<unknown>): 'goOn' | 'leaveOff' =>
  !found.ok && found.fault.code === 'server.unavailable' ? 'leaveOff' : 'goOn';

function coarseToFine(minutes: readonly MinuteNo[]): readonly MinuteNo[] {
  const inOrder = new Set<MinuteNo>();
  for (const step of FILL_STEPS) for (const minute of minutes) if (minute % step === 0) inOrder.add(minute);
  return [...inOrder];
}
