import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileFault } from './file-fault.ts';
import { parseMapping } from './mapping.ts';
import { openRejects, Rejects, RejectsFault } from './rejects.ts';
import { runImport, type Sender } from './run-import.ts';
import { SendFault } from './send-batches.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-rejects-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

describe('the list of rejected rows', () => {
  it('holds line, field and reason of each row', async () => {
    const file = join(folder, 'some.csv');
    const rejects = await openRejects(file);
    await rejects.add(7, 'lng', `'"east"' is not a number`);
    await rejects.close();
    expect(await readFile(file, 'utf8')).toBe(`line,field,reason\n7,"lng","'""east""' is not a number"\n`);
  });

  it('is not there where no row was rejected', async () => {
    const file = join(folder, 'none.csv');
    await (await openRejects(file)).close();
    expect(await isThere(file)).toBe(false);
  });

  it('of an earlier import is emptied, and stays', async () => {
    const file = join(folder, 'earlier.csv');
    await writeFile(file, 'line,field,reason\n1,"lng","is empty"\n');
    await (await openRejects(file)).close();
    expect(await readFile(file, 'utf8')).toBe('line,field,reason\n');
  });

  it.each(['none/rejects.csv', '.'])('that cannot be written is a fault at once: %s', async (name) => {
    const file = join(folder, name);
    await expect(openRejects(file)).rejects.toThrow(RejectsFault);
    await expect(openRejects(file)).rejects.toThrow(`The list of rejected rows cannot be written to ${file}`);
  });

  it('on a disk that is full is a fault at once', async () => {
    await expect(openRejects('/dev/full')).rejects.toThrow(/\(ENOSPC\).*--rejects/);
  });

  it('on a disk that fills up later is a fault of the next row or of the end', async () => {
    const filling = () =>
      new Writable({
        highWaterMark: 1,
        write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })),
      });
    const rejects = new Rejects('full.csv', filling());
    await expect(rejects.add(2, 'lng', 'is empty')).rejects.toThrow(RejectsFault);
    await expect(rejects.add(3, 'lng', 'is empty')).rejects.toThrow(RejectsFault);
    await expect(rejects.close()).rejects.toThrow(RejectsFault);
  });
});

const DATA = 'who,lng,lat,t\nv1,120.5,27.5,2026-11-23T08:00:00\n';

async function importData(
  text: string,
  rejectsFile: string,
  checkKey: () => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly batches: number }> {
  const file = join(folder, 'data.csv');
  await writeFile(file, text);
  const mapping = parseMapping({
    formatVersion: 1,
    what: 'positions',
    time: { format: 'iso', zone: 'UTC' },
    coordinateSystem: 'WGS84',
    coordinates: { lng: '{lng}', lat: '{lat}' },
    responderId: '{who}',
    fixAt: '{t}',
  });
  if (!mapping.ok) throw new Error('mapping');
  let batches = 0;
  const take = (batch: readonly unknown[]) => {
    batches += 1;
    return Promise.resolve({ taken: batch.length, repeated: 0, refused: [] });
  };
  const sender: Sender = { checkKey, sendEvents: take, sendFixes: take };
  await runImport({ file, mapping: mapping.value, rejectsFile, onProgress: () => undefined }, sender).catch(
    (error: unknown) => {
      throw Object.assign(error as Error, { batches });
    },
  );
  return { batches };
}

it('an import whose rejected rows cannot be listed sends nothing', async () => {
  await expect(importData(DATA, join(folder, 'none', 'rejects.csv'))).rejects.toMatchObject({
    constructor: RejectsFault,
    batches: 0,
  });
  expect(await importData(DATA, join(folder, 'rejects.csv'))).toEqual({ batches: 1 });
});

it.each([
  ['has the wrong key', DATA, () => Promise.reject(new SendFault('The gateway refused the key.')), SendFault],
  ['lacks a column', 'who,lng\nv1,120.5\n', () => Promise.resolve(), FileFault],
])(
  'an import that %s leaves the list of the one before as it was',
  async (_, text, checkKey, constructor) => {
    const rejectsFile = join(folder, 'before.csv');
    await writeFile(rejectsFile, 'line,field,reason\n7,"lng","is empty"\n');
    await expect(importData(text, rejectsFile, checkKey)).rejects.toMatchObject({ constructor, batches: 0 });
    expect(await readFile(rejectsFile, 'utf8')).toBe('line,field,reason\n7,"lng","is empty"\n');
  },
);
