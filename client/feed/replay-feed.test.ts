import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, frameNo, minuteOf, seqNo, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { encodeFrame } from '@maplewall/shared/frame/encode-frame.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import { encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { encodeSegment } from '@maplewall/shared/frame/segment.ts';
import type { HistoryDay, KnownDayDetail } from '@maplewall/shared/wire/history.ts';
import { putInEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { describe, expect, it } from 'vitest';
import type { FeedBatch, FeedState } from './feed.ts';
import type { MinuteRef } from './history-index.ts';
import type { HistorySource } from './history-source.ts';
import { ManualTimer, settle } from './manual-timer.ts';
import { openSegment, type LoadedSegment } from './open-segment.ts';
import { ReplayFeed } from './replay-feed.ts';

/** Midnight of 2026-11-22 in Longgang; the days of this history follow one another. */
const MIDNIGHT = 1_795_276_800_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const dayName = (day: number): string => `2026-11-2${2 + day}`;
const at = (day: number, minute: number, second = 0): EpochMs =>
  epochMs(MIDNIGHT + day * DAY_MS + minute * MINUTE_MS + second * 1000);

/** History in memory, with levers. Each minute lets one person check in at its tenth second. */
class Past implements HistorySource {
  readonly fetched: string[] = [];
  readonly versions: string[] = [];
  isBroken = false;
  /** Days whose replay has ended. */
  readonly goneDays = new Set<number>();
  readonly #minutes = new Map<number, number[]>();
  /** How many seconds of a minute there are. */
  runsUntil = (_day: number, _minute: number): number => 60;
  /** What came late to all minutes makes other versions of them. */
  version = 'first';

  constructor(...minutes: readonly (readonly [day: number, minute: number])[]) {
    for (const [day, minute] of minutes) this.add(day, minute);
  }

  add(day: number, minute: number): void {
    this.#minutes.set(day, [...(this.#minutes.get(day) ?? []), minute]);
  }

  async days() {
    return this.#answer(() => ({
      timeZone: 'Asia/Shanghai',
      days: [...this.#minutes.keys()].map((day) => this.#day(day)),
      filling: null,
    }));
  }

  async day(name: string) {
    return this.#answer((): KnownDayDetail => {
      const day = [...this.#minutes.keys()].find((one) => dayName(one) === name) ?? -1;
      const minutes = (this.#minutes.get(day) ?? []).map((minute) => ({
        minute: String(minute),
        startsAt: at(day, minute),
        ...(this.runsUntil(day, minute) < 60
          ? { etag: '', until: at(day, minute, this.runsUntil(day, minute)) }
          : { etag: this.version }),
      }));
      return { ...this.#day(day), minutes };
    });
  }

  async segment({ day: name, minute, version }: MinuteRef): Promise<Result<LoadedSegment>> {
    this.fetched.push(`${name} ${minute}`);
    this.versions.push(version);
    const bytes = await this.#answer(() => {
      const day = [...this.#minutes.keys()].find((one) => dayName(one) === name) ?? -1;
      return segmentOf(at(day, Number(minute)), this.runsUntil(day, Number(minute)));
    });
    return bytes.ok ? openSegment(bytes.value) : bytes;
  }

  #day(day: number): HistoryDay {
    const count = this.#minutes.get(day)?.length ?? 0;
    return {
      day: dayName(day),
      startsAt: at(day, 0),
      endsAt: at(day + 1, 0),
      minutesWithRecords: count,
      minutesSealed: count,
      hours: [],
      ...(this.goneDays.has(day) ? { replayGone: true as const } : {}),
    };
  }

  async #answer<T>(make: () => T): Promise<Result<T>> {
    await settle();
    return this.isBroken ? fail('server.unavailable') : ok(make());
  }
}

function segmentOf(start: EpochMs, seconds = 60): Uint8Array {
  const world = emptyWorld();
  const builder = new FrameBuilder(world);
  builder.cut(start);
  const keyframe = encodeKeyframe(world, frameNo(1));
  const frames: Uint8Array[] = [];
  for (let second = 1; second <= seconds; second++) {
    const now = epochMs(start + second * 1000);
    if (second === 10)
      builder.add({
        type: 'event',
        seq: seqNo(1),
        at: now,
        receivedAt: now,
        source: 'past' as SourceId,
        mode: 'Test',
        key: 'k',
        event: {
          kind: 'responder.checkedIn',
          responderId: `P${start}` as ResponderId,
          responderKind: 'officer',
          callSign: 'P',
        },
      });
    frames.push(encodeFrame(builder.cut(now)));
  }
  return putInEnvelope(encodeSegment({ minute: minuteOf(start), keyframe, frames }), false);
}

