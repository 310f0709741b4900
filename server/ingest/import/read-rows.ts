import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { textOf, type Cells } from './file-text.ts';
import { FileFault } from './file-fault.ts';
import type { Mapping } from './mapping-form.ts';
import { RowFault, type Row } from './row-value.ts';
import { columnsOf } from './templates.ts';

export interface NumberedRow {
  /** Line in the file, the header being line 1. */
  readonly line: number;
  /** The cells that the mapping uses, or why the row cannot be read: it is no CSV, or its bytes are not of the encoding. */
  readonly row: Row | RowFault;
}

export interface RowReader {
  readonly rows: AsyncIterable<NumberedRow>;
  /** Share of the file's bytes that was read, 0–1. */
  progress(): number;
}

/** A quote that is never closed would make one row of the rest of the file. */
const MAX_ROW_BYTES = 1_000_000;

/**
 * Reads a CSV or CSV.gz file row by row; memory does not grow with the file.
 * @throws when the file cannot be read; its rows throw FileFault when it is no file of this mapping as a whole
 */
export async function readRows(file: string, mapping: Mapping): Promise<RowReader> {
  const { size } = await stat(file);
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  let read = 0;
  source.on('data', (chunk) => {
    read += chunk.length;
  });
  const bytes = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  const { text, cells } = textOf(bytes, file, mapping);
  const columns = columnsOf(mapping);
  const parser = text.pipe(
    parse({
      columns: (header: readonly string[]) => namesOf(header, columns, cells, file),
      encoding: cells.encoding,
      bom: cells.encoding === 'utf8',
      delimiter: Buffer.from(mapping.delimiter ?? ','),
      // Files that were put together from several have more than one kind.
      record_delimiter: ['\r\n', '\n', '\r'],
      info: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: MAX_ROW_BYTES,
      on_skip: (error) => {
        // It takes its place among the records, so that a file of broken rows is read no faster than they are listed.
        const lines = Number(error?.['lines'] ?? 0);
        parser.push({ broken: brokenWords(error?.code ?? ''), info: { lines } } satisfies ParsedRow);
        return undefined;
      },
    }),
  );
  for (const stream of new Set<NodeJS.ReadableStream>([source, bytes, text]))
    stream.on('error', (error: Error) => parser.destroy(error));
  parser.on('close', () => source.destroy());
  return {
    rows: numbered(parser, columns, cells),
    progress: () => (size === 0 ? 1 : read / size),
  };
}

/**
 * Reads no more than the header.
 * @throws FileFault when it is not the mapping's
 */
export async function checkHeader(file: string, mapping: Mapping): Promise<void> {
  const rows = (await readRows(file, mapping)).rows[Symbol.asyncIterator]();
  await rows.next();
  await rows.return?.();
}

/** The names in a header. @throws FileFault when one of them is damaged, or one of the mapping's columns is missing */
function namesOf(
  header: readonly string[],
  columns: readonly string[],
  cells: Cells,
  file: string,
): string[] {
  const names = header.map((cell) => {
    const name = cells.read(cell);
    if (name === undefined)
      throw new FileFault(
        `The header of ${file} is not ${cells.name}: say in the mapping what the file is written in, for example "encoding": "gb18030".`,
      );
    return name;
  });
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length === 0) return names;
  const what = missing.length === 1 ? 'a column' : 'columns';
  const help = /^[ -~]*$/.test(names.join(''))
    ? ''
    : ` It was read as ${cells.name}: if these names make no sense, say in the mapping's "encoding" what the file is written in, or leave it out for UTF-8.`;
  throw new FileFault(
    `The header of ${file} lacks ${what} that the mapping uses: ${listed(missing)}. It has: ${listed(names)}.${help}`,
  );
}

/** The first line of a file that is no CSV may be the whole of it. */
const MAX_LISTED = 500;
function listed(names: readonly string[]): string {
  const text = names.map((name) => `'${name}'`).join(', ');
  return text.length > MAX_LISTED ? `${text.slice(0, MAX_LISTED)} …` : text;
}

/** The same words for the same kind of fault, so that they can be counted; the reader's own name the line. */
function brokenWords(code: string): string {
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
      return 'the row has more or fewer cells than the header';
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return 'a quote stands within a cell';
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is never closed';
    case 'CSV_MAX_RECORD_SIZE':
      return 'the row is over a million bytes: a quote before it may never be closed';
    default:
      return `the row is no CSV (${code})`;
  }
}

/** What comes out of the CSV reader; what it cannot take apart itself (a quote that never ends, too many cells) too. */
type ParsedRow = ({ readonly record: Row } | { readonly broken: string }) & {
  readonly info: { readonly lines: number };
};

async function* numbered(
  parser: AsyncIterable<ParsedRow>,
  columns: readonly string[],
  cells: Cells,
): AsyncGenerator<NumberedRow> {
  for await (const parsed of parser) {
    const line = parsed.info.lines;
    if ('broken' in parsed) yield { line, row: new RowFault('', parsed.broken) };
    else yield { line, row: usedOf(parsed.record, columns, cells) };
  }
}

/** The cells that the mapping uses; of the others nobody asks what they say. */
function usedOf(record: Row, columns: readonly string[], cells: Cells): Row | RowFault {
  const used: [string, string][] = [];
  for (const column of columns) {
    const text = cells.read(record[column] ?? '');
    if (text === undefined)
      return new RowFault(
        column,
        `is not ${cells.name}; say in the mapping's \`encoding\` what the file is written in`,
      );
    used.push([column, text]);
  }
  return Object.fromEntries(used);
}
