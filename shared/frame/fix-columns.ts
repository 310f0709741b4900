import type { ByteReader, ByteWriter } from './bytes.ts';
import { makeFixRows, MAX_ROWS } from './fix-rows.ts';
import type { FixRows } from './frame.ts';
import { MAX_SLOTS } from '../world/world.ts';

export function writeFixes(writer: ByteWriter, fixes: FixRows): void {
  writer.varint(fixes.count);
  let before = 0;
  for (let row = 0; row < fixes.count; row += 1) {
    const slot = fixes.slot[row] ?? 0;
    writer.varint(slot - before);
    writer.signed(fixes.ageSeconds[row] ?? 0);
    writer.signed(fixes.lngResidual[row] ?? 0);
    writer.signed(fixes.latResidual[row] ?? 0);
    before = slot;
  }
}

/** The rows again; a word that says what is wrong where they are none. */
export function readFixes(reader: ByteReader): FixRows | string {
  const count = reader.varint();
  if (count > MAX_ROWS || count * 4 > reader.left) return 'row count';
  const fixes = makeFixRows(count);
  let slot = 0;
  for (let row = 0; row < count; row += 1) {
    slot += reader.varint();
    if (slot >= MAX_SLOTS) return 'slot';
    fixes.slot[row] = slot;
    fixes.ageSeconds[row] = reader.signed();
    fixes.lngResidual[row] = reader.signed();
    fixes.latResidual[row] = reader.signed();
  }
  return fixes;
}
