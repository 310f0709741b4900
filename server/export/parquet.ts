import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Column, RowGroups } from './column.ts';

/** Rows of a row group: readers skip whole groups, and one is held in memory. */
const GROUP_ROWS = 20_000;

/** Parquet: texts in UTF-8, moments as UTC timestamps of milliseconds, an empty cell is null. */
export async function* toParquet<Row>(
  columns: readonly Column<Row>[],
  rows: RowGroups<Row>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)];
  const file = new ParquetWriter({ writer: bytes, schema, createdBy: 'Maplewall' });
  const taken = (): Uint8Array => {
    const part = bytes.getBytes().slice();
    // `offset` goes on counting: it is the place in the whole file.
    bytes.index = 0;
    return part;
  };
  let waiting: Row[] = [];
  const write = (): void => {
    void file.write({
      columnData: columns.map((column) => ({
        name: column.name,
        data: waiting.map((row) => valueOf(column, row)),
      })),
      rowGroupSize: GROUP_ROWS,
    });
    waiting = [];
  };
  for await (const group of rows) {
    for (const row of group) waiting.push(row);
    if (waiting.length < GROUP_ROWS) continue;
    write();
    yield taken();
  }
  if (waiting.length > 0) write();
  void file.finish();
  yield taken();
}

function elementOf<Row>({ name, kind }: Column<Row>): SchemaElement {
  const element = { name, repetition_type: 'OPTIONAL' } as const;
  switch (kind) {
    case 'text':
      return { ...element, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'number':
      return { ...element, type: 'DOUBLE' };
    case 'integer':
      return { ...element, type: 'INT32' };
    case 'moment':
      return { ...element, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
  }
}

function valueOf<Row>(column: Column<Row>, row: Row): string | number | Date | null {
  const value = column.of(row);
  if (value === undefined || value === '') return null;
  return column.kind === 'moment' ? new Date(Number(value)) : value;
}
