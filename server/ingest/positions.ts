import { fault, faultSentence, type Fault, type FaultCode } from '@maplewall/shared/domain/fault.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import { toE5 } from '@maplewall/shared/domain/units.ts';
import type { Source } from '../access/source-keys.ts';
import type { Clock } from '../clock.ts';
import { checkPlaceAndTime, isTooFast, LIVE_MS, type Bounds } from './checks.ts';
import type { Counters } from './counters.ts';
import type { Duty, Newcomer } from './duty.ts';
import { FixRow } from './fix-row.ts';
import type { PositionWriter, WritingUnit } from './position-writer.ts';
import { ON_DUTY, UNKNOWN_DUTY, type ResponderTable } from './responder-table.ts';

/** A batch of fixes in any form; `read` fills the row with one of them, or says what is wrong with it. */
export interface FixReader {
  readonly count: number;
  read(index: number, row: FixRow): Fault | undefined;
}

export interface PositionsBatch {
  readonly key: string;
  readonly mode: Mode | undefined;
  readonly fixes: FixReader;
}

export interface RefusedFix {
  readonly index: number;
  readonly code: string;
  readonly field: string;
  readonly reason: string;
}

export interface PositionsAnswer {
  readonly taken: number;
  readonly refused: readonly RefusedFix[];
  /** How many of each reason; `late` ones are among those taken. */
  readonly counts: Readonly<Record<string, number>>;
}

type Verdict = 'taken' | 'late' | 'newcomer' | FaultCode;

interface Parts {
  readonly clock: Clock;
  readonly bounds: Bounds;
  readonly table: ResponderTable;
  readonly duty: Duty;
  readonly writer: PositionWriter;
  readonly counters: Counters;
}

