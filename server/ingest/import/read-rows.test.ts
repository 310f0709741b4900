import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseMapping } from './mapping.ts';
import type { Mapping } from './mapping-form.ts';
import { FileFault } from './file-fault.ts';
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
  const file = await given('who,t,lng,lat\nv1,1,,\nv2\nv3,3,,\nv4,4,4,,\n"v5,5,,\n');
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
  const file = await given(`who,t,lng,lat\n${`${'x'.repeat(1_000)}\n`.repeat(5_000)}`);
  const reader = await readRows(file, anyMapping());
  const rows = reader.rows[Symbol.asyncIterator]();
  expect((await rows.next()).value).toMatchObject({ line: 2, row: expect.any(RowFault) as RowFault });
  for (let turns = 0; turns < 1_000; turns += 1) await turn();
  expect(reader.progress()).toBeLessThan(0.5);
  await rows.return?.();
});

const LINES = ['who,lng,lat,t', 'v1,1,2,3', 'v2,1,2,3', '"v3",1,2,3', 'v4,1,2,3'];
const whosIn = async (file: string): Promise<readonly (number | string | undefined)[][]> => {
  const rows: NumberedRow[] = [];
  for await (const row of (await readRows(file, anyMapping())).rows) rows.push(row);
  return rows.map(({ line, row }) => [line, row instanceof RowFault ? row.reason : row['who']]);
};

it.each([
  ['CR LF, then LF', ['\r\n', '\n', '\n', '\n', '\n']],
  ['LF, then CR LF', ['\n', '\n', '\r\n', '\r\n', '\r\n']],
  ['CR LF', ['\r\n', '\r\n', '\r\n', '\r\n', '\r\n']],
  ['CR', ['\r', '\r', '\r', '\r', '']],
])('rows end where their line ends, whatever ends the others: %s', async (_, ends) => {
  const file = await given(LINES.map((line, index) => `${line}${ends[index]}`).join(''));
  expect(await whosIn(file)).toEqual([
    [2, 'v1'],
    [3, 'v2'],
    [4, 'v3'],
    [5, 'v4'],
  ]);
});

it('a column that the mapping uses and the header lacks is told once, with the names that there are', async () => {
  const file = await given(`who,lon,lat,time\n${'v1,1,2,3\n'.repeat(3)}`);
  await expect(whosIn(file)).rejects.toThrow(
    new FileFault(
      `The header of ${file} lacks columns that the mapping uses: 'lng', 't'. It has: 'who', 'lon', 'lat', 'time'.`,
    ),
  );
});
