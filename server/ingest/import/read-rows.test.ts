import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseMapping, type Mapping } from './mapping.ts';
import { readRows, type NumberedRow } from './read-rows.ts';
import { RowFault } from './row-value.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-rows-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function anyMapping(): Mapping {
  const parsed = parseMapping({
    formatVersion: 1,
    what: 'positions',
    time: { format: 'iso', zone: 'UTC' },
    coordinateSystem: 'WGS84',
    coordinates: { lng: '{lng}', lat: '{lat}' },
    responderId: '{who}',
    fixAt: '{t}',
  });
  if (!parsed.ok) throw new Error('mapping');
  return parsed.value;
}

async function given(text: string): Promise<string> {
  const file = join(folder, 'rows.csv');
  await writeFile(file, text);
  return file;
}

it('a row that is no CSV comes in its place, with its line and the reason', async () => {
  const file = await given('who,t\nv1,1\nv2\nv3,3\nv4,4,4\n"v5,5\n');
  const rows: NumberedRow[] = [];
  for await (const row of (await readRows(file, anyMapping())).rows) rows.push(row);
  expect(rows.map(({ line, row }) => [line, row instanceof RowFault ? row.reason : row['who']])).toEqual([
    [2, 'v1'],
    [3, 'the row has more or fewer cells than the header'],
    [4, 'v3'],
    [5, 'the row has more or fewer cells than the header'],
    [6, 'a quote is never closed'],
  ]);
});

it('a file in which no row is sound is read no faster than its rows are taken', async () => {
  const file = await given(`who,t\n${`${'x'.repeat(1_000)}\n`.repeat(5_000)}`);
  const reader = await readRows(file, anyMapping());
  const rows = reader.rows[Symbol.asyncIterator]();
  expect((await rows.next()).value).toMatchObject({ line: 2, row: expect.any(RowFault) as RowFault });
  for (let turns = 0; turns < 1_000; turns += 1) await turn();
  expect(reader.progress()).toBeLessThan(0.5);
  await rows.return?.();
});
