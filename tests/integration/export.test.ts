import { DOMParser, type Element } from '@xmldom/xmldom';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toParquet } from '@maplewall/server/export/parquet.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Midnight in the city, two days ago. */
const MIDNIGHT = Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS - 2) * DAY_MS - 8 * 3_600_000;
const DAY = new Date(MIDNIGHT + 8 * 3_600_000).toISOString().slice(0, 10);
const START = MIDNIGHT + 10 * 60 * MINUTE_MS;
const RANGE = { from: `${DAY}T10:00`, to: `${DAY}T10:10` };

/** What senders may call themselves, and what would be something else to a spreadsheet, a page or a line. */
const CALL_SIGNS = [
  "=cmd|' /C calc'!A0",
  '+86 138',
  '-2+3,4',
  '@SUM(A1)',
  '＝1+1',
  "'",
  '"',
  'said "hi", left',
  'two\nlines',
  '\ttab',
  '🚓 👮‍♀️',
  '<a href="x">&amp;</a>]]>',
  '枫桥-01',
];

interface SentFix {
  readonly responderId: string;
  readonly lng: number;
  readonly lat: number;
  readonly fixAt: number;
  readonly speed?: number;
  readonly course?: number;
  readonly accuracy?: number;
  readonly battery?: number;
}
/** One each two minutes for each responder, those at 10:10 and later out of the range; the last after eleven minutes' silence. */
const FIXES: readonly SentFix[] = [0, 2, 4, 6, 8, 10, 21].flatMap((minute, step) =>
  CALL_SIGNS.map((_, who) => ({
    responderId: `R${who}`,
    lng: 120.5 + who / 1_000 + step / 10_000,
    lat: 27.5 + step / 10_000,
    fixAt: START + minute * MINUTE_MS + who * 1_000,
    ...(step % 2 === 0 ? { speed: 1.5, course: 359, accuracy: 12, battery: 88 } : {}),
  })),
);
const IN_RANGE = FIXES.filter(({ fixAt }) => fixAt < START + 10 * MINUTE_MS);

let server: TestGateway;
let adminKey: string;
const get = (what: string, query: Readonly<Record<string, string>>, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/export/${what}?${new URLSearchParams(query).toString()}`, { headers });
const positions = (format: string, more: Readonly<Record<string, string>> = {}): Promise<Response> =>
  get('positions', { ...RANGE, format, ...more }, { authorization: `Bearer ${adminKey}` });

beforeAll(async () => {
  server = await startTestGateway();
  adminKey = server.gateway.madeAdminKey ?? '';
  const key = await server.addSource('our-110');
  await postEvents(server.url, key, [
    ...CALL_SIGNS.map((callSign, who) => ({
      key: `in ${who}`,
      // Most of them before the range: who they are is known from history.
      at: who === 0 ? START : START - 90 * MINUTE_MS,
      event: { kind: 'responder.checkedIn', responderId: `R${who}`, responderKind: 'officer', callSign },
    })),
    ...CALL_SIGNS.map((place, index) => ({
      key: `incident ${index}`,
      at: START + index * 60_500,
      event: {
        kind: 'incident.received',
        incidentId: `J${index}`,
        category: 'help',
        priority: 2,
        lng: 120.56,
        lat: 27.54 + index / 1_000,
        place,
      },
    })),
    ...['offered', 'accepted', 'onScene'].map((stage, index) => ({
      key: stage,
      at: START + 2 * MINUTE_MS + index * 20_000,
      event:
        index === 0
          ? { kind: 'order.offered', orderId: 'O1', incidentId: 'J1', responderId: 'R1' }
          : { kind: 'order.stage', orderId: 'O1', stage },
    })),
    {
      key: 'closed late',
      at: START + 30 * MINUTE_MS,
      event: { kind: 'incident.stage', incidentId: 'J1', stage: 'closed' },
    },
  ]);
  const sent = await fetch(`${server.url}/api/ingest/positions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ fixes: FIXES }),
  });
  if (!sent.ok) throw new Error(`the fixes were not taken: ${await sent.text()}`);
  await waitUntil('history has what was sent', async () => {
    const lines = (await (await positions('csv')).text()).split('\r\n');
    return lines.length === IN_RANGE.length + 2;
  });
});
afterAll(() => server.stop());

