import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trackedFiles } from './tracked-files.ts';

const LIMIT_LINES = 400;

/** Files that may be longer, each with its reason. */
const LONGER: Readonly<Record<string, string>> = {};

/** Names each source file that has outgrown one subject. */
export async function checkFileLength(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of await trackedFiles(root)) {
    if (!/\.(ts|vue|css|mjs)$/.test(path) || path in LONGER) continue;
    const text = await readFile(join(root, path), 'utf8').catch(() => '');
    const lines = text.split('\n').length;
    if (lines > LIMIT_LINES)
      found.push(`${path}: ${lines} lines; more than ${LIMIT_LINES} is several subjects`);
  }
  return found;
}
