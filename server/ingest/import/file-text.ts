import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { FileFault } from './file-fault.ts';
import type { Mapping } from './mapping-form.ts';

/** How the cells are read that the CSV reader finds in a file. */
export interface Cells {
  /** What the CSV reader takes the bytes for that it gets. */
  readonly encoding: 'latin1' | 'utf8';
  /** What the file is written in. */
  readonly name: string;
  /** What a cell says; undefined where its bytes are none of the encoding. */
  read(cell: string): string | undefined;
}

/** A file as the CSV reader gets it, without the mark at its beginning. */
export function textOf(
  bytes: NodeJS.ReadableStream & AsyncIterable<Buffer>,
  file: string,
  mapping: Mapping,
): { readonly text: NodeJS.ReadableStream; readonly cells: Cells } {
  const { encoding } = new TextDecoder(mapping.encoding);
  if (encoding === 'utf-8') return { text: Readable.from(withoutMark(bytes)), cells: UTF_8_CELLS };
  return {
    text: Readable.from(decoded(bytes, encoding, file)),
    cells: { encoding: 'utf8', name: encoding, read: (cell) => (cell.includes('\uFFFD') ? undefined : cell) },
  };
}

/**
 * The CSV reader passes on the bytes of a UTF-8 file, one character for each. So what is broken can be told from a U+FFFD
 * that somebody wrote, and what nobody uses need not be read.
 */
const UTF_8_CELLS: Cells = {
  encoding: 'latin1',
  name: 'utf-8',
  read(cell) {
    if (!/[\u0080-\u00ff]/.test(cell)) return cell;
    const bytes = Buffer.from(cell, 'latin1');
    return isUtf8(bytes) ? bytes.toString() : undefined;
  },
};

const UTF_8_MARK = Buffer.from('\ufeff');

async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of bytes) {
    yield isFirst && isMarked(chunk) ? chunk.subarray(UTF_8_MARK.length) : chunk;
    isFirst = false;
  }
}

/** A U+FFFD is what stands where bytes are none of the encoding; files in other encodings than UTF-8 hardly ever hold one. */
async function* decoded(
  bytes: AsyncIterable<Buffer>,
  encoding: string,
  file: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let isFirst = true;
  for await (const chunk of bytes) {
    // Of Chinese text in UTF-8 most can be read as GB18030 too: as nonsense.
    if (isFirst && isMarked(chunk))
      throw new FileFault(
        `The file ${file} is marked as UTF-8, and the mapping says ${encoding}: take "encoding" out of the mapping.`,
      );
    isFirst = false;
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

const isMarked = (chunk: Buffer): boolean => chunk.subarray(0, UTF_8_MARK.length).equals(UTF_8_MARK);
