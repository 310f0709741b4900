import { MAX_SLOTS } from '../world/world.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { makeFixRows, MAX_ROWS } from './fix-rows.ts';
import type { FixRows, Turn, TurnRows } from './frame.ts';
import { ColumnReader, ColumnWriter } from './number-column.ts';
import { wordsOfTurn } from './turns.ts';

/** Below so many who came when it was their turn, naming the turn costs more than it saves. */
const LEAST_IN_TURN = 8;
/** So many rows may come without a symbol, all of them where and when they were expected; more must be said row by row. */
const MOST_UNSAID = 4_096;
/** Stands where a count would, which is never 0: what follows is said as a turn. */
const AS_TURN = 0;

/**
 * One fix or more, to the end of the bytes.
 *
 *   count │ least age │ columns: steps of the slots, ages above the least, residuals of lng, of lat
 *   0 │ count │ age of the turn │ missed, others: counts │ least age │
 *       columns: steps of the missed places, of the other slots, ages above the least, residuals of lng, of lat
 *
 * The first slot or place steps from -1, so that a step of 0 is always the same slot again. `atSeconds`: when the frame
 * was cut.
 */
export function writeFixes(
  writer: ByteWriter,
  given: FixRows | TurnRows,
  atSeconds: number,
  turn: Turn | undefined,
): void {
  const fixes = 'slot' in given && turn !== undefined ? asTurn(given, turn) : given;
  const { count, ageSeconds } = fixes;
  const columns = new ColumnWriter();
  if ('slot' in fixes) {
    writer.varint(count);
    columns.column('counts', stepsOf(fixes.slot));
  } else {
    const { missed, others } = fixes.turn;
    writer.varint(AS_TURN);
    writer.varint(count);
    writer.signed(atSeconds - fixes.turn.atSeconds);
    writer.varint(missed.length);
    writer.varint(others.length);
    columns.column('counts', stepsOf(missed));
    columns.column('counts', stepsOf(others));
  }
  let leastAge = ageSeconds[0] ?? 0;
  for (let row = 0; row < count; row += 1) leastAge = Math.min(leastAge, ageSeconds[row] ?? 0);
  writer.signed(leastAge);
  const ages = new Float64Array(count);
  for (let row = 0; row < count; row += 1) ages[row] = (ageSeconds[row] ?? 0) - leastAge;
  columns.column('counts', ages);
  columns.column('signed', fixes.lngResidual);
  columns.column('signed', fixes.latResidual);
  columns.writeTo(writer);
}

/** In the words of a turn if most came who were due. */
function asTurn(fixes: FixRows, { atSeconds, due }: Turn): FixRows | TurnRows {
  const words = wordsOfTurn(due, fixes);
  const came = due.length - words.missed.length;
  const { count, lngResidual, latResidual, ageSeconds } = fixes;
  if (came < LEAST_IN_TURN || came < words.missed.length) return fixes;
  if (count > MOST_UNSAID && lngResidual.every((each) => each === 0)) return fixes;
  return { count, lngResidual, latResidual, ageSeconds, turn: { atSeconds, ...words } };
}

function stepsOf(ascending: Uint32Array): Int32Array {
  const steps = new Int32Array(ascending.length);
  let before = -1;
  for (let i = 0; i < ascending.length; i += 1) {
    const each = ascending[i] ?? 0;
    steps[i] = each - before;
    before = each;
  }
  return steps;
}

/**
 * The rows again; a word that says what is wrong where there are none. `atSeconds`: when the frame was cut. Times and
 * ages are taken modulo 2^32, so that any age of 32 bits comes out right.
 */
export function readFixes(reader: ByteReader, atSeconds: number): FixRows | TurnRows | string {
  const count = reader.varint();
  return count === AS_TURN ? readTurn(reader, atSeconds) : readRows(reader, count);
}

function readRows(reader: ByteReader, count: number): FixRows | string {
  const leastAge = reader.signed();
  const columns = new ColumnReader(reader, 4);
  if (count > MAX_ROWS || !columns.canHold(count)) return 'row count';
  const fixes = makeFixRows(count);
  // Steps are read into the very places where slots will be.
  if (!readSteps(columns, fixes.slot, MAX_SLOTS, 0)) return 'slot';
  readRest(columns, fixes, leastAge);
  return columns.complete ? fixes : 'columns';
}

function readTurn(reader: ByteReader, atSeconds: number): TurnRows | string {
  const count = reader.varint();
  const turnAge = reader.signed();
  const missedCount = reader.varint();
  const othersCount = reader.varint();
  const leastAge = reader.signed();
  const columns = new ColumnReader(reader, 5);
  const fits = (room: number): boolean => room <= MOST_UNSAID || (room <= MAX_ROWS && columns.canHold(room));
  if (count === 0 || ![count, missedCount, othersCount].every(fits)) return 'row count';
  const missed = new Uint32Array(missedCount);
  const others = new Uint32Array(othersCount);
  if (!readSteps(columns, missed, MAX_SLOTS, 1) || !readSteps(columns, others, MAX_SLOTS, 0)) return 'slot';
  const { lngResidual, latResidual, ageSeconds } = makeFixRows(count);
  const rows = { count, lngResidual, latResidual, ageSeconds };
  readRest(columns, rows, leastAge);
  if (!columns.complete) return 'columns';
  return { ...rows, turn: { atSeconds: atSeconds - turnAge, missed, others } };
}

/** Fills in what `stepsOf` took apart; false where a step is less than `least` or leads to `end` or beyond. */
function readSteps(columns: ColumnReader, into: Uint32Array, end: number, least: number): boolean {
  const steps = new Int32Array(into.buffer, into.byteOffset, into.length);
  columns.column('counts', steps);
  let reached = -1;
  for (let row = 0; row < into.length; row += 1) {
    const step = steps[row] ?? 0;
    reached += step;
    if (step < least || reached < 0 || reached >= end) return false;
    into[row] = reached;
  }
  return true;
}

function readRest(columns: ColumnReader, fixes: Omit<FixRows, 'slot'>, leastAge: number): void {
  const { ageSeconds } = fixes;
  columns.column('counts', ageSeconds);
  columns.column('signed', fixes.lngResidual);
  columns.column('signed', fixes.latResidual);
  for (let row = 0; row < ageSeconds.length; row += 1) ageSeconds[row] = leastAge + (ageSeconds[row] ?? 0);
}