class Screen {
  readonly batches: FeedBatch[] = [];
  readonly states: FeedState[] = [];
  onBatch = (batch: FeedBatch): Result<void> => {
    this.batches.push(batch);
    return ok(undefined);
  };
  onState = (state: FeedState): void => {
    this.states.push(state);
  };
  /** The time of the last thing that was applied. */
  get newestAt(): number {
    const last = this.batches.at(-1);
    return last?.frames.at(-1)?.at ?? last?.keyframe?.world.at ?? 0;
  }
}

async function start(past: Past, startAt: EpochMs) {
  const timer = new ManualTimer();
  const screen = new Screen();
  const feed = new ReplayFeed({ source: past, timer, startAt });
  feed.start(screen);
  for (let turn = 0; turn < 12; turn++) await settle();
  return { timer, screen, feed };
}

async function startThen(past: Past, startAt: EpochMs) {
  const timer = new ManualTimer();
  const screen = new Screen();
  const feed = new ReplayFeed({ source: past, sourceThen: past, timer, startAt, knowledge: 'then' });
  feed.start(screen);
  for (let turn = 0; turn < 12; turn++) await settle();
  return { timer, screen, feed };
}

const TWO = [
  [0, 600],
  [0, 601],
] as const;

describe('a replay', () => {
  it('[FED1] begins where it is told, with the keyframe and the frames up to there', async () => {
    const { screen, feed } = await start(new Past(...TWO), at(0, 600, 30));
    expect(screen.batches[0]).toMatchObject({ jumped: true, frames: [] });
    expect(screen.batches[0]?.keyframe).toBeDefined();
    expect(screen.newestAt).toBe(at(0, 600, 30));
    expect(feed.state).toEqual({ kind: 'playing' });
    expect(feed.shownAt()).toBe(at(0, 600, 30));
  });

  it('plays at its speed, from minute to minute, without a jump between them', async () => {
    const { screen, feed, timer } = await start(new Past(...TWO), at(0, 600, 30));
    feed.playback.setSpeed(10);
    await timer.pass(5_000);
    expect(Math.abs(feed.shownAt() - at(0, 601, 20))).toBeLessThan(50);
    expect(Math.abs(screen.newestAt - at(0, 601, 20))).toBeLessThanOrEqual(1_000);
    const keyframes = screen.batches.filter(({ keyframe }) => keyframe !== undefined);
    expect(keyframes.map(({ jumped }) => jumped)).toEqual([true, false]);
    const times = screen.batches.flatMap(({ frames }) => frames.map((frame) => frame.at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
  });

  it('stands at the next and the previous event of the log, in whichever minute it is', async () => {
    const { feed, timer } = await start(new Past(...TWO), at(0, 600, 30));
    feed.playback.stepToEvent(1);
    await timer.pass(1_000);
    expect([feed.shownAt(), feed.state.kind]).toEqual([at(0, 601, 10), 'paused']);
    feed.playback.stepToEvent(-1);
    await timer.pass(1_000);
    expect(feed.shownAt()).toBe(at(0, 600, 10));
    feed.playback.stepToEvent(-1);
    await timer.pass(1_000);
    expect(feed.shownAt()).toBe(at(0, 600, 10));
  });

  it('stands still while paused and goes on from there', async () => {
    const { feed, timer } = await start(new Past(...TWO), at(0, 600, 5));
    feed.playback.pause();
    expect(feed.state).toEqual({ kind: 'paused' });
    const stood = feed.shownAt();
    await timer.pass(20_000);
    expect(feed.shownAt()).toBe(stood);
    feed.playback.play();
    await timer.pass(1_000);
    expect(feed.shownAt()).toBe(stood + 1_000);
  });

  it('looks once a minute what came late to the day that it plays, and plays that from the next minute on', async () => {
    const past = new Past([0, 600], [0, 601], [0, 602], [0, 603]);
    const { timer, feed, screen } = await start(past, at(0, 600));
    feed.playback.pause();
    past.version = 'second';
    await timer.pass(61_000);
    expect(past.versions[0]).toBe('first');
    const anew = past.fetched.filter((_, index) => past.versions[index] === 'second');
    expect(anew).toEqual([601, 602, 603].map((minute) => `${dayName(0)} ${minute}`));
    feed.playback.play();
    await timer.pass(65_000);
    expect(screen.newestAt).toBeGreaterThan(at(0, 601));
    // Each version of a minute is fetched once.
    const asked = past.fetched.map((minute, index) => `${minute} ${past.versions[index]}`);
    expect(asked).toEqual([...new Set(asked)]);
  });

  it('seeks back as well, with a keyframe', async () => {
    const { screen, feed, timer } = await start(new Past(...TWO), at(0, 601, 30));
    feed.playback.seek(at(0, 600, 15));
    expect(feed.state).toEqual({ kind: 'loading' });
    for (let turn = 0; turn < 12; turn++) await settle();
    await timer.pass(100);
    expect(screen.newestAt).toBe(at(0, 600, 15));
    expect(screen.batches.findLast(({ keyframe }) => keyframe !== undefined)?.jumped).toBe(true);
  });

  it('steps to a later moment without a jump, from minute to minute, with every frame and each minute read once', async () => {
    const past = new Past(...TWO);
    const { screen, feed, timer } = await start(past, at(0, 600, 57));
    feed.playback.pause();
    for (const second of [58.5, 59, 60, 61.04]) {
      feed.playback.stepTo(at(0, 600, second));
      expect(feed.state).toEqual({ kind: 'paused' });
      expect(feed.shownAt()).toBe(at(0, 600, second));
    }
    await timer.pass(1_000);
    expect(feed.shownAt()).toBe(at(0, 600, 61.04));
    const keyframes = screen.batches.filter(({ keyframe }) => keyframe !== undefined);
    expect(keyframes.map(({ jumped }) => jumped)).toEqual([true, false]);
    const seconds = screen.batches.flatMap(({ frames }) => frames.map((frame) => frame.at));
    expect(seconds.slice(-4)).toEqual([58, 59, 60, 61].map((second) => at(0, 600, second)));
    expect(past.fetched.length).toBe(new Set(past.fetched).size);
  });

  it('steps no further than what is there, goes on when it is asked again, and steps back by a jump', async () => {
    const minutes = Array.from({ length: 10 }, (_, minute) => [0, 600 + minute] as const);
    const { screen, feed, timer } = await start(new Past(...minutes), at(0, 600, 30));
    feed.playback.pause();
    feed.playback.stepTo(at(0, 609, 5));
    expect(feed.state).toEqual({ kind: 'loading' });
    expect(feed.shownAt()).toBeLessThan(at(0, 609, 5));
    for (let turn = 0; turn < 10; turn += 1) {
      await timer.pass(100);
      feed.playback.stepTo(at(0, 609, 5));
    }
    expect(feed.state).toEqual({ kind: 'paused' });
    expect(screen.newestAt).toBe(at(0, 609, 5));
    feed.playback.stepTo(at(0, 600, 15));
    await timer.pass(200);
    expect(screen.newestAt).toBe(at(0, 600, 15));
    expect(screen.batches.findLast(({ keyframe }) => keyframe !== undefined)?.jumped).toBe(true);
  });

  it('names a gap, runs through it, and shows the world as it was last known', async () => {
    const { screen, feed, timer } = await start(new Past([0, 600], [0, 603]), at(0, 600, 58));
    await timer.pass(4_000);
    expect(feed.state).toEqual({ kind: 'gap', until: at(0, 603) });
    expect(screen.newestAt).toBe(at(0, 601));
    feed.playback.setSpeed(600);
    await timer.pass(250);
    expect(feed.state.kind).toBe('playing');
    expect(screen.newestAt).toBeGreaterThan(at(0, 603));
  });

  it('shows the last world known when somebody jumps into a gap, also across days', async () => {
    const { screen, feed } = await start(new Past([0, 600], [1, 700]), at(1, 5));
    expect(feed.state).toEqual({ kind: 'gap', until: at(1, 700) });
    expect(screen.newestAt).toBe(at(0, 601));
    expect(screen.batches[0]?.jumped).toBe(true);
  });

  it('says of a day that is not kept for replay any more that it is gone, and of a gap of a later one that it is a gap', async () => {
    const past = new Past([0, 600], [2, 700]);
    past.goneDays.add(0);
    expect((await start(past, at(0, 600))).feed.state).toEqual({ kind: 'gone', until: at(2, 700) });
    expect((await start(past, at(1, 5))).feed.state).toEqual({ kind: 'gap', until: at(2, 700) });
  });

  it('shows nothing before the beginning of history', async () => {
    const { screen, feed } = await start(new Past([1, 700]), at(0, 5));
    expect(feed.state).toEqual({ kind: 'gap', until: at(1, 700) });
    expect(screen.batches[0]?.keyframe?.world.responders.size).toBe(0);
  });

  it('ends where history ends, and goes on when there is more', async () => {
    const past = new Past([0, 600]);
    const { screen, feed, timer } = await start(past, at(0, 600, 58));
    await timer.pass(3_000);
    expect(feed.state).toEqual({ kind: 'ended', at: at(0, 601) });
    expect(feed.shownAt()).toBe(at(0, 601));
    past.add(0, 601);
    await timer.pass(8_000);
    expect(feed.state.kind).toBe('playing');
    expect(screen.newestAt).toBeGreaterThan(at(0, 601));
    expect(screen.states.filter(({ kind }) => kind === 'loading').length).toBeLessThanOrEqual(2);
  });

  it('says what failed and comes back by itself', async () => {
    const past = new Past(...TWO);
    past.isBroken = true;
    const { feed, timer } = await start(past, at(0, 600));
    expect(feed.state).toMatchObject({ kind: 'failed', fault: { code: 'server.unavailable' } });
    past.isBroken = false;
    await timer.pass(6_000);
    expect(feed.state.kind).toBe('playing');
    expect(feed.shownAt()).toBeLessThan(at(0, 600, 2));
  });

  it('shows the same moment as the wall knew it, and as it is known now, from one or the other source', async () => {
    const now = new Past(...TWO);
    const then = new Past(...TWO);
    const timer = new ManualTimer();
    const screen = new Screen();
    const feed = new ReplayFeed({ source: now, sourceThen: then, timer, startAt: at(0, 600, 30) });
    feed.start(screen);
    await timer.pass(200);
    expect(then.fetched).toEqual([]);
    const before = screen.batches.length;
    feed.playback.setKnowledge('then');
    await timer.pass(200);
    expect(feed.playback.knowledge).toBe('then');
    expect(then.fetched[0]).toBe(`${dayName(0)} 600`);
    expect(screen.batches[before]).toMatchObject({ jumped: true });
    expect(Math.abs(screen.newestAt - at(0, 600, 30))).toBeLessThanOrEqual(1_000);
    expect(feed.state).toEqual({ kind: 'playing' });
  });

  it('follows the present a little behind, through a minute that still runs', async () => {
    const past = new Past(...TWO);
    let running = 20;
    past.runsUntil = (_, minute) => (minute === 601 ? running : 60);
    const { feed, timer, screen } = await startThen(past, at(0, 601, 5));
    for (let second = 0; second < 50; second += 1) {
      running += 1;
      await timer.pass(1_000);
    }
    expect(past.fetched.length).toBeGreaterThan(2);
    expect(feed.state).toEqual({ kind: 'playing' });
    expect(Math.abs(feed.shownAt() - at(0, 601, 55))).toBeLessThan(1_500);
    const times = screen.batches.flatMap(({ frames }) => frames.map((frame) => frame.at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const keyframes = screen.batches.filter(({ keyframe }) => keyframe !== undefined);
    expect(keyframes.map(({ jumped }) => jumped)).toEqual(keyframes.map(() => true));
  });

  it('fetches ahead, and each minute once', async () => {
    const past = new Past(...TWO, [0, 602], [0, 603]);
    const { feed, timer } = await start(past, at(0, 600));
    feed.playback.setSpeed(60);
    await timer.pass(2_500);
    expect(past.fetched.toSorted()).toEqual([600, 601, 602, 603].map((minute) => `${dayName(0)} ${minute}`));
  });

  it('[FED5] is silent after stop', async () => {
    const { screen, feed, timer } = await start(new Past(...TWO), at(0, 600));
    feed.stop();
    const told = screen.batches.length + screen.states.length;
    await timer.pass(60_000);
    expect(screen.batches.length + screen.states.length).toBe(told);
  });
});
