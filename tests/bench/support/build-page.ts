import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds a page of client/fixtures into a folder. @throws when it cannot be built */
export async function buildPage(name: string, outDir: string): Promise<void> {
  const args = ['node_modules/vite/bin/vite.js', 'build', `fixtures/${name}`, '--configLoader', 'native'];
  const child = spawn(
    process.execPath,
    [...args, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'],
    {
      cwd: join(ROOT, 'client'),
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error('the page for measuring could not be built');
}
