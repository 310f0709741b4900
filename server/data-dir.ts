import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartFault } from './start-fault.ts';

/**
 * Makes the folder of data if it is not there, and sees that files can be written in it.
 * @throws StartFault when they cannot
 */
export async function ensureDataDir(dir: string): Promise<void> {
  const probe = join(dir, `.writable-${process.pid}`);
  try {
    await makeFolder(dir);
    await writeFile(probe, '');
    await rm(probe);
  } catch {
    throw new StartFault(`The folder ${dir} cannot be written; set DATA_DIR to one that can.`);
  }
}

/** Node's own recursive mkdir never ends where the system says ENOENT below a folder that is there (/proc, Node 24). */
async function makeFolder(dir: string): Promise<void> {
  const make = (): Promise<string | undefined> =>
    mkdir(dir).then(
      () => undefined,
      (error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (code === 'EEXIST') return undefined;
        if (code === 'ENOENT') return code;
        throw error;
      },
    );
  if ((await make()) === undefined) return;
  if (dirname(dir) !== dir) await makeFolder(dirname(dir));
  if ((await make()) !== undefined) throw new Error(`${dir} cannot be made`);
}

/**
 * Two gateways on one folder would both number the records of one log. The lock is SQLite's on a file, so the system
 * takes it away with the process, however that ends.
 * @returns gives the folder back
 * @throws StartFault when another gateway has it
 */
export function lockDataDir(dir: string): () => void {
  const lock = new DatabaseSync(join(dir, 'gateway.lock'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new StartFault(
      `Another gateway uses the folder ${dir}; stop it or set DATA_DIR to another folder.`,
    );
  }
  return () => lock.close();
}