const csvRows = async (answer: Response): Promise<readonly Record<string, string>[]> => {
  const rows: Record<string, string>[] = parse(Buffer.from(await answer.arrayBuffer()), {
    bom: true,
    columns: true,
    record_delimiter: '\r\n',
  });
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.replace(/^'/, '')])),
  );
};
/** What was sent, as a table has it; '' and undefined are the same to it. */
const sentRows = IN_RANGE.map(({ responderId, lng, lat, fixAt, speed, battery }) => ({
  responderId,
  callSign: CALL_SIGNS[Number(responderId.slice(1))] ?? '',
  fixAt,
  lng: Number(lng.toFixed(5)),
  lat: Number(lat.toFixed(5)),
  speed,
  battery,
})).toSorted((a, b) => a.fixAt - b.fixAt);
const number = (cell: unknown): number | undefined =>
  cell === '' || cell === null || cell === undefined ? undefined : Number(cell);
const rowOf = (row: Readonly<Record<string, unknown>>, fixAt: number) => ({
  responderId: row['responderId'],
  callSign: row['callSign'],
  fixAt,
  lng: Number(row['lng']),
  lat: Number(row['lat']),
  speed: number(row['speedMetresPerSecond']),
  battery: number(row['batteryPercent']),
});

describe('positions of a range', () => {
  it('come back from CSV as they were sent, and no cell is a formula to a spreadsheet', async () => {
    const answer = await positions('csv');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="test-city_${DAY}_1000-1010_positions.csv"`,
    );
    const bytes = Buffer.from(await answer.clone().arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString()).not.toMatch(/(^|[,\n"])[=+@\t＝]/m);
    const rows = await csvRows(answer);
    expect(rows.map((row) => rowOf(row, Date.parse(row['fixAt'] ?? '')))).toEqual(sentRows);
    expect(rows[0]?.['fixAt']).toBe(`${DAY}T10:00:00.000+08:00`);
  });

  it('come back from GeoJSON', async () => {
    const { type, features } = (await (await positions('geojson')).json()) as {
      readonly type: string;
      readonly features: readonly {
        readonly geometry: { readonly coordinates: readonly number[] };
        readonly properties: Readonly<Record<string, unknown>>;
      }[];
    };
    expect(type).toBe('FeatureCollection');
    expect(
      features.map(({ geometry: { coordinates }, properties }) =>
        rowOf(
          { ...properties, lng: coordinates[0], lat: coordinates[1] },
          Date.parse(String(properties['fixAt'])),
        ),
      ),
    ).toEqual(sentRows);
  });

  it('come back from Parquet', async () => {
    const file = await (await positions('parquet')).arrayBuffer();
    const rows = await parquetReadObjects({ file });
    expect(rows.map((row) => rowOf(row, (row['fixAt'] as Date).getTime()))).toEqual(sentRows);
  });

  it('come back from Parquet when there are more than one of its groups holds', async () => {
    const column = { name: 'n', kind: 'integer', of: (row: number) => row } as const;
    const sent = Array.from({ length: 45_000 }, (_, index) => index);
    const pieces: Uint8Array[] = [];
    for await (const piece of toParquet([column], groupsOf(sent, 15_000))) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    const bytes = Buffer.concat(pieces);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    expect((await parquetReadObjects({ file })).map(({ n }) => Number(n))).toEqual(sent);
  });

  it('come back from GPX, a track for each responder, parted where nothing was heard', async () => {
    const tracks = await tracksOf(await positions('gpx'));
    expect(tracks.map(({ name }) => name)).toEqual(CALL_SIGNS);
    expect(tracks.flatMap(({ desc, points }) => points.map((point) => ({ desc, ...point })))).toEqual(
      sentRows
        .map(({ responderId, fixAt, lng, lat }) => ({ desc: responderId, fixAt, lng, lat }))
        .toSorted((a, b) => Number(a.desc.slice(1)) - Number(b.desc.slice(1))),
    );
    const [one, ...others] = await tracksOf(
      await positions('gpx', { responder: 'R3', from: `${DAY}T00:00`, to: `${DAY}T23:00` }),
    );
    expect(one).toMatchObject({ desc: 'R3', segments: 2 });
    expect(one?.points).toHaveLength(7);
    expect(others).toEqual([]);
  });
});

async function* groupsOf<T>(rows: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let next = 0; next < rows.length; next += size) yield rows.slice(next, next + size);
}

async function tracksOf(answer: Response) {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const document = parser.parseFromString(await answer.text(), 'text/xml');
  expect(document.documentElement?.getAttribute('version')).toBe('1.1');
  const inside = (element: Element, name: string): readonly Element[] => [
    ...element.getElementsByTagName(name),
  ];
  return [...document.getElementsByTagName('trk')].map((track) => ({
    name: inside(track, 'name')[0]?.textContent,
    desc: inside(track, 'desc')[0]?.textContent,
    segments: inside(track, 'trkseg').length,
    points: inside(track, 'trkpt').map((point) => ({
      fixAt: Date.parse(inside(point, 'time')[0]?.textContent ?? ''),
      lng: Number(point.getAttribute('lon')),
      lat: Number(point.getAttribute('lat')),
    })),
  }));
}

describe('incidents and orders of a range', () => {
  const inRange = CALL_SIGNS.map((place, index) => ({
    place,
    at: START + index * 60_500,
    id: `J${index}`,
  })).filter(({ at }) => at < START + 10 * MINUTE_MS);

  it('come back from each format as they stood at its end', async () => {
    const rows = await csvRows(await get('incidents', { ...RANGE, format: 'csv' }));
    expect(
      rows.map((row) => ({
        place: row['place'],
        at: Date.parse(row['receivedAt'] ?? ''),
        id: row['incidentId'],
      })),
    ).toEqual(inRange);
    expect(rows[1]).toMatchObject({
      state: 'onScene',
      acceptedAt: `${DAY}T10:02:20.000+08:00`,
      closedAt: '',
      firstOnScene: 'R1',
      orders: '1',
      lat: '27.541',
    });
    const file = await (await get('incidents', { ...RANGE, format: 'parquet' })).arrayBuffer();
    const table = await parquetReadObjects({ file });
    expect(table.map((row) => row['place'])).toEqual(inRange.map(({ place }) => place));
    expect(table[1]).toMatchObject({ priority: 2, onSceneAt: new Date(START + 2 * MINUTE_MS + 40_000) });
    const { features } = (await (await get('incidents', { ...RANGE, format: 'geojson' })).json()) as {
      readonly features: readonly { readonly properties: object; readonly geometry: object }[];
    };
    expect(features[1]).toMatchObject({
      geometry: { type: 'Point', coordinates: [120.56, 27.541] },
      properties: { incidentId: 'J1', place: CALL_SIGNS[1], closedAt: null },
    });
  });

  it('have orders with the time of each of their states', async () => {
    const [order, ...others] = await csvRows(await get('orders', { ...RANGE, format: 'csv' }));
    expect(order).toMatchObject({
      orderId: 'O1',
      incidentId: 'J1',
      responderId: 'R1',
      state: 'onScene',
      offeredAt: `${DAY}T10:02:00.000+08:00`,
      onSceneAt: `${DAY}T10:02:40.000+08:00`,
    });
    expect(others).toEqual([]);
  });

  it('are files without rows where nothing happened', async () => {
    const nothing = { from: '2020-01-01T00:00', to: '2020-01-01T01:00Z' };
    expect(await csvRows(await get('incidents', { ...nothing, format: 'csv' }))).toEqual([]);
    const file = await (await get('orders', { ...nothing, format: 'parquet' })).arrayBuffer();
    expect(await parquetReadObjects({ file })).toEqual([]);
  });
});

describe('what may not be exported', () => {
  it('is refused by right: where people have been without the admin key, as data or as a replay, and all to a screen that is not paired', async () => {
    const answer = await get('positions', { ...RANGE, format: 'csv' });
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'access.adminKeyMissing' }]);
    const query = new URLSearchParams(RANGE).toString();
    const page = await fetch(`${server.url}/api/history/take-along?${query}`);
    expect([page.status, await page.json()]).toMatchObject([401, { code: 'access.adminKeyMissing' }]);
    const elsewhere = { 'x-forwarded-for': '10.1.1.1' };
    for (const refused of [
      await get('incidents', { ...RANGE, format: 'csv' }, elsewhere),
      await get('orders', { ...RANGE, format: 'csv' }, elsewhere),
    ])
      expect(await refused.json()).toMatchObject({ code: 'access.notPaired' });
  });

  it('is refused by range and by word', async () => {
    const code = async (answer: Response) => ((await answer.json()) as { readonly code: string }).code;
    const day = { from: `${DAY}T00:00`, to: `${DAY}T03:00` };
    expect(await code(await positions('gpx', day))).toBe('export.range.tooLong');
    expect(await code(await positions('csv', { ...day, to: '2036-01-01T00:00' }))).toBe(
      'export.range.tooLong',
    );
    expect(await code(await positions('csv', { ...day, to: day.from }))).toBe('export.range.empty');
    expect(await code(await positions('csv', { from: 'yesterday' }))).toBe('ingest.time.unreadable');
    expect(await code(await positions('xlsx'))).toBe('request.invalid');
    const taken = await fetch(`${server.url}/api/history/take-along?from=${day.from}&to=${DAY}T12:01`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    expect(await code(taken)).toBe('export.range.tooLong');
  });
});
