import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseMapping } from '@maplewall/server/ingest/import/mapping.ts';
import { runImport, type ImportResult } from '@maplewall/server/ingest/import/run-import.ts';
import { BatchSender } from '@maplewall/server/ingest/import/send-batches.ts';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import { toE5 } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { givenFile, isGiven } from '../support/given-data.ts';
import { part } from '../support/part.ts';
import { fetchMinute, playTo } from '../support/segments.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const FILE = 'positions/ais-2022-01-03.csv.gz';
const DAY = '2022-01-03';
const MIDNIGHT = Date.parse(`${DAY}T00:00:00Z`);
/** What ingest refuses to believe of anybody on the ground. */
const MOST_METRES_PER_SECOND = 300 / 3.6;
/** A hundred thousand fixes are minutes of work for a machine that is busy with other things. */
const PATIENCE_MS = 600_000;

interface ShipRow {
  readonly line: number;
  readonly ship: string;
  readonly at: number;
  readonly lngE5: number;
  readonly latE5: number;
}

/** The file's rows in the plainest way there is. */
async function readShipRows(): Promise<readonly ShipRow[]> {
  const text = gunzipSync(await readFile(givenFile(FILE)));
  const rows = parse(text, { columns: true, bom: true }) as readonly Readonly<Record<string, string>>[];
  return rows.map((row, index) => ({
    line: index + 2,
    ship: row['MMSI'] ?? '',
    at: Date.parse(`${row['BaseDateTime']}Z`),
    lngE5: toE5(Number(row['LON'])),
    latE5: toE5(Number(row['LAT'])),
  }));
}

part('a day of ships', isGiven(FILE), () => {
  let server: TestGateway;
  let rows: readonly ShipRow[] = [];
  let first: ImportResult;
  let again: ImportResult;
  let rejectedLines: readonly { readonly line: number; readonly reason: string }[] = [];
  const shares: number[] = [];

  beforeAll(async () => {
    rows = await readShipRows();
    server = await startTestGateway({ bounds: [-180, -90, 180, 90], timeZone: 'UTC' });
    const mapping = parseMapping(
      JSON.parse(await readFile(new URL('../../docs/examples/ais.mapping.json', import.meta.url), 'utf8')),
    );
    if (!mapping.ok) throw new Error('the example mapping is not valid');
    const sender = new BatchSender({
      server: new URL(server.url),
      key: await server.addSource('ships'),
      mode: 'Actual',
      wait: () => Promise.resolve(),
    });
    // On duty from midnight on; the file is not in the order of time, so first fixes do not say since when.
    const ships = [...new Set(rows.map(({ ship }) => ship))];
    for (let from = 0; from < ships.length; from += 2_000)
      await sender.sendEvents(
        ships.slice(from, from + 2_000).map((ship) => ({
          line: 0,
          item: {
            key: `${ship}/checked-in`,
            at: MIDNIGHT,
            event: {
              kind: 'responder.checkedIn',
              responderId: ship,
              responderKind: 'volunteer',
              callSign: ship,
            },
          },
        })),
      );
    const rejectsFile = join(server.dataDir, 'rejects.csv');
    const options = {
      file: givenFile(FILE),
      mapping: mapping.value,
      rejectsFile,
      onProgress: ({ share }: { readonly share: number }) => void shares.push(share),
    };
    first = await runImport(options, sender);
    rejectedLines = (
      parse(await readFile(rejectsFile), { columns: true }) as readonly Readonly<Record<string, string>>[]
    ).map((row) => ({ line: Number(row['line']), reason: row['reason'] ?? '' }));
    again = await runImport({ ...options, rejectsFile: `${rejectsFile}.again` }, sender);
  }, PATIENCE_MS);
  afterAll(() => server.stop());

  it('takes every row, knows it already, or says why not', () => {
    expect(first.rows).toBe(rows.length);
    expect(first.taken + first.repeated + first.rejected).toBe(rows.length);
    expect([...first.rejectsByKind.values()].reduce((sum, count) => sum + count, 0)).toBe(first.rejected);
    expect(shares.at(-1)).toBe(1);
  });

  it('calls repeated no more than what the file has twice', () => {
    const distinct = new Set(rows.map(({ ship, at }) => `${ship} ${at}`)).size;
    expect(first.repeated).toBeGreaterThan(0);
    expect(first.repeated).toBeLessThanOrEqual(rows.length - distinct);
  });

  it('lists each row that it rejects, and each of them is faster than anybody goes', () => {
    expect(rejectedLines.length).toBe(first.rejected);
    const ofShip = Map.groupBy(rows, ({ ship }) => ship);
    for (const { line, reason } of rejectedLines) {
      const row = rows[line - 2];
      if (row === undefined) throw new Error(`no line ${line}`);
      const fastest = Math.max(...(ofShip.get(row.ship) ?? []).map((other) => speedBetween(other, row)));
      expect([line, reason, fastest > 0.95 * MOST_METRES_PER_SECOND]).toEqual([
        line,
        'The speed between this fix and the newest one is over 300 km/h.',
        true,
      ]);
    }
  });

  it('imports nothing twice', () => {
    // What was refused is judged anew; all else is known.
    expect(again.taken).toBeLessThanOrEqual(first.rejected);
    expect(again.taken + again.repeated + again.rejected).toBe(rows.length);
    expect(again.repeated).toBeGreaterThanOrEqual(first.taken);
  });

  it.each([20, 12 * 60, 23 * 60 + 30])(
    'shows each ship at minute %i of the day where the rows say',
    async (minute) => {
      const at = MIDNIGHT + minute * 60_000;
      const name = new Date(at).toISOString().slice(11, 16);
      const expected = placesAt(rows, at);
      expect(expected.size).toBeGreaterThan(2_000);
      // Where a rejected row is a ship's newest one, the row before it counts; nothing else may differ.
      const doubtful = new Set(rejectedLines.map(({ line }) => rows[line - 2]?.ship));
      let wrong: readonly string[] = [];
      await waitUntil(
        'history has all records in',
        async () => {
          const played = await fetchMinute(server.url, DAY, name);
          if (played === undefined) return false;
          wrong = misplaced(playTo(played, 0), expected).filter((ship) => !doubtful.has(ship));
          return wrong.length === 0;
        },
        PATIENCE_MS / 4,
      ).catch(() => undefined);
      expect(wrong).toEqual([]);
    },
    PATIENCE_MS,
  );
});

