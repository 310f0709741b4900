import { fault, faultSentence, type Fault, type FaultCode } from '@maplewall/shared/domain/fault.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import { toE5, type Seq } from '@maplewall/shared/domain/units.ts';
import type { Source } from '../access/source-keys.ts';
import type { Clock } from '../clock.ts';
import { checkPlaceAndTime, isTooFast, LIVE_MS, type Bounds } from './checks.ts';
import type { Counters } from './counters.ts';
import type { Duty, Newcomer } from './duty.ts';
import { FixRow } from './fix-row.ts';
import type { PositionWriter, WritingUnit } from './position-writer.ts';
import type { ReportingSources, Turn } from './reporting-sources.ts';
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

type Verdict = 'taken' | 'late' | FaultCode;

interface Parts {
  readonly clock: Clock;
  readonly bounds: Bounds;
  readonly table: ResponderTable;
  readonly duty: Duty;
  readonly reporting: ReportingSources;
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
    const { writer, duty, reporting, clock } = this.#parts;
    const mode = batch.mode ?? source.mode;
    const run: Run = {
      row: new FixRow(),
      now: clock.now(),
      units: new Set(),
      refused: [],
      counts: new Map(),
      turns: [],
    };
    if (source.autoCheckIn) {
      const newcomers = this.#newcomersIn(batch.fixes, run);
      if (newcomers.length > 0) await duty.checkIn(source, mode, newcomers);
    }
    const own = batch.key === '' ? undefined : writer.ownUnit(source.id, mode, batch.key);
    const unit = own ?? writer.sharedUnit(source.id, mode);
    for (let index = 0; index < batch.fixes.count; index += 1) this.#takeOne(batch.fixes, index, run, unit);
    // Before anything can fail: what is not written is told with the next fix.
    const told = reporting.write(source.id, mode, run.turns);
    const repeatedInLog = own === undefined ? 0 : await this.#writeOwn(own);
    for (const unit of run.units) if (unit !== own) writer.flushIfEnough(unit);
    // What is 'repeated' may still be on its way to the disk with somebody else's request.
    if (run.counts.has('ingest.position.repeated')) await writer.settled();
    await Promise.all([told, ...Array.from(run.units, ({ written }) => written)]);
    return this.#answer(source, run, repeatedInLog);
  }

  /** The same for one fix, without the lists. Undefined: taken. @throws when the log cannot be written */
  async takeFix(source: Source, row: FixRow, callSign: string): Promise<FaultCode | undefined> {
    const { writer, duty, reporting, clock, counters } = this.#parts;
    const now = clock.now();
    if (source.autoCheckIn && this.#isNewcomer(row, now)) {
      const { responderId, fixAtMs } = row;
      await duty.checkIn(source, source.mode, [{ responderId, callSign, fixAtMs }]);
    }
    const unit = writer.sharedUnit(source.id, source.mode);
    const turns: Turn[] = [];
    const verdict = this.#judgeAndAdd(row, now, unit, turns);
    if (verdict === 'taken' || verdict === 'late') {
      writer.flushIfEnough(unit);
      await Promise.all([unit.written, reporting.write(source.id, source.mode, turns)]);
      counters.add(source.id, 'positions.taken');
      if (verdict === 'late') counters.add(source.id, 'positions.late');
      return undefined;
    }
    if (verdict === 'ingest.position.repeated') await writer.settled();
    counters.add(source.id, verdict);
    return verdict;
  }

  #takeOne(fixes: FixReader, index: number, run: Run, unit: WritingUnit): void {
    const invalid = fixes.read(index, run.row);
    if (invalid !== undefined) {
      refuse(run, index, invalid);
      return;
    }
    if (unit.key !== '') this.#parts.writer.offer(unit, run.row);
    const verdict = this.#judgeAndAdd(run.row, run.now, unit, run.turns);
    if (verdict === 'taken' || verdict === 'late') {
      run.units.add(unit);
      count(run, verdict);
    } else refuse(run, index, toFixFault(verdict, run.row));
  }

  /** ING10: everybody unknown with a fix that can be, and the oldest of these fixes. */
  #newcomersIn(fixes: FixReader, { row, now }: Run): readonly Newcomer[] {
    const found = new Map<string, Newcomer>();
    for (let index = 0; index < fixes.count; index += 1) {
      if (fixes.read(index, row) !== undefined || !this.#isNewcomer(row, now)) continue;
      const { responderId, fixAtMs } = row;
      const known = found.get(responderId);
      if (known === undefined || fixAtMs < known.fixAtMs)
        found.set(responderId, { responderId, callSign: responderId, fixAtMs });
    }
    return [...found.values()];
  }

  #isNewcomer(row: FixRow, now: number): boolean {
    const { table, bounds } = this.#parts;
    const place = table.find(row.responderId);
    if (place >= 0 && table.duty[place] !== UNKNOWN_DUTY) return false;
    return checkPlaceAndTime(row.lng, row.lat, row.fixAtMs, now, bounds) === undefined;
  }

  #judgeAndAdd(row: FixRow, now: number, unit: WritingUnit, turns: Turn[]): Verdict {
    const wrong = checkPlaceAndTime(row.lng, row.lat, row.fixAtMs, now, this.#parts.bounds);
    if (wrong !== undefined) return wrong;
    const { table, reporting } = this.#parts;
    const place = table.findOrAdd(row.responderId);
    const isLive = now - row.fixAtMs < LIVE_MS;
    if (isLive && table.duty[place] !== ON_DUTY) return 'ingest.position.notOnDuty';
    const seconds = Math.floor(row.fixAtMs / 1_000);
    if (table.isTaken(place, seconds)) return 'ingest.position.repeated';
    const lngE5 = toE5(row.lng);
    const latE5 = toE5(row.lat);
    const last = table.lastSeconds[place] ?? 0;
    const apart = Math.abs(seconds - last);
    if (
      last > 0 &&
      apart > 0 &&
      isTooFast(table.lastLngE5[place] ?? 0, table.lastLatE5[place] ?? 0, lngE5, latE5, apart)
    )
      return 'ingest.position.tooFast';
    table.take(place, lngE5, latE5, seconds);
    this.#parts.writer.add(unit, row, place, lngE5, latE5, seconds);
    if (seconds < last || !isLive) return 'late';
    if (reporting.isTurn(place, unit.source))
      turns.push({ responderId: row.responderId, place, fixAtSeconds: seconds });
    return 'taken';
  }

  /** How many fixes of a batch with a key were in the log already. */
  async #writeOwn(unit: WritingUnit): Promise<number> {
    if (unit.count === 0) return 0;
    this.#parts.writer.flush(unit);
    const appended = await unit.written;
    const known = new Map<number, Seq>();
    for (const [index, minute] of Array.from(unit.groups.keys()).entries()) {
      const first = appended[index];
      if (first?.repeated === true) known.set(minute, first.seq);
    }
    return known.size === 0 ? 0 : this.#parts.writer.writeRest(unit, known);
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
  readonly turns: Turn[];
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

/** What is wrong with a fix, with the field that says so. */
export function toFixFault(code: FaultCode, row: FixRow): Fault {
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
