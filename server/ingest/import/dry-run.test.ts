import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HERE, MINUTE, NOW, startTestGateway, type TestGateway } from '../gateway.fixture.ts';
import { dryRun } from './dry-run.ts';
import { parseMapping } from './mapping.ts';
import type { Mapping } from './mapping-form.ts';
import { runImport } from './run-import.ts';
import { BatchSender } from './send-batches.ts';

let folder: string;
let gateway: TestGateway;
let server: URL;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-dry-run-'));
  gateway = await startTestGateway();
  server = new URL(await gateway.app.listen({ port: 0, host: '127.0.0.1' }));
});
afterAll(async () => {
  await gateway.stop();
  await rm(folder, { recursive: true, force: true });
});

const COMMON = {
  formatVersion: 1,
  time: { format: 'epochMs', zone: 'UTC' },
  coordinateSystem: 'WGS84',
  coordinates: { lng: '{lng}', lat: '{lat}' },
};
function mappingOf(json: object): Mapping {
  const parsed = parseMapping({ ...COMMON, ...json });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}
const POSITIONS = mappingOf({
  what: 'positions',
  responderId: '{who}',
  fixAt: '{t}',
  speed: { number: '{speed}' },
  course: { number: '{course}' },
});
const EVENTS = mappingOf({
  what: 'events',
  records: [
    {
      kind: 'incident.received',
      at: '{t}',
      key: '{key}',
      fields: {
        incidentId: '{id}',
        category: 'traffic',
        priority: { number: '{priority}' },
        place: 'x',
        lng: { coordinate: 'lng' },
        lat: { coordinate: 'lat' },
      },
    },
  ],
});

/** Both runs over the same rows; no row is about what only the gateway can know. */
async function runBoth(mapping: Mapping, rows: readonly Readonly<Record<string, unknown>>[]) {
  const file = join(folder, `${mapping.what}.csv`);
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  await writeFile(file, `${lines.map((cells) => cells.join(',')).join('\n')}\n`);
  const dry = await dryRun({ file, mapping, clock: gateway.clock });
  const wait = () => Promise.resolve();
  const real = await runImport(
    { file, mapping, rejectsFile: `${file}.rejects.csv`, onProgress: () => undefined },
    new BatchSender({ server, key: gateway.phonesKey, mode: undefined, wait }),
  );
  return { dry, real };
}

const LATE = NOW - 60 * MINUTE;
const FUTURE = NOW + 6 * MINUTE;

describe('a dry run', () => {
  it('counts the faults of positions that the import would count', async () => {
    const sound = { who: 'v1', ...HERE, t: LATE, speed: 1.4, course: 90 };
    const { dry, real } = await runBoth(POSITIONS, [
      sound,
      { ...sound, who: 'v2', speed: '' },
      { ...sound, t: FUTURE },
      { ...sound, t: FUTURE + MINUTE },
      { ...sound, t: -2_208_988_800_000 },
      { ...sound, t: -2_208_988_700_000 },
      { ...sound, lng: 0, lat: 0 },
      { ...sound, lng: 190 },
      { ...sound, course: 511 },
      { ...sound, speed: 'abc' },
      { ...sound, who: '' },
      { ...sound, who: 'v'.repeat(65) },
    ]);
    expect(dry.faults).toEqual(real.rejectsByKind);
    expect(dry.faults.get('fixAt: The time lies more than 5 minutes in the future.')).toBe(2);
    expect(dry.faults.get("{t}: '…' lies outside the years 2000 to 2099")).toBe(2);
    expect([dry.madeByKind.get('fix'), real.taken]).toEqual([2, 2]);
  });

  it('counts the faults of events that the import would count', async () => {
    const sound = { t: LATE, key: 'k1', id: 'i1', priority: 3, ...HERE };
    const { dry, real } = await runBoth(EVENTS, [
      sound,
      { ...sound, t: FUTURE },
      { ...sound, t: 5 },
      { ...sound, key: 'k'.repeat(129) },
      { ...sound, priority: '' },
      { ...sound, priority: 9 },
      { ...sound, lat: 91 },
      { ...sound, id: '' },
    ]);
    expect(dry.faults).toEqual(real.rejectsByKind);
    expect(dry.faults.get('at: The time lies more than 5 minutes in the future.')).toBe(1);
    expect([dry.madeByKind.get('incident.received'), real.taken]).toEqual([1, 1]);
  });
});
