import { spawn, type ChildProcess } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceKeys } from '../access/source-keys.ts';
import type { Settings } from '../settings.ts';
import { StartFault } from '../start-fault.ts';

/** Sources that the demo sends from; their ages stand on the wall. */
const DEMO_SOURCES = ['demo-110', 'demo-positions', 'demo-risk', 'demo-platforms'] as const;

/** Where the demo city is, whether it is made yet or not. */
export const demoCityDir = ({ dataDir, demoSeed }: Settings): string => join(dataDir, `city-${demoSeed}`);

/**
 * Makes the demo city pack if it is not there yet.
 * @returns its folder
 * @throws StartFault when it cannot be made
 */
export async function ensureDemoCity(
  root: string,
  settings: Settings,
  say: (line: string) => void,
): Promise<string> {
  const dir = demoCityDir(settings);
  const there = await access(join(dir, 'city.json')).then(
    () => true,
    () => false,
  );
  if (there) return dir;
  say('making the demo city …');
  const child = spawn(
    process.execPath,
    ['mock/main.ts', 'city', '--out', dir, '--seed', String(settings.demoSeed)],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new StartFault(`The demo city could not be made in ${dir}.`);
  return dir;
}

export interface DemoOptions {
  readonly root: string;
  readonly settings: Settings;
  readonly cityDir: string;
  readonly address: string;
  readonly sourceKeys: SourceKeys;
}

/** Starts the demo's life as a process of its own, and again if it ends by itself. */
export async function startDemo(options: DemoOptions): Promise<{ stop(): Promise<void> }> {
  const { root, settings, cityDir, address, sourceKeys } = options;
  const keys: Record<string, string> = {};
  for (const source of DEMO_SOURCES)
    keys[source] = await sourceKeys.replace({ source, mode: 'Test', autoCheckIn: false });
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let restarts = 0;
  const start = (): void => {
    const startedAt = performance.now();
    child = spawn(
      process.execPath,
      [
        'mock/main.ts',
        'feed',
        '--url',
        address,
        '--city',
        cityDir,
        '--seed',
        String(settings.demoSeed),
        '--speed',
        String(settings.demoSpeed),
        '--days',
        String(settings.demoDays),
        '--state',
        join(settings.dataDir, 'demo'),
      ],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, MAPLEWALL_SOURCE_KEYS: JSON.stringify(keys) },
      },
    );
    child.on('close', () => {
      if (stopped) return;
      restarts = performance.now() - startedAt > 60_000 ? 0 : restarts + 1;
      timer = setTimeout(start, Math.min(30_000, 1_000 * 2 ** restarts));
    });
  };
  start();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      if (child === undefined || child.exitCode !== null) return;
      const closed = new Promise((resolve) => child?.on('close', resolve));
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child?.kill('SIGKILL'), 3_000);
      await closed;
      clearTimeout(impatient);
    },
  };
}
