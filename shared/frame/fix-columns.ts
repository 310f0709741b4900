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
  const steps = new Int32Array(count);
  const ages = new Float64Array(count);
  columns.column('counts', steps);
  columns.column('counts', ages);
  columns.column('signed', fixes.lngResidual);
  columns.column('signed', fixes.latResidual);
  if (!columns.complete) return 'columns';
  let slot = -1;
  for (let row = 0; row < count; row += 1) {
    const step = steps[row] ?? 0;
    slot += step;
    if (step < 0 || slot < 0 || slot >= MAX_SLOTS) return 'slot';
    fixes.slot[row] = slot;
    const age = leastAge + (ages[row] ?? 0);
    if (age !== (age | 0)) return 'age';
    fixes.ageSeconds[row] = age;
  }
  return fixes;
}