/** Metres per second from one row to a later one of the same ship; 0 for one that is no earlier. */
function speedBetween(from: ShipRow, to: ShipRow): number {
  if (from.at === to.at) return 0;
  const north = (to.latE5 - from.latE5) * 1.112;
  const east = (to.lngE5 - from.lngE5) * 1.112 * Math.cos((from.latE5 / 100_000) * (Math.PI / 180));
  return Math.hypot(north, east) / (Math.abs(to.at - from.at) / 1_000);
}

/** Of each ship the places of its newest rows before a moment; several where a second comes twice. */
function placesAt(rows: readonly ShipRow[], moment: number): ReadonlyMap<string, readonly ShipRow[]> {
  const newest = new Map<string, readonly ShipRow[]>();
  for (const row of rows) {
    if (row.at >= moment) continue;
    const known = newest.get(row.ship);
    const knownAt = known?.[0]?.at ?? Number.NEGATIVE_INFINITY;
    if (row.at > knownAt) newest.set(row.ship, [row]);
    else if (row.at === knownAt) newest.set(row.ship, [...(known ?? []), row]);
  }
  return newest;
}

/** Ships that the world shows elsewhere than the rows say, or shows without any row. */
function misplaced(
  { responders, positions }: World,
  expected: ReadonlyMap<string, readonly ShipRow[]>,
): readonly string[] {
  const wrong = [...expected].filter(([ship, places]) => {
    const slot = responders.get(ship as ResponderId)?.slot ?? -1;
    return !places.some(
      ({ lngE5, latE5, at }) =>
        positions.hasFix[slot] === 1 &&
        positions.lngE5[slot] === lngE5 &&
        positions.latE5[slot] === latE5 &&
        positions.fixAtSeconds[slot] === at / 1_000,
    );
  });
  const unforeseen = [...responders.values()].filter(
    ({ id, slot }) => positions.hasFix[slot] === 1 && !expected.has(id),
  );
  return [...wrong.map(([ship]) => ship), ...unforeseen.map(({ id }) => id)];
}
