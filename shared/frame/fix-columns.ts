import { MAX_SLOTS } from '../world/world.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { makeFixRows, MAX_ROWS } from './fix-rows.ts';
import type { FixRows } from './frame.ts';
import { ColumnReader, ColumnWriter } from './number-column.ts';

const COLUMNS = 4;

/**
 * One fix or more, to the end of the bytes.
 *
 *   count │ least age │ columns: steps of the slots, ages above the least, residuals of lng, of lat
 *
 * The first slot steps from -1, so that a step of 0 is always the same slot again.
 */
export function writeFixes(writer: ByteWriter, fixes: FixRows): void {
  const { count, slot, ageSeconds } = fixes;
  writer.varint(count);
  let leastAge = ageSeconds[0] ?? 0;
  for (let row = 0; row < count; row += 1) leastAge = Math.min(leastAge, ageSeconds[row] ?? 0);
  writer.signed(leastAge);
  const steps = new Int32Array(count);
  const ages = new Float64Array(count);
  let before = -1;
  for (let row = 0; row < count; row += 1) {
    const itsSlot = slot[row] ?? 0;
    steps[row] = itsSlot - before;
    ages[row] = (ageSeconds[row] ?? 0) - leastAge;
    before = itsSlot;
  }
  const columns = new ColumnWriter();
  columns.column('counts', steps);
  columns.column('counts', ages);
  columns.column('signed', fixes.lngResidual);
  columns.column('signed', fixes.latResidual);
  columns.writeTo(writer);
}

/** The rows again; a word that says what is wrong where there are none. */
export function readFixes(reader: ByteReader): FixRows | string {
  const count = reader.varint();
  const leastAge = reader.signed();
  const columns = new ColumnReader(reader, COLUMNS);
  if (count === 0 || count > MAX_ROWS || !columns.canHold(count)) return 'row count';
  const fixes = makeFixRows(count);
  const { slot, ageSeconds } = fixes;
  // Steps and ages are read into the very places where slots and ages will be.
  const steps = new Int32Array(slot.buffer, slot.byteOffset, count);
  columns.column('counts', steps);
  columns.column('counts', ageSeconds);
  columns.column('signed', fixes.lngResidual);
  columns.column('signed', fixes.latResidual);
  if (!columns.complete) return 'columns';
  let reached = -1;
  for (let row = 0; row < count; row += 1) {
    const step = steps[row] ?? 0;
    reached += step;
    if (step < 0 || reached < 0 || reached >= MAX_SLOTS) return 'slot';
    slot[row] = reached;
    // Ages and their differences are taken modulo 2^32, so that any age of 32 bits comes out right.
    ageSeconds[row] = leastAge + (ageSeconds[row] ?? 0);
  }
  return fixes;
}
