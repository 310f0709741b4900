import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMapping } from './mapping.ts';
import type { Mapping } from './mapping-form.ts';
import { systemClock } from '../../clock.ts';
import { dryRun } from './dry-run.ts';
import { runImport, type Sender } from './run-import.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-encoding-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function mappingIn(encoding?: string): Mapping {
  const parsed = parseMapping({
    formatVersion: 1,
    what: 'events',
    ...(encoding === undefined ? {} : { encoding }),
    time: { format: 'iso', zone: 'UTC' },
    coordinateSystem: 'WGS84',
    coordinates: { lng: '{lng}', lat: '{lat}' },
    records: [{ kind: 'incident.cancelled', at: '{t}', key: '{k}', fields: { incidentId: '{编号}' } }],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

/** 编号 and 盗窃 in the encoding of many offices in China. */
const HEADER_GBK = Buffer.from([0xb1, 0xe0, 0xba, 0xc5]);
const THEFT_GBK = Buffer.from([0xb5, 0xc1, 0xc7, 0xd4]);
const line = (...cells: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([...cells.map((cell) => Buffer.from(cell)), Buffer.from('\n')]);

async function given(name: string, ...lines: readonly Buffer[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, Buffer.concat(lines));
  return file;
}

const idsIn = async (file: string, mapping: Mapping): Promise<readonly unknown[]> =>
  (await dryRun({ file, mapping, clock: systemClock })).first.flatMap(({ items }) =>
    items.map((item) => (item as { event: { incidentId: string } }).event.incidentId),
  );

describe("a file in the mapping's encoding", () => {
  it.each(['gbk', 'gb18030', 'GB2312'])('is read: %s', async (encoding) => {
    const file = await given(
      `${encoding}.csv`,
      line('t,k,', HEADER_GBK),
      line('2026-11-23T08:00:00,1,', THEFT_GBK),
    );
    expect(await idsIn(file, mappingIn(encoding))).toEqual(['盗窃']);
  });

  it('is read: utf-16le, with and without its mark', async () => {
    for (const mark of ['', '\ufeff']) {
      const text = `${mark}t,k,编号\n2026-11-23T08:00:00,1,盗窃\n`;
      const file = await given('utf-16.csv', Buffer.from(text, 'utf16le'));
      expect(await idsIn(file, mappingIn('utf-16le'))).toEqual(['盗窃']);
    }
  });

  it('is read where a character lies across two pieces of the file', async () => {
    const row = line('2026-11-23T08:00:00,1,', THEFT_GBK, THEFT_GBK, 'x');
    const file = await given(
      'long.csv',
      line('t,k,', HEADER_GBK),
      ...Array.from({ length: 20_000 }, () => row),
    );
    const result = await dryRun({ file, mapping: mappingIn('gbk'), clock: systemClock });
    expect([result.rows, [...result.faults]]).toEqual([20_000, []]);
  });
});

describe('a file in another encoding than the mapping says', () => {
  it('gets the rows rejected that cannot be read, with line, column and what to do; the others are sent', async () => {
    const file = await given(
      'mixed.csv',
      line('t,k,编号'),
      line('2026-11-23T08:00:00,1,盗窃'),
      line('2026-11-23T08:00:00,2,', THEFT_GBK),
      line('2026-11-23T08:00:00,3,打架'),
    );
    const reason = "is not utf-8; say in the mapping's `encoding` what the file is written in";
    const dry = await dryRun({ file, mapping: mappingIn(), clock: systemClock });
    expect([dry.rows, [...dry.faults]]).toEqual([2, [[`编号: ${reason}`, 1]]]);

    const keys: string[] = [];
    const sender: Sender = {
      checkKey: () => Promise.resolve(),
      sendEvents: (batch) => {
        keys.push(...batch.map(({ item }) => item.key));
        return Promise.resolve({ taken: batch.length, repeated: 0, refused: [] });
      },
      sendFixes: () => Promise.reject(new Error('no fixes')),
    };
    const rejectsFile = join(folder, 'mixed.rejects.csv');
    await runImport({ file, mapping: mappingIn(), rejectsFile, onProgress: () => undefined }, sender);
    expect(keys).toEqual(['1', '3']);
    expect(await readFile(rejectsFile, 'utf8')).toBe(`line,field,reason\n3,"编号","${reason}"\n`);
  });

  it('loses no row for a column that the mapping does not use', async () => {
    const file = await given(
      'unused.csv',
      line('t,k,编号,note'),
      line('2026-11-23T08:00:00,1,盗窃,', THEFT_GBK),
    );
    expect(await idsIn(file, mappingIn())).toEqual(['盗窃']);
  });

  it('loses no row for the character U+FFFD that stands in the file itself', async () => {
    const file = await given('fffd.csv', line('t,k,编号'), line('2026-11-23T08:00:00,1,盗\ufffd'));
    expect(await idsIn(file, mappingIn())).toEqual(['盗\ufffd']);
  });

  it('is refused as a whole where its header was read as nonsense, and helped to the encoding', async () => {
    const file = await given('nonsense.csv', line('t,k,编号'), line('2026-11-23T08:00:00,1,盗窃'));
    await expect(dryRun({ file, mapping: mappingIn('gb18030'), clock: systemClock })).rejects.toThrow(
      /lacks a column that the mapping uses: '编号'\. It has: 't', 'k', '[^']+'\. It was read as gb18030: if these names make no sense, say in the mapping's "encoding" what the file is written in, or leave it out for UTF-8\.$/,
    );
  });

  it('is refused as a whole where its header cannot be read', async () => {
    const file = await given(
      'header.csv',
      line('t,k,', HEADER_GBK),
      line('2026-11-23T08:00:00,1,', THEFT_GBK),
    );
    await expect(dryRun({ file, mapping: mappingIn(), clock: systemClock })).rejects.toThrow(
      `The header of ${file} is not utf-8: say in the mapping what the file is written in, for example "encoding": "gb18030".`,
    );
  });
});

describe('a file with the mark of UTF-8', () => {
  const text = '\ufefft,k,编号\n2026-11-23T08:00:00,1,盗窃\n';

  it('is read without it', async () => {
    expect(await idsIn(await given('mark.csv', Buffer.from(text)), mappingIn())).toEqual(['盗窃']);
  });

  it('is refused as a whole where the mapping says otherwise', async () => {
    const file = await given('mark.csv', Buffer.from(text));
    await expect(dryRun({ file, mapping: mappingIn('gb18030'), clock: systemClock })).rejects.toThrow(
      `The file ${file} is marked as UTF-8, and the mapping says gb18030: take "encoding" out of the mapping.`,
    );
  });
});

it('a mapping with an encoding that nobody knows is refused', () => {
  expect(() => mappingIn('gbk-2000')).toThrow(/encoding.*'gbk-2000' is no known encoding/);
});
