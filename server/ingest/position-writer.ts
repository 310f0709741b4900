import { crc32 } from 'node:zlib';
import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { PositionsDraft } from '@maplewall/shared/domain/record.ts';
import type { FixColumns } from '@maplewall/shared/domain/position.ts';
import { epochMs, toE5, type EpochMs, type Seq } from '@maplewall/shared/domain/units.ts';
import type { Clock } from '../clock.ts';
import type { Appended, Log } from '../log/log.ts';
import { FixGroup } from './fix-group.ts';
import { fixesNotIn } from './fixes-not-in.ts';
import type { FixRow } from './fix-row.ts';
import { LogUnavailable } from './log-unavailable.ts';

/** How long fixes that come one by one wait for company. */
const WAIT_MS = 4;
/** A unit of this many fixes waits no longer. */
const ENOUGH = 1_000;

/** The hash FNV-1a, over whole numbers instead of bytes. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const hex = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0');

/** Fixes that go into the log with one append: one group, and so one record, for each minute. */
export interface WritingUnit {
  readonly source: SourceId;
  readonly mode: Mode;
  /** '' for fixes of many requests; a batch with a key has a unit of its own. */
  readonly key: string;
  readonly groups: Map<number, FixGroup>;
  count: number;
  /** Resolves when all is on disk, rejects when nothing of it is; one answer for each group, in their order. */
  readonly written: Promise<readonly Appended[]>;
}

interface OpenUnit extends WritingUnit {
  readonly resolve: (appended: readonly Appended[]) => void;
  readonly reject: (error: unknown) => void;
  /** By minute: a hash over every fix of the batch, taken or not. */
  readonly offered: Map<number, number>;
  timer: NodeJS.Timeout | undefined;
  lastMinute: number;
  lastGroup: FixGroup | undefined;
}

/** Collects accepted fixes into records (ING8) and appends them. */
export class PositionWriter {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #failed: (unit: WritingUnit, error: unknown) => void;
  readonly #shared = new Map<string, OpenUnit>();
  readonly #unwritten = new Set<Promise<unknown>>();

  /** `failed` is told once of each unit that could not be written. */
  constructor(log: Log, clock: Clock, failed: (unit: WritingUnit, error: unknown) => void) {
    this.#log = log;
    this.#clock = clock;
    this.#failed = failed;
  }

  /** The unit that collects the fixes of this source and mode just now; it is written by itself in a few milliseconds. */
  sharedUnit(source: SourceId, mode: Mode): WritingUnit {
    const name = `${mode} ${source}`;
    const open = this.#shared.get(name);
    if (open !== undefined) return open;
    const unit = makeUnit(source, mode, '');
    this.#shared.set(name, unit);
    unit.timer = setTimeout(() => this.flush(unit), WAIT_MS);
    return unit;
  }

  /** A unit that belongs to one batch; it is written when it is flushed. */
  ownUnit(source: SourceId, mode: Mode, key: string): WritingUnit {
    return makeUnit(source, mode, key);
  }

  /**
   * Tells a batch with a key of each of its fixes, before they are judged. A record's key follows from what the batch
   * says of its minute, and not from what was taken of it: that depends on what is known by then, and would make the
   * same batch another one when it is sent again.
   */
  offer(given: WritingUnit, { responderId, lng, lat, fixAtMs }: FixRow): void {
    const { offered } = given as OpenUnit;
    const seconds = Math.floor(fixAtMs / 1_000);
    const minute = Math.floor(seconds / 60);
    let hash = offered.get(minute) ?? FNV_OFFSET;
    for (const value of [crc32(responderId), toE5(lng), toE5(lat), seconds])
      hash = Math.imul(hash ^ value, FNV_PRIME);
    offered.set(minute, hash);
  }

  add(given: WritingUnit, row: FixRow, place: number, lngE5: number, latE5: number, seconds: number): void {
    const unit = given as OpenUnit;
    const minute = Math.floor(seconds / 60);
    let group = unit.lastGroup;
    if (group === undefined || unit.lastMinute !== minute) {
      group = unit.groups.get(minute);
      if (group === undefined) {
        group = new FixGroup(16);
        unit.groups.set(minute, group);
      }
      unit.lastGroup = group;
      unit.lastMinute = minute;
    }
    group.add(row, place, lngE5, latE5, seconds);
    unit.count += 1;
  }

  /** Writes a unit now if it is large. */
  flushIfEnough(unit: WritingUnit): void {
    if (unit.count >= ENOUGH) this.flush(unit);
  }