/** Judges fixes and hands those that are taken to the writer. */
export class Positions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Answers when all that was taken is on disk. @throws when the log cannot be written */
  async take(source: Source, batch: PositionsBatch): Promise<PositionsAnswer> {
    const { writer, duty, clock } = this.#parts;
    const mode = batch.mode ?? source.mode;
    const own = batch.key === '' ? undefined : writer.ownUnit(source.id, mode, batch.key);
    const run: Run = {
      row: new FixRow(),
      now: clock.now(),
      units: new Set(),
      refused: [],
      counts: new Map(),
    };
    const newcomers = new Map<string, Newcomer>();
    const waiting: number[] = [];
    for (let index = 0; index < batch.fixes.count; index += 1) {
      const unit = own ?? writer.sharedUnit(source.id, mode);
      if (this.#takeOne(batch.fixes, index, run, unit, source.autoCheckIn) !== 'newcomer') continue;
      waiting.push(index);
      const { responderId, fixAtMs } = run.row;
      const known = newcomers.get(responderId);
      if (known === undefined || fixAtMs < known.fixAtMs)
        newcomers.set(responderId, { responderId, callSign: responderId, fixAtMs });
    }
    if (waiting.length > 0) {
      if (own === undefined) for (const unit of run.units) writer.flushIfEnough(unit);
      await duty.checkIn(source, mode, [...newcomers.values()]);
      for (const index of waiting)
        this.#takeOne(batch.fixes, index, run, own ?? writer.sharedUnit(source.id, mode), false);
    }
    const repeatedInLog = own === undefined ? 0 : await this.#writeOwn(own);
    for (const unit of run.units) if (unit !== own) writer.flushIfEnough(unit);
    // What is 'repeated' may still be on its way to the disk with somebody else's request.
    if (run.counts.has('ingest.position.repeated')) await writer.settled();
    await Promise.all(Array.from(run.units, ({ written }) => written));
    return this.#answer(source, run, repeatedInLog);
  }

  /** The same for one fix, without the lists. Undefined: taken. @throws when the log cannot be written */
  async takeFix(source: Source, row: FixRow, callSign: string): Promise<FaultCode | undefined> {
    const { writer, duty, clock, counters } = this.#parts;
    const now = clock.now();
    let unit = writer.sharedUnit(source.id, source.mode);
    let verdict = this.#judgeAndAdd(row, now, unit, source.autoCheckIn);
    if (verdict === 'newcomer') {
      const { responderId, fixAtMs } = row;
      await duty.checkIn(source, source.mode, [{ responderId, callSign, fixAtMs }]);
      unit = writer.sharedUnit(source.id, source.mode);
      verdict = this.#judgeAndAdd(row, now, unit, false);
    }
    if (verdict === 'taken' || verdict === 'late') {
      writer.flushIfEnough(unit);
      await unit.written;
      counters.add(source.id, 'positions.taken');
      if (verdict === 'late') counters.add(source.id, 'positions.late');
      return undefined;
    }
    if (verdict === 'ingest.position.repeated') await writer.settled();
    counters.add(source.id, verdict as FaultCode);
    return verdict as FaultCode;
  }

  #takeOne(
    fixes: FixReader,
    index: number,
    run: Run,
    unit: WritingUnit,
    autoCheckIn: boolean,
  ): Verdict | 'invalid' {
    const invalid = fixes.read(index, run.row);
    if (invalid !== undefined) {
      refuse(run, index, invalid);
      return 'invalid';
    }
    const verdict = this.#judgeAndAdd(run.row, run.now, unit, autoCheckIn);
    if (verdict === 'newcomer') return verdict;
    if (verdict === 'taken' || verdict === 'late') {
      run.units.add(unit);
      count(run, verdict);
    } else refuse(run, index, faultOf(verdict, run.row));
    return verdict;
  }

  #judgeAndAdd(row: FixRow, now: number, unit: WritingUnit, autoCheckIn: boolean): Verdict {
    const wrong = checkPlaceAndTime(row.lng, row.lat, row.fixAtMs, now, this.#parts.bounds);
    if (wrong !== undefined) return wrong;
    const { table } = this.#parts;
    const place = table.findOrAdd(row.responderId);
    const isLive = now - row.fixAtMs < LIVE_MS;
    const duty = table.duty[place];
    if (duty === UNKNOWN_DUTY && autoCheckIn) return 'newcomer';
    if (isLive && duty !== ON_DUTY) return 'ingest.position.notOnDuty';
    const seconds = Math.floor(row.fixAtMs / 1_000);
    if (table.isTaken(place, seconds)) return 'ingest.position.repeated';
    const lngE5 = toE5(row.lng);
    const latE5 = toE5(row.lat);
    const last = table.lastSeconds[place] ?? 0;
    if (
      last > 0 &&
      seconds > last &&
      isTooFast(table.lastLngE5[place] ?? 0, table.lastLatE5[place] ?? 0, lngE5, latE5, seconds - last)
    )
      return 'ingest.position.tooFast';
    table.take(place, lngE5, latE5, seconds);
    this.#parts.writer.add(unit, row, place, lngE5, latE5, seconds);
    return seconds < last || !isLive ? 'late' : 'taken';
  }

  /** How many fixes of a batch with a key were in the log already. */
  async #writeOwn(unit: WritingUnit): Promise<number> {
    if (unit.count === 0) return 0;
    this.#parts.writer.flush(unit);
    const appended = await unit.written;
    let repeated = 0;
    let index = 0;
    for (const group of unit.groups.values()) {
      if (appended[index]?.repeated === true) repeated += group.count;
      index += 1;
    }
    return repeated;
  }

  #answer(source: Source, run: Run, repeatedInLog: number): PositionsAnswer {
    const { counters } = this.#parts;
    const late = run.counts.get('late') ?? 0;
    const taken = (run.counts.get('taken') ?? 0) + late - repeatedInLog;
    run.counts.delete('taken');
    if (repeatedInLog > 0)
      run.counts.set(
        'ingest.position.repeated',
        (run.counts.get('ingest.position.repeated') ?? 0) + repeatedInLog,
      );
    if (taken > 0) counters.add(source.id, 'positions.taken', taken);
    for (const [reason, number] of run.counts)
      counters.add(source.id, reason === 'late' ? 'positions.late' : (reason as FaultCode), number);
    return { taken, refused: run.refused, counts: Object.fromEntries(run.counts) };
  }
}

/** What one request is about. */
interface Run {
  readonly row: FixRow;
  readonly now: number;
  readonly units: Set<WritingUnit>;
  readonly refused: RefusedFix[];
  readonly counts: Map<string, number>;
}

function count(run: Run, reason: string): void {
  run.counts.set(reason, (run.counts.get(reason) ?? 0) + 1);
}

function refuse(run: Run, index: number, given: Fault): void {
  count(run, given.code);
  run.refused.push({
    index,
    code: given.code,
    field: given.field,
    reason: faultSentence(given, 'en'),
  });
}

function faultOf(code: FaultCode, row: FixRow): Fault {
  switch (code) {
    case 'ingest.time.future':
    case 'ingest.position.repeated':
      return fault(code, 'fixAt');
    case 'ingest.time.unreadable':
      return fault(code, 'fixAt', { value: String(row.fixAtMs) });
    case 'ingest.position.notOnDuty':
      return fault(code, 'responderId');
    default:
      return fault(code, 'lng');
  }
}
