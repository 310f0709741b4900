import type { Mapping } from './mapping-form.ts';
import { readRows } from './read-rows.ts';
import type { Chosen, EventMaker } from './row-to-records.ts';
import { RowFault } from './row-value.ts';

/** Reads the file for the first time, if the mapping needs it, to learn which row of each key counts. */
export async function chooseRows(
  file: string,
  mapping: Mapping,
  events: EventMaker,
  onProgress: (share: number, rows: number) => void,
): Promise<Chosen> {
  const chosen: Chosen = new Map();
  if (!events.needsChoosing) return chosen;
  const reader = await readRows(file, mapping);
  let rows = 0;
  for await (const { row } of reader.rows) {
    if (!(row instanceof RowFault)) events.chooseFrom(row, chosen);
    rows += 1;
    if (rows % 5_000 === 0) onProgress(reader.progress(), rows);
  }
  return chosen;
}
