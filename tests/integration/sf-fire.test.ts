import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { parseMapping } from '@maplewall/server/ingest/import/mapping.ts';
import { runImport, type ImportResult } from '@maplewall/server/ingest/import/run-import.ts';
import { BatchSender } from '@maplewall/server/ingest/import/send-batches.ts';
import type { HistoryDayDetail, HistoryDays } from '@maplewall/shared/wire/history.ts';
import { seededRandom } from '@maplewall/mock/seeded-random.ts';
import { isEnded } from '@maplewall/shared/rules/incident-states.ts';
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

const moments = new Map<string, number | undefined>();
/** Each time of the file is asked about again and again. */
function moment(text: string | undefined): number | undefined {
  const known = text ?? '';
  if (!moments.has(known)) moments.set(known, readMoment(known));
  return moments.get(known);
}
/** 04/07/2020 11:53:08 PM in San Francisco, in April. */
function readMoment(text: string): number | undefined {
  const match = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d) ([AP])M$/.exec(text);
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

  it('shows at fifty moments of the fortnight the incidents, orders and units that a plain reading of the rows gives', async () => {
    const random = seededRandom(50, 'moments');
    const received = rows.map((row) => moment(row['Received DtTm']) ?? 0);
    const first = received.reduce((least, at) => Math.min(least, at));
    const last = received.reduce((most, at) => Math.max(most, at));
    const days = new Set<string>();
    for (let turn = 0; turn < 50; turn += 1) {
      const at = Math.floor(random.between(first, last) / 1_000) * 1_000;
      const [day = '', name = ''] = new Date(at + UTC_OFFSET_MS).toISOString().slice(0, 16).split('T');
      const played = await fetchMinute(server.url, day, name);
      if (played === undefined) throw new Error(`no minute ${day} ${name}`);
      const world = playTo(played, (at / 1_000) % 60);
      days.add(day);
      const plain = plainState(rows, at);
      const orders = [...world.orders.values()]
        .filter(({ state }) => state === 'accepted' || state === 'enRoute' || state === 'onScene')
        .map(({ id, state }) => `${id} ${state}`);
      const incidents = [...world.incidents.values()]
        .filter(({ state }) => !isEnded(state))
        .map(({ id }) => String(id));
      const units = [...world.responders.values()].map(({ id, state }) => `${id} ${state}`);
      expect({
        at,
        orders: orders.toSorted(),
        incidents: incidents.toSorted(),
        units: units.toSorted(),
      }).toEqual({ at, ...plain });
    }
    expect(days.size).toBeGreaterThan(11);
  }, 300_000);
});

interface PlainState {
  readonly orders: readonly string[];
  readonly incidents: readonly string[];
  readonly units: readonly string[];
}

/** What runs, is open and is on duty just before `at`, read from the rows one by one as the example mapping takes them. */
function plainState(rows: readonly Row[], at: number): PlainState {
  const reached = (row: Row, column: string): boolean => (moment(row[column]) ?? Infinity) < at;
  const by = (column: string): Map<string, Row[]> => Map.groupBy(rows, (row) => row[column] ?? '');
  /** The earliest of a column is past, and the latest of another is not. */
  const isBetween = (some: readonly Row[], first: string, last: string): boolean => {
    const ends = some.map((row) => moment(row[last])).filter((end) => end !== undefined);
    return some.some((row) => reached(row, first)) && !(ends.length > 0 && Math.max(...ends) < at);
  };
  const stateOf = (row: Row): 'accepted' | 'enRoute' | 'onScene' | undefined => {
    if (!reached(row, 'Dispatch DtTm') || reached(row, 'Available DtTm')) return undefined;
    if (reached(row, 'On Scene DtTm')) return 'onScene';
    return reached(row, 'Response DtTm') ? 'enRoute' : 'accepted';
  };
  const open = new Set(
    [...by('Incident Number')]
      .filter(([, some]) => isBetween(some, 'Received DtTm', 'Available DtTm'))
      .map(([id]) => id),
  );
  const units = [...by('Unit ID')]
    .filter(([, some]) => isBetween(some, 'Dispatch DtTm', 'Available DtTm'))
    .map(([id, some]) => {
      const held = some.filter((row) => open.has(row['Incident Number'] ?? '')).map(stateOf);
      if (held.includes('onScene')) return `${id} onScene`;
      if (held.includes('enRoute')) return `${id} enRoute`;
      return `${id} ${held.includes('accepted') ? 'assigned' : 'available'}`;
    });
  return {
    orders: rows
      .flatMap((row) => {
        const state = stateOf(row);
        return state === undefined ? [] : [`${row['RowID']} ${state}`];
      })
      .toSorted(),
    incidents: [...open].toSorted(),
    units: units.toSorted(),
  };
}
