import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Paths of all files that belong to the project: tracked, or new and not ignored. */
export async function trackedFiles(root: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 16 * 1024 * 1024,
  });
  return [...new Set(stdout.split('\n').filter((path) => path !== ''))];
}