  flush(given: WritingUnit): void {
    const unit = given as OpenUnit;
    clearTimeout(unit.timer);
    const name = `${unit.mode} ${unit.source}`;
    if (this.#shared.get(name) === unit) this.#shared.delete(name);
    const receivedAt = this.#clock.now();
    const drafts = Array.from(unit.groups, ([minute, group]) =>
      draftOf(unit, receivedAt, keyOf(unit, minute), group.columns()),
    );
    this.#unwritten.add(unit.written);
    this.#log
      .append(drafts)
      .then(unit.resolve, (error: unknown) => {
        this.#failed(unit, error);
        unit.reject(new LogUnavailable(error));
      })
      .finally(() => this.#unwritten.delete(unit.written));
  }

  /**
   * Writes those fixes of a batch that are not in the records which the log has by their minutes' keys: they were refused when
   * the batch came first (of somebody not on duty yet, say). They get records with keys of their own, `KEY/1`, `KEY/2` …
   * @param known the record of each minute whose key the log knew
   * @returns how many fixes of these minutes were in the log already
   * @throws LogUnavailable
   */
  writeRest(given: WritingUnit, known: ReadonlyMap<number, Seq>): Promise<number> {
    const unit = given as OpenUnit;
    const writing = this.#writeRest(unit, known)
      .catch((error: unknown) => {
        this.#failed(unit, error);
        throw new LogUnavailable(error);
      })
      .finally(() => this.#unwritten.delete(writing));
    this.#unwritten.add(writing);
    return writing;
  }

  /** All minutes at once: one reading and one append for each part, of which there is hardly ever a second. */
  async #writeRest(unit: OpenUnit, first: ReadonlyMap<number, Seq>): Promise<number> {
    const receivedAt = this.#clock.now();
    let known = first;
    const rests = new Map<number, FixColumns>();
    for (const minute of first.keys()) {
      const columns = unit.groups.get(minute)?.columns();
      if (columns !== undefined) rests.set(minute, columns);
    }
    let repeated = 0;
    for (let part = 1; known.size > 0; part += 1) {
      const records = await this.#fixesOf(known.values());
      const drafts: PositionsDraft[] = [];
      const minutes: number[] = [];
      for (const [minute, seq] of known) {
        const before = rests.get(minute);
        if (before === undefined) continue;
        const record = records.get(seq);
        // Forgotten or thinned since: what was taken then is not known any more, and a repetition must not bring it back.
        if (record === undefined) {
          repeated += before.count;
          continue;
        }
        const rest = fixesNotIn(before, record);
        repeated += before.count - rest.count;
        if (rest.count === 0) continue;
        rests.set(minute, rest);
        minutes.push(minute);
        drafts.push(draftOf(unit, receivedAt, `${keyOf(unit, minute)}/${part}`, rest));
      }
      const appended = drafts.length === 0 ? [] : await this.#log.append(drafts);
      known = new Map(
        appended.flatMap(({ seq, repeated: isKnown }, index) => {
          const minute = minutes[index];
          return isKnown && minute !== undefined ? [[minute, seq] as const] : [];
        }),
      );
    }
    return repeated;
  }

  async #fixesOf(seqs: Iterable<Seq>): Promise<ReadonlyMap<Seq, FixColumns>> {
    const found = new Map<Seq, FixColumns>();
    for await (const records of this.#log.read({ seqs: [...seqs], wholeOnly: true }))
      for (const record of records) if (record.type === 'positions') found.set(record.seq, record.fixes);
    return found;
  }

  /** Resolves when everything that was added before is on disk; rejects when something of it could not be written. */
  async settled(): Promise<void> {
    await Promise.all([...this.#unwritten, ...Array.from(this.#shared.values(), ({ written }) => written)]);
  }

  /** Writes what waits and lets it end, one way or the other. */
  async close(): Promise<void> {
    for (const unit of this.#shared.values()) this.flush(unit);
    await Promise.allSettled(this.#unwritten);
  }
}

const keyOf = ({ key, offered }: OpenUnit, minute: number): string =>
  key === '' ? '' : `${key}/${minute}/${hex(offered.get(minute) ?? 0)}`;

function draftOf(
  { source, mode }: WritingUnit,
  receivedAt: EpochMs,
  key: string,
  fixes: FixColumns,
): PositionsDraft {
  let oldestSeconds = Number.POSITIVE_INFINITY;
  for (const seconds of fixes.fixAtSeconds) oldestSeconds = Math.min(oldestSeconds, seconds);
  return { type: 'positions', at: epochMs(oldestSeconds * 1_000), receivedAt, source, mode, key, fixes };
}

function makeUnit(source: SourceId, mode: Mode, key: string): OpenUnit {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Appended[]>();
  // Whoever added to the unit hears of its failure; a unit that nobody waits for is no unhandled rejection.
  promise.catch(() => undefined);
  return {
    source,
    mode,
    key,
    groups: new Map(),
    offered: new Map(),
    count: 0,
    written: promise,
    resolve,
    reject,
    timer: undefined,
    lastMinute: -1,
    lastGroup: undefined,
  };
}
