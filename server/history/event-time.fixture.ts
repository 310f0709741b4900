import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { Result } from '@maplewall/shared/domain/fault.ts';
import type { LogRecord, PositionsRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs, minuteOf, startOfMinute, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { advance, applyRecord } from '@maplewall/shared/world/fold.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import type { Log } from '../log/log.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import { openSqliteLog } from '../log/sqlite-log.ts';
import type { CityAreas } from './city-areas.ts';
import { HistoryKeeper } from './history-keeper.ts';
import { Sealer } from './sealer.ts';
import { SegmentStore } from './segment-store.ts';

/** A city whose grids and stations are of no precinct: history is asked of time here, not of places. */
export const AREAS: CityAreas = {
  timeZone: 'Asia/Shanghai',
  precinctOfGrid: new Map(),
  precinctOfStation: new Map(),
};

export function sure<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** What happened in a minute of the oracle, second by second. */
type Moment = readonly [second: number, isFix: number, at: number, seq: number, record: LogRecord];

function momentsOf(record: LogRecord): Moment[] {
  if (record.type === 'event') return [[Math.floor(record.at / 1_000), 0, record.at, record.seq, record]];
  const seconds = new Set(record.fixes.fixAtSeconds);
  return [...seconds].map((second) => [second, 1, record.at, record.seq, fixesOf(record, second)]);
}

function fixesOf(record: PositionsRecord, second: number): PositionsRecord {
  const { fixes } = record;
  const rows = [...fixes.fixAtSeconds.keys()].filter((row) => fixes.fixAtSeconds[row] === second);
  const pick = (column: { readonly [row: number]: number }): number[] => rows.map((row) => column[row] ?? 0);
  return {
    ...record,
    fixes: {
      ...fixes,
      count: rows.length,
      who: Uint32Array.from(pick(fixes.who)),
      lngE5: Int32Array.from(pick(fixes.lngE5)),
      latE5: Int32Array.from(pick(fixes.latE5)),
      fixAtSeconds: Uint32Array.from(pick(fixes.fixAtSeconds)),
    },
  };
}

/**
 * The hash of the world at the beginning of each of these minutes: one fold of everything in the order of event time,
 * without segments, indexes or frames.
 */
export function freshHashes(
  records: readonly LogRecord[],
  minutes: readonly MinuteNo[],
): ReadonlyMap<MinuteNo, string> {
  const moments = records
    .flatMap(momentsOf)
    .toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
  const hashes = new Map<MinuteNo, string>();
  const world = emptyWorld();
  let next = 0;
  for (const minute of minutes.toSorted((a, b) => a - b)) {
    for (; next < moments.length; next += 1) {
      const [second, , , , record] = moments[next] ?? [Number.POSITIVE_INFINITY, 0, 0, 0, undefined];
      if (record === undefined || second >= minute * 60) break;
      // The clock stands at the full second before what happens in this one, as it does between frames.
      advance(world, epochMs(second * 1_000));
      applyRecord(world, record);
    }
    advance(world, startOfMinute(minute));
    hashes.set(minute, worldHash(world));
  }
  return hashes;
}

/** A segment played from its keyframe to its end. */
export function played(bytes: Uint8Array): { readonly start: string; readonly end: string } {
  const { deflated, body } = sure(openEnvelope(bytes));
  const segment = sure(decodeSegment(deflated ? new Uint8Array(inflateRawSync(body)) : body));
  const { world } = sure(decodeKeyframe(segment.keyframe));
  const start = worldHash(world);
  for (const frame of segment.frames) sure(applyFrame(world, sure(decodeFrame(frame))));
  if (segment.frames.length !== 60) throw new Error(`${segment.frames.length} frames`);
  return { start, end: worldHash(world) };
}

/** A log in a file and the history of it, in this thread and by a clock that is told. */
export class Archive {
  readonly folder: string;
  readonly log: Log;
  #store: SegmentStore;
  #reader: ReadOnlyLog;
  #keeper: HistoryKeeper;
  now: number;

  private constructor(folder: string, log: Log, now: number) {
    this.folder = folder;
    this.log = log;
    this.now = now;
    this.#store = new SegmentStore(this.file);
    this.#reader = new ReadOnlyLog(this.logFile);
    this.#keeper = new HistoryKeeper(this.#reader, this.#store, AREAS);
  }

  static async open(now: number): Promise<Archive> {
    const folder = await mkdtemp(join(tmpdir(), 'maplewall-history-'));
    const log = await openSqliteLog({ file: join(folder, 'log.db') });
    return new Archive(folder, log, now);
  }

  get file(): string {
    return join(this.folder, 'history.db');
  }
  get knownFile(): string {
    return join(this.folder, 'known.db');
  }
  get logFile(): string {
    return join(this.folder, 'log.db');
  }
  get store(): SegmentStore {
    return this.#store;
  }

  async append(...drafts: RecordDraft[]): Promise<void> {
    await this.log.append(drafts);
  }

  /** Everything that was made is forgotten but for what is on disk. */
  restart(between: () => void = () => undefined): void {
    this.#store.close();
    this.#reader.close();
    between();
    this.#store = new SegmentStore(this.file);
    this.#reader = new ReadOnlyLog(this.logFile);
    this.#keeper = new HistoryKeeper(this.#reader, this.#store, AREAS);
  }

  /** A few steps, as the thread does them. */
  work(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      this.#keeper.step(this.now);
      this.now += 1_000;
    }
  }

  /** A few steps of a thread that seals nothing by itself. */
  count(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      this.#keeper.count(this.now);
      this.now += 3_000;
    }
  }

  /** Works until nothing waits. */
  finish(): void {
    for (let step = 0; step < 3_000; step += 1) {
      this.now += 3_000;
      if (!this.#keeper.step(this.now) && this.#store.dirtyCount() === 0 && step > 15) return;
    }
    throw new Error(`${this.#store.dirtyCount()} minutes wait for ever`);
  }

  /** The sealer by itself, to be told minute by minute. */
  sealer(): Sealer {
    return new Sealer(this.#reader, this.#store);
  }

  ask(minute: MinuteNo): Uint8Array | undefined {
    return this.#keeper.sealNow(minute, this.now)?.bytes;
  }

  /** Every minute that has a segment, with its ETag. */
  segments(): ReadonlyMap<MinuteNo, string> {
    const all = this.#store.list(minuteOf(epochMs(0)), minuteOf(epochMs(4e12)));
    return new Map(all.map(({ minute, etag }) => [minute, etag]));
  }

  async records(): Promise<LogRecord[]> {
    const found: LogRecord[] = [];
    for await (const group of this.log.read({ after: 0 as never })) found.push(...group);
    return found;
  }

  async close(): Promise<void> {
    this.#store.close();
    this.#reader.close();
    await this.log.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

let keys = 0;

/** An event that happened at `at` and came `lateMs` later. */
export function happened(at: number, event: CityEvent, lateMs = 500): RecordDraft {
  keys += 1;
  return {
    type: 'event',
    at: epochMs(at),
    receivedAt: epochMs(at + lateMs),
    source: '110' as SourceId,
    mode: 'Test',
    key: `key-${keys}`,
    event,
  };
}

/** A fix of one responder. */
export function fixed(at: number, responder: string, lngE5: number, lateMs = 500): RecordDraft {
  return {
    type: 'positions',
    at: epochMs(at),
    receivedAt: epochMs(at + lateMs),
    source: 'phones' as SourceId,
    mode: 'Test',
    key: '',
    fixes: {
      count: 1,
      responders: [responder as ResponderId],
      who: Uint32Array.of(0),
      lngE5: Int32Array.of(lngE5),
      latE5: Int32Array.of(2_758_000),
      fixAtSeconds: Uint32Array.of(Math.floor(at / 1_000)),
      deviceAtSeconds: Uint32Array.of(0),
      speed: Uint16Array.of(0xffff),
      course: Uint16Array.of(0xffff),
      accuracy: Uint16Array.of(0xffff),
      battery: Uint8Array.of(0xff),
    },
  };
}
