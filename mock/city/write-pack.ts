import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePack, packFiles } from './make-pack.ts';

/**
 * Makes the demo city and writes it to a folder, which is made when it is not there.
 * @throws when the folder cannot be written
 */
export async function writePack({
  out,
  seed,
}: {
  readonly out: string;
  readonly seed: number;
}): Promise<void> {
  await mkdir(out, { recursive: true });
  for (const { name, text } of packFiles(makePack(seed))) await writeFile(join(out, name), text);
}
