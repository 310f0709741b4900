import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { parseMapping } from '@maplewall/server/ingest/import/mapping.ts';
import { runImport, type ImportResult } from '@maplewall/server/ingest/import/run-import.ts';
import { BatchSender } from '@maplewall/server/ingest/import/send-batches.ts';
import type { HistoryDayDetail, HistoryDays } from '@maplewall/shared/wire/history.ts';
import { HOUR_COUNTER_INDEX, type HourCounter } from '@maplewall/shared/world/hour-counts.ts';
import { givenFile, isGiven } from '../support/given-data.ts';
import { part } from '../support/part.ts';
import { fetchMinute, playTo } from '../support/segments.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const FILE = 'incidents/sf-fire-2020-04.csv';
/** The day that is looked at second by second; 420 minutes behind UTC. */
const DAY = '2020-04-10';
const UTC_OFFSET_MS = -7 * 3_600_000;

type Row = Readonly<Record<string, string>>;
/** Columns with a time, and the record that the mapping makes of each row that has one. */
const STAGES = {
  'Dispatch DtTm': 'order.offered',
  'Response DtTm': 'order.stage enRoute',
  'On Scene DtTm': 'order.stage onScene',
  'Available DtTm': 'order.stage done',
} as const;

/** 04/07/2020 11:53:08 PM in San Francisco, in April. */
function moment(text: string | undefined): number | undefined {
  const match = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d) ([AP])M$/.exec(text ?? '');
  if (match === null) return undefined;
  const [month = 0, date = 0, year = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  return (
    Date.UTC(year, month - 1, date, (hour % 12) + (match[7] === 'P' ? 12 : 0), minute, second) - UTC_OFFSET_MS
  );
}
const inDay = (at: number | undefined): boolean =>
  at !== undefined && new Date(at + UTC_OFFSET_MS).toISOString().startsWith(DAY);

part('fourteen days of a fire department', isGiven(FILE), () => {
  let server: TestGateway;
  let rows: readonly Row[] = [];
  let first: ImportResult;
  let again: ImportResult;

  beforeAll(async () => {
    rows = parse(await readFile(givenFile(FILE)), { columns: true, bom: true }) as readonly Row[];
    server = await startTestGateway({
      bounds: [-122.6, 37.6, -122.3, 37.9],
      timeZone: 'America/Los_Angeles',
    });
    const mapping = parseMapping(
      JSON.parse(
        await readFile(new URL('../../docs/examples/sf-fire.mapping.json', import.meta.url), 'utf8'),
      ),
    );
    if (!mapping.ok) throw new Error('the example mapping is not valid');
    const sender = new BatchSender({
      server: new URL(server.url),
      key: await server.addSource('fire'),
      mode: 'Actual',
      wait: () => Promise.resolve(),
    });
    const options = {
      file: givenFile(FILE),
      mapping: mapping.value,
      rejectsFile: join(server.dataDir, 'rejects.csv'),
      onProgress: () => undefined,
    };
    first = await runImport(options, sender);
    again = await runImport(options, sender);
  });
  afterAll(() => server.stop());

  const incidents = (): number => new Set(rows.map((row) => row['Incident Number'])).size;
  const withTime = (column: string): number => rows.filter((row) => row[column] !== '').length;

  it('takes every row and rejects none', () => {
    expect(first.rows).toBe(rows.length);
    expect(first.rejected).toBe(0);
  });

  it('makes as many records of each stage as the file has times of it', () => {
    for (const [column, kind] of Object.entries(STAGES))
      expect([kind, first.madeByKind.get(kind)]).toEqual([kind, withTime(column)]);
    expect(first.madeByKind.get('incident.received')).toBe(incidents());
    expect(first.madeByKind.get('responder.checkedIn')).toBe(new Set(rows.map((row) => row['Unit ID'])).size);
  });

  it('imports nothing twice', () => {
    expect(again.taken).toBe(0);
    expect(again.repeated).toBe(first.taken);
  });

  it('counts in history what the file holds', async () => {
    const counted = await waitUntil(
      'history has counted all incidents',
      async () => {
        const { days } = (await (await fetch(`${server.url}/api/history/days`)).json()) as HistoryDays;
        const sum = (name: HourCounter): number =>
          days
            .flatMap(({ hours }) => hours)
            .reduce((total, hour) => total + (hour[HOUR_COUNTER_INDEX.get(name) ?? 0] ?? 0), 0);
        return sum('received') >= incidents() && sum('offer') >= rows.length
          ? { received: sum('received'), offers: sum('offer') }
          : undefined;
      },
      240_000,
      1_000,
    );
    expect(counted).toEqual({ received: incidents(), offers: rows.length });
  }, 300_000);

  it('gives the day back as segments that hold each stage as often as the file', async () => {
    const detail = (await (await fetch(`${server.url}/api/history/${DAY}`)).json()) as HistoryDayDetail;
    const counts = new Map<string, number>();
    // Sixteen at a time: one after the other, a busy machine's 1,440 turns of waiting took two minutes.
    for (let from = 0; from < detail.minutes.length; from += 16) {
      const some = detail.minutes.slice(from, from + 16);
      const played = await Promise.all(some.map(({ minute }) => fetchMinute(server.url, DAY, minute)));
      for (const { event } of played.flatMap((each) => each?.events ?? [])) {
        const kind = 'stage' in event ? `${event.kind} ${event.stage}` : event.kind;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
    }
    for (const [column, kind] of Object.entries(STAGES))
      expect([kind, counts.get(kind)]).toEqual([
        kind,
        rows.filter((row) => inDay(moment(row[column]))).length,
      ]);
    const received = new Map(rows.map((row) => [row['Incident Number'], moment(row['Received DtTm'])]));
    expect(counts.get('incident.received')).toBe([...received.values()].filter(inDay).length);
  }, 300_000);

  it('shows at any minute the orders that the rows say, unit by unit', async () => {
    const noon = moment('04/10/2020 12:00:00 PM') ?? 0;
    for (const minutes of [0, 97, 200, 411]) {
      const at = noon + minutes * 60_000;
      const name = new Date(at + UTC_OFFSET_MS).toISOString().slice(11, 16);
      const played = await fetchMinute(server.url, DAY, name);
      if (played === undefined) throw new Error(`no minute ${name}`);
      const world = playTo(played, 0);
      const shown = [...world.orders.values()]
        .filter(({ state }) => state === 'accepted' || state === 'enRoute' || state === 'onScene')
        .map(({ id, state }) => `${id} ${state}`);
      expect(shown.toSorted()).toEqual(rows.flatMap((row) => running(row, at)).toSorted());
    }
  });
});

/** The order of a row as it stands just before `at`, if it runs. */
function running(row: Row, at: number): readonly string[] {
  const reached = (column: string): boolean => (moment(row[column]) ?? Infinity) < at;
  if (!reached('Dispatch DtTm') || reached('Available DtTm')) return [];
  const state = reached('On Scene DtTm') ? 'onScene' : reached('Response DtTm') ? 'enRoute' : 'accepted';
  return [`${row['RowID']} ${state}`];
}
