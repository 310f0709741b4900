import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * `npm test [-- paths]`: every test of every room. The last line counts them plainly. A part that cannot run here
 * is named; with REQUIRE_ALL=1 that is a failure.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const report = fileURLToPath(new URL('out/vitest.json', import.meta.url));

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

await mkdir(fileURLToPath(new URL('out', import.meta.url)), { recursive: true });
await rm(report, { force: true });
const code = await new Promise<number>((resolve) => {
  const child = spawn(
    process.execPath,
    [
      'tests/node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'tests/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  child.on('error', () => resolve(1));
  child.on('close', (status) => resolve(status ?? 1));
});

const result = JSON.parse(await readFile(report, 'utf8')) as Report;
const skipped = result.testResults.flatMap((file) =>
  file.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed'),
);
for (const { fullName } of skipped) console.log(`did not run here: ${fullName}`);
const brokenFiles = result.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
);
for (const file of brokenFiles) console.log(`failed as a whole: ${file.name}\n${file.message}`);
const failed = result.numFailedTests + brokenFiles.length;
const missing = process.env['REQUIRE_ALL'] === '1' && skipped.length > 0;
if (missing) console.log('REQUIRE_ALL=1: every part must run, and those named above did not');
const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
console.log(`${result.numPassedTests} passed, ${failed} failed${tail}`);
process.exitCode = code !== 0 || failed > 0 || missing ? 1 : 0;
