import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { FileSize } from '@maplewall/shared/wire/storage.ts';

/** Bytes of a file and its journal. */
export const bytesOf = (file: string): number =>
  [file, `${file}-wal`].reduce(
    (sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

/** What a file of SQLite takes, with its journal. */
export function sizeOf(file: string, database: DatabaseSync): FileSize {
  const number = (pragma: string): number =>
    Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  return {
    bytes: bytesOf(file),
    reusableBytes: number('freelist_count') * number('page_size'),
  };
}
