import { momentWriter, type Column, type RowGroups } from './column.ts';

const BOM = '\uFEFF';
/** What spreadsheets take for the beginning of a formula, in full width as well; and the mark itself, so that it can be taken off. */
const FORMULA = /^[=+\-@\t\r\n'＝＋－＠]/u;

/**
 * CSV as RFC 4180 has it, in UTF-8 with a mark for spreadsheets. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front; whoever reads by program takes off the first one of such a cell.
 */
export async function* toCsv<Row>(
  columns: readonly Column<Row>[],
  rows: RowGroups<Row>,
  timeZone: string,
): AsyncGenerator<string> {
  const moment = momentWriter(timeZone);
  const cell = (column: Column<Row>, row: Row): string => {
    if (column.kind === 'text') return quoted(harmless(column.of(row)));
    const value = column.of(row);
    if (value === undefined) return '';
    return column.kind === 'moment' ? moment(value) : String(value);
  };
  yield `${BOM}${columns.map(({ name }) => name).join(',')}\r\n`;
  for await (const group of rows)
    yield group.map((row) => `${columns.map((column) => cell(column, row)).join(',')}\r\n`).join('');
}

const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
