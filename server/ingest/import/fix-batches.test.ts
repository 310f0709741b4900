import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HERE, MINUTE, NOW, startTestGateway } from '../gateway.fixture.ts';
import { parseMapping } from './mapping.ts';
import { runImport, type Sender } from './run-import.ts';
import { BatchSender } from './send-batches.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-fix-batches-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Ten people, each with a fix a minute, the newest a day ago. */
const PEOPLE = 10;
function rowOf(index: number, rows: number): string {
  const minute = Math.floor(index / PEOPLE);
  const lng = (HERE.lng + minute / 1e5).toFixed(5);
  const t = NOW - 24 * 60 * MINUTE - Math.ceil(rows / PEOPLE) * MINUTE + minute * MINUTE;
  return `v${index % PEOPLE},${lng},${HERE.lat},${t}`;
}

async function importRows(rows: readonly string[], sender: Sender) {
  const mapping = parseMapping({
    formatVersion: 1,
    what: 'positions',
    time: { format: 'epochMs', zone: 'UTC' },
    coordinateSystem: 'WGS84',
    coordinates: { lng: '{lng}', lat: '{lat}' },
    responderId: '{who}',
    fixAt: '{t}',
  });
  if (!mapping.ok) throw new Error('mapping');
  const file = join(folder, 'fixes.csv');
  await writeFile(file, `who,lng,lat,t\n${rows.join('\n')}\n`);
  return runImport(
    { file, mapping: mapping.value, rejectsFile: `${file}.rejects.csv`, onProgress: () => undefined },
    sender,
  );
}

/** What is sent of these rows, batch by batch. */
async function batchesOf(rows: readonly string[]): Promise<readonly (readonly string[])[]> {
  const batches: (readonly string[])[] = [];
  await importRows(rows, {
    checkKey: () => Promise.resolve(),
    sendEvents: () => Promise.reject(new Error('no events')),
    sendFixes: (batch) => {
      batches.push(batch.map(({ item }) => JSON.stringify(item)));
      return Promise.resolve({ taken: batch.length, repeated: 0, refused: [] });
    },
  });
  return batches;
}

describe('batches of fixes', () => {
  const ROWS = 30_000;
  const sound = Array.from({ length: ROWS }, (_, index) => rowOf(index, ROWS));

  it('hold about a thousand rows, and never over four thousand', async () => {
    const sizes = (await batchesOf(sound)).map(({ length }) => length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(ROWS);
    expect(ROWS / sizes.length).toBeGreaterThan(600);
    expect(ROWS / sizes.length).toBeLessThan(1_600);
    const standing = await batchesOf(Array.from({ length: 10_000 }, () => sound[1] ?? ''));
    expect(standing.map(({ length }) => length)).toEqual([4_000, 4_000, 2_000]);
  });

  it.each([0, 7_777, 15_000, ROWS - 1])(
    'stay as they were where row %i was rejected and is corrected, but for the one that it belongs to',
    async (index) => {
      const rejected = await batchesOf(sound.with(index, 'v1,east,27.58,0'));
      const known = new Set(rejected.map(String));
      const corrected = await batchesOf(sound);
      expect(corrected.filter((batch) => !known.has(String(batch))).length).toBeLessThanOrEqual(2);
    },
  );
});

it('a row that is corrected and imported again takes no old fixes with it but those of its minute', async () => {
  const gateway = await startTestGateway();
  const sender = new BatchSender({
    server: new URL(await gateway.app.listen({ port: 0, host: '127.0.0.1' })),
    key: gateway.phonesKey,
    mode: undefined,
    wait: () => Promise.resolve(),
  });
  const sound = Array.from({ length: 3_000 }, (_, index) => rowOf(index, 3_000));
  const first = await importRows(sound.with(1_500, 'v1,east,27.58,0'), sender);
  expect([first.taken, first.repeated, first.rejected]).toEqual([2_999, 0, 1]);
  const second = await importRows(sound, sender);
  expect([second.taken, second.repeated, second.rejected]).toEqual([PEOPLE, 3_000 - PEOPLE, 0]);
  const third = await importRows(sound, sender);
  expect([third.taken, third.repeated, third.rejected]).toEqual([0, 3_000, 0]);
  await gateway.stop();
});
