import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFault } from '../start-fault.ts';

const STAMP = '.sources';

/** One of the things that are built from the sources of the screens. */
interface Build {
  /** Its folder below client. */
  readonly dist: string;
  readonly announcement: string;
  readonly args: readonly string[];
}
const SCREENS: Build = { dist: 'dist', announcement: 'building the screens …', args: [] };
const PLAYER: Build = {
  dist: 'take-along/dist',
  announcement: 'building the player for files …',
  args: ['--config', 'vite.take-along.config.ts'],
};

/** Builds the screens (see `build`). */
export const buildClient = (root: string, say: (line: string) => void): Promise<void> =>
  build(SCREENS, root, say);

/** Builds the page of a replay that is taken along (see `build`). */
export const buildPlayer = (root: string, say: (line: string) => void): Promise<void> =>
  build(PLAYER, root, say);

/**
 * Builds when the sources have changed since the last build. They are built beside and put in place
 * whole, so that a gateway that runs, or another that starts, never serves half of them.
 * @throws StartFault when the build fails
 */
async function build(
  { dist, announcement, args }: Build,
  root: string,
  say: (line: string) => void,
): Promise<void> {
  const target = join(root, 'client', dist);
  const hash = await sourcesHash(root);
  const isBuilt = async (): Promise<boolean> =>
    (await readFile(join(target, STAMP), 'utf8').catch(() => '')) === hash;
  if (await isBuilt()) return;
  say(announcement);
  // Below node_modules it is out of the way of whoever reads the sources.
  const beside = `node_modules/.built-${dist.replaceAll('/', '-')}-${process.pid}`;
  const built = join(root, 'client', beside);
  try {
    const output = await run(root, [...args, '--outDir', beside]);
    if (output !== undefined) throw new StartFault(`The screens could not be built:\n${output}`);
    await writeFile(join(built, STAMP), hash);
    await rm(target, { recursive: true, force: true });
    // Another start may have put the same in place in the meantime.
    await rename(built, target).catch(async (error: unknown) => {
      if (!(await isBuilt())) throw error;
    });
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}

/** Undefined when it went well, else what the build printed. */
function run(root: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', ...args],
      {
        cwd: join(root, 'client'),
        stdio: ['ignore', 'pipe', 'pipe'],
        // Whatever runs this: a test runner names another environment, and the libraries bring their checks along.
        env: { ...process.env, NODE_ENV: 'production' },
      },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', (error) => resolve(String(error)));
    child.on('close', (code) => resolve(code === 0 ? undefined : output));
  });
}

async function sourcesHash(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await sourceFiles(root)) {
    hash.update(path);
    hash.update(await readFile(join(root, path)));
  }
  return hash.digest('hex');
}

async function sourceFiles(root: string): Promise<readonly string[]> {
  const found = ['pnpm-lock.yaml'];
  for (const top of ['client', 'shared']) {
    const visit = async (folder: string): Promise<void> => {
      for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
        if (entry.name === 'node_modules' || entry.name === 'dist') continue;
        const path = `${folder}/${entry.name}`;
        if (entry.isDirectory()) await visit(path);
        else if (!entry.name.endsWith('.test.ts')) found.push(path);
      }
    };
    await visit(top);
  }
  return found.toSorted();
}
