import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkDocs } from './docs.ts';
import { checkFileLength } from './file-length.ts';
import { checkLicences } from './licences.ts';

/**
 * `npm run check`: every part that a machine can judge without running the software. Each part prints one
 * line; a part that fails prints what it found. Two parts run at a time, for a machine with two cores.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Outcome {
  readonly passed: boolean;
  readonly found: string;
}
interface Part {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

const command =
  (file: string, ...args: readonly string[]) =>
  () =>
    new Promise<Outcome>((resolve) => {
      const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
      let found = '';
      child.stdout.on('data', (chunk: Buffer) => (found += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (found += chunk.toString()));
      child.on('error', (error) => resolve({ passed: false, found: String(error) }));
      child.on('close', (code) => resolve({ passed: code === 0, found }));
    });

const findings = (check: (root: string) => Promise<readonly string[]>) => async (): Promise<Outcome> => {
  const found = await check(root);
  return { passed: found.length === 0, found: found.join('\n') };
};

const parts: readonly Part[] = [
  { name: 'types: client', run: command('client/node_modules/.bin/vue-tsc', '-p', 'client') },
  { name: 'types: shared (no Node, no DOM)', run: command('tsc', '-p', 'shared') },
  { name: 'types: server, mock, tests', run: command('tsc', '-p', '.') },
  { name: 'format', run: command('oxfmt', '--check', '.') },
  { name: 'lint', run: command('oxlint', '--deny-warnings', '.') },
  {
    name: 'import table and cycles',
    run: command(
      'depcruise',
      '--config',
      '.dependency-rules.mjs',
      'shared',
      'server',
      'mock',
      'client',
      'tests',
    ),
  },
  {
    name: 'unused files, exports, dependencies',
    run: command('knip', '--config', '.knip.json', '--no-progress'),
  },
  { name: 'licences', run: findings(checkLicences) },
  { name: 'file length', run: findings(checkFileLength) },
  { name: 'documents', run: findings(checkDocs) },
];

const waiting = [...parts];
let failed = 0;
const work = async (): Promise<void> => {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const started = performance.now();
    const { passed, found } = await part.run();
    const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    console.log(`${passed ? 'ok  ' : 'FAIL'}  ${part.name}  (${took})`);
    if (!passed) {
      failed += 1;
      console.log(found.trimEnd().replaceAll(/^/gm, '      '));
    }
  }
};
await Promise.all([work(), work()]);
console.log(failed === 0 ? 'check: all parts passed' : `check: ${failed} of ${parts.length} parts failed`);
process.exitCode = failed === 0 ? 0 : 1;
