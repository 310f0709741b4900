import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { Mapping } from './mapping.ts';
import { RowFault, type Row } from './row-value.ts';

export interface NumberedRow {
  /** Line in the file, the header being line 1. */
  readonly line: number;
  /** Or why it cannot be read: it is no CSV, or its bytes are not of the encoding. */
  readonly row: Row | RowFault;
}

/** The file as a whole is not in the mapping's encoding. */
export class EncodingFault extends Error {}

export interface RowReader {
  readonly rows: AsyncIterable<NumberedRow>;
  /** Share of the file's bytes that was read, 0–1. */
  progress(): number;
}

/** A quote that is never closed would make one row of the rest of the file. */
const MAX_ROW_BYTES = 1_000_000;

/**
 * Reads a CSV or CSV.gz file row by row; memory does not grow with the file.
 * @throws when the file cannot be read; its rows throw EncodingFault when it is in another encoding as a whole
 */
export async function readRows(file: string, mapping: Mapping): Promise<RowReader> {
  const { size } = await stat(file);
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  let read = 0;
  source.on('data', (chunk) => {
    read += chunk.length;
  });
  const bytes = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  const { encoding } = new TextDecoder(mapping.encoding);
  // The CSV reader takes UTF-8 itself, and faster.
  const text = encoding === 'utf-8' ? bytes : Readable.from(decoded(bytes, encoding, file));
  const parser = text.pipe(
    parse({
      columns: (names: readonly string[]) => {
        if (names.some(isDamaged))
          throw new EncodingFault(
            `The header of ${file} is not ${encoding}: say in the mapping what the file is written in, for example "encoding": "gb18030".`,
          );
        return [...names];
      },
      bom: true,
      delimiter: mapping.delimiter ?? ',',
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
  return { rows: numbered(parser, encoding), progress: () => (size === 0 ? 1 : read / size) };
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

async function* decoded(
  bytes: AsyncIterable<Buffer>,
  encoding: string,
  file: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let isFirst = true;
  for await (const chunk of bytes) {
    // Of Chinese text in UTF-8 most can be read as GB18030 too: as nonsense.
    if (isFirst && chunk.subarray(0, UTF_8_MARK.length).equals(UTF_8_MARK))
      throw new EncodingFault(
        `The file ${file} is marked as UTF-8, and the mapping says ${encoding}: take "encoding" out of the mapping.`,
      );
    isFirst = false;
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

const UTF_8_MARK = Buffer.from('\ufeff');

/** What comes out of the CSV reader; what it cannot take apart itself (a quote that never ends, too many cells) too. */
type ParsedRow = ({ readonly record: Row } | { readonly broken: string }) & {
  readonly info: { readonly lines: number };
};

async function* numbered(parser: AsyncIterable<ParsedRow>, encoding: string): AsyncGenerator<NumberedRow> {
  for await (const parsed of parser) {
    const line = parsed.info.lines;
    if ('broken' in parsed) yield { line, row: new RowFault('', parsed.broken) };
    else yield { line, row: damageOf(parsed.record, encoding) ?? parsed.record };
  }
}

/** What stands where bytes were none of the encoding; the text itself hardly ever holds it. */
const REPLACEMENT = '\uFFFD';
const isDamaged = (text: string): boolean => text.includes(REPLACEMENT);

function damageOf(row: Row, encoding: string): RowFault | undefined {
  for (const [column, text] of Object.entries(row))
    if (isDamaged(text))
      return new RowFault(
        column,
        `is not ${encoding}; say in the mapping's \`encoding\` what the file is written in`,
      );
  return undefined;
}
