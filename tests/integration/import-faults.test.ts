import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startProcess } from '../support/start-process.ts';

vi.setConfig({ testTimeout: 240_000 });

const MAPPING = 'docs/examples/ais.mapping.json';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What `maplewall import` says as it refuses, in one line or with the fields below it. */
async function refusal(
  file: string,
  mapping: string,
  how: readonly string[] = ['--dry-run'],
): Promise<string> {
  const run = startProcess(
    ['server/cli/maplewall.ts', 'import', '--file', file, '--mapping', mapping, ...how],
    { DATA_DIR: join(folder, 'data') },
  );
  expect([await run.ended, run.stdout()]).toEqual([1, '']);
  return run.stderr().trim();
}

it('an import that cannot be says in a sentence which file is wrong, and where', async () => {
  const csv = join(folder, 'ships.csv');
  const packed = join(folder, 'ships.csv.gz');
  const mapping = join(folder, 'mapping.json');
  await writeFile(csv, 'MMSI\n1\n');
  await writeFile(packed, 'this is not gzip');
  expect(await refusal(join(folder, 'none.csv'), MAPPING)).toBe(
    `The file ${join(folder, 'none.csv')} cannot be read.`,
  );
  expect(await refusal(packed, MAPPING)).toBe(
    `The file ${packed} is no whole gzip file. What was taken stays; give the file again.`,
  );
  expect(await refusal(csv, join(folder, 'none.json'))).toContain('none.json cannot be read.');
  await writeFile(mapping, '{');
  expect(await refusal(csv, mapping)).toBe(`The mapping file ${mapping} is not JSON.`);
  await writeFile(mapping, Buffer.from([0x7b, 0xbe, 0xad, 0xb6, 0xc8, 0x7d]));
  expect(await refusal(csv, mapping)).toBe(`The mapping file ${mapping} is not UTF-8; save it as UTF-8.`);
  await writeFile(csv, Buffer.from([0xbe, 0xad, 0xb6, 0xc8, 0x0a]));
  expect(await refusal(csv, MAPPING)).toBe(
    `The header of ${csv} is not utf-8: say in the mapping what the file is written in, for example "encoding": "gb18030".`,
  );
  await writeFile(
    mapping,
    JSON.stringify({
      formatVersion: 1,
      what: 'positions',
      time: { format: 'yyyy-MM-dd HH a', zone: 'Mars/Olympus' },
      coordinateSystem: 'WGS84',
      coordinates: { of: '{x}', pattern: '(' },
      responderId: '{MMSI}',
      fixAt: '{t}',
    }),
  );
  const sentences = await refusal(csv, mapping);
  for (const field of ['time.zone', 'time.format', 'coordinates.pattern'])
    expect(sentences).toContain(`Field ${field} is not valid: `);
});

it('an import whose rejected rows cannot be listed says so before it looks for a gateway', async () => {
  const csv = join(folder, 'rejected.csv');
  const nowhere = ['--key', 'any', '--server', 'http://localhost:1'];
  await writeFile(csv, 'MMSI\n1\n');
  const rejects = join(folder, 'none', 'rejects.csv');
  expect(await refusal(csv, MAPPING, [...nowhere, '--rejects', rejects])).toBe(
    `The list of rejected rows cannot be written to ${rejects} (ENOENT): name another file with --rejects and start the import again.`,
  );
  expect(await refusal(csv, MAPPING, [...nowhere, '--rejects', csv])).toBe(
    '--rejects names the file of the data itself; name another one.',
  );
  expect(await readFile(csv, 'utf8')).toBe('MMSI\n1\n');
  const missing = join(folder, 'none', 'ships.csv');
  expect(await refusal(missing, MAPPING, nowhere)).toBe(`The file ${missing} cannot be read.`);
});
