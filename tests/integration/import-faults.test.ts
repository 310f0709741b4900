import { once } from 'node:events';
import { link, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

describe('an import with a list of rejected rows', () => {
  const DATA = 'MMSI,BaseDateTime,LAT,LON,SOG,COG\n1,2022-01-03T00:00:00,37,-122,0,0\n';
  let csv: string;
  let server: Server;
  /** With a gateway that takes every key and counts what it is sent. */
  let how: readonly string[];
  let batches = 0;
  beforeAll(async () => {
    csv = join(folder, 'rejected.csv');
    await writeFile(csv, DATA);
    server = createServer((request, response) => {
      if (request.method === 'POST') batches += 1;
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    how = ['--key', 'any', '--server', `http://127.0.0.1:${port}`];
  });
  afterAll(() => server.close());

  it('that cannot be written says so before it sends anything', async () => {
    const rejects = join(folder, 'none', 'rejects.csv');
    expect(await refusal(csv, MAPPING, [...how, '--rejects', rejects])).toBe(
      `The list of rejected rows cannot be written to ${rejects} (ENOENT): name another file with --rejects and start the import again.`,
    );
    expect(batches).toBe(0);
  });

  it('says that the data is missing, not the folder that the list would lie in', async () => {
    const missing = join(folder, 'none', 'ships.csv');
    expect(await refusal(missing, MAPPING, how)).toBe(`The file ${missing} cannot be read.`);
  });

  it('does not write it over the data or the mapping, under whatever name', async () => {
    const mapping = join(folder, 'ships.json');
    const text = await readFile(MAPPING, 'utf8');
    await writeFile(mapping, text);
    const symbolic = join(folder, 'symbolic.csv');
    const hard = join(folder, 'hard.csv');
    await symlink(csv, symbolic);
    await link(csv, hard);
    for (const rejects of [csv, symbolic, hard])
      expect(await refusal(csv, mapping, [...how, '--rejects', rejects])).toBe(
        '--rejects names the file of the data itself; name another one.',
      );
    expect(await refusal(csv, mapping, [...how, '--rejects', mapping])).toBe(
      '--rejects names the file of the mapping itself; name another one.',
    );
    expect([await readFile(csv, 'utf8'), await readFile(mapping, 'utf8')]).toEqual([DATA, text]);
  });
});

it('an import with a wrong key says what the gateway said', async () => {
  const server = createServer((_, response) => {
    response.writeHead(401).end('{"code":"access.keyWrong"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const csv = join(folder, 'key.csv');
  await writeFile(csv, 'MMSI,BaseDateTime,LAT,LON,SOG,COG\n');
  expect(await refusal(csv, MAPPING, ['--key', 'any', '--server', `http://127.0.0.1:${port}`])).toBe(
    'The gateway refused the key: 401 {"code":"access.keyWrong"} What was taken stays; start the import again to go on.',
  );
  server.close();
});
