import { MAX_SLOTS } from '../world/world.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { makeFixRows, MAX_ROWS } from './fix-rows.ts';
import type { FixRows } from './frame.ts';
import { ColumnReader, ColumnWriter } from './number-column.ts';

const COLUMNS = 4;

/**
 * Fixes to the end of the bytes; nothing but a zero where there are none.
 *
 *   count │ least age │ columns: steps of the slots, ages above the least, residuals of lng, of lat
 *
 * The first slot steps from -1, so that a step of 0 is always the same slot again.
 */
export function writeFixes(writer: ByteWriter, fixes: FixRows): void {
  const { count, slot, ageSeconds } = fixes;
  writer.varint(count);
  if (count === 0) return;
  let leastAge = Infinity;
  for (const age of ageSeconds) leastAge = Math.min(leastAge, age);
  writer.signed(leastAge);
  const columns = new ColumnWriter();
  columns.column(
    'counts',
    slot.map((itsSlot, row) => (row === 0 ? itsSlot + 1 : itsSlot - (slot[row - 1] ?? 0))),
  );
  columns.column(
    'counts',
    Float64Array.from(ageSeconds, (age) => age - leastAge),
  );
  columns.column('signed', fixes.lngResidual);
  columns.column('signed', fixes.latResidual);
  columns.writeTo(writer);
}

/** The rows again; a word that says what is wrong where there are none. */
export function readFixes(reader: ByteReader): FixRows | string {
  const count = reader.varint();
  if (count === 0) return makeFixRows(0);
  const leastAge = reader.signed();
  const columns = new ColumnReader(reader, COLUMNS);
  if (count > MAX_ROWS || !columns.canHold(count * COLUMNS)) return 'row count';
  const fixes = makeFixRows(count);
  const ages = new Float64Array(count);
  columns.column('counts', fixes.slot);
  columns.column('counts', ages);
  columns.column('signed', fixes.lngResidual);
  columns.column('signed', fixes.latResidual);
  if (!columns.complete) return 'columns';
  let slot = -1;
  for (let row = 0; row < count; row += 1) {
    slot += fixes.slot[row] ?? 0;
    if (slot < 0 || slot >= MAX_SLOTS) return 'slot';
    fixes.slot[row] = slot;
    const age = leastAge + (ages[row] ?? 0);
    if (age !== (age | 0)) return 'age';
    fixes.ageSeconds[row] = age;
  }
  return fixes;
}
