import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { eventSchemas } from '@maplewall/shared/domain/event.ts';
import { FAULTS } from '@maplewall/shared/domain/fault.ts';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { HOSTILE_CASES } from '@maplewall/shared/domain/hostile-cases.arbitrary.ts';
import { parserOf } from '@maplewall/shared/domain/schema.ts';
import { absurd, spoilt, torn } from '@maplewall/shared/domain/spoilt.arbitrary.ts';
import { BOUNDS, fixesIn, HERE, NOW, SECOND, startTestGateway, type TestGateway } from './gateway.fixture.ts';

/** Requests of one run go out at the same time. */
const AT_A_TIME = 50;
const RUNS = 170;

let gateway: TestGateway;
let cases = 0;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** A body as bytes: the JSON of it, sometimes with bytes changed, cut off or doubled. */
function asBytes(value: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer> {
  const bytes = value.map((body) => Buffer.from(JSON.stringify(body) ?? ''));
  return fc.oneof(
    { weight: 4, arbitrary: bytes },
    { weight: 1, arbitrary: torn(bytes).map((damaged) => Buffer.from(damaged)) },
  );
}

/** How many requests of a test were answered with 200, so that a test that never gets so far is noticed. */
interface Outcomes {
  taken: number;
  refused: number;
}

async function holds(
  seed: number,
  one: fc.Arbitrary<InjectOptions>,
  check: (answer: LightMyRequestResponse) => void,
): Promise<Outcomes> {
  const outcomes: Outcomes = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: AT_A_TIME, maxLength: AT_A_TIME }), async (requests) => {
      cases += requests.length;
      const answers = await Promise.all(requests.map((request) => gateway.app.inject(request)));
      for (const answer of answers) {
        expect(answer.statusCode).toBeLessThan(500);
        if (answer.statusCode === 200) {
          outcomes.taken += 1;
          check(answer);
        } else {
          outcomes.refused += 1;
          expectFault(answer);
        }
      }
    }),
    { seed, numRuns: RUNS },
  );
  return outcomes;
}

function expectFault(answer: LightMyRequestResponse): void {
  const body = answer.json<{ code: string; field: string; sentence: { 'zh-CN': string; en: string } }>();
  expect(Object.keys(FAULTS)).toContain(body.code);
  expect(typeof body.field).toBe('string');
  expect(body.sentence['zh-CN'].length * body.sentence.en.length).toBeGreaterThan(0);
  expect(answer.body.length).toBeLessThan(2_000);
}

const json = { 'content-type': 'application/json' };
const asJson = (url: string, headers: () => Record<string, string>, body: fc.Arbitrary<unknown>) =>
  asBytes(body).map((payload): InjectOptions => {
    return { method: 'POST', url, payload, headers: { ...json, ...headers() } };
  });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

const goodEvents: Record<string, object> = {
  'incident.received': {
    kind: 'incident.received',
    incidentId: 'i1',
    category: 'traffic',
    priority: 2,
    ...HERE,
    place: '象岗路',
  },
  'responder.checkedIn': {
    kind: 'responder.checkedIn',
    responderId: 'r9',
    responderKind: 'sentry',
    callSign: 'S',
  },
  'grid.risk': { kind: 'grid.risk', risks: [{ gridId: 'g1', level: 4 }] },
  'dispute.settled': { kind: 'dispute.settled', disputeId: 'd', gridId: 'g1', departments: ['governance'] },
};

describe('generated bad input', () => {
  it('[ING2] [ING5] events: every item is taken or named, whatever is sent', async () => {
    const item = fc
      .tuple(fc.uuid(), fc.constantFrom(...Object.values(goodEvents)))
      .chain(([key, event]) => spoilt({ key, at: NOW, mode: 'Test', event }));
    const body = fc.oneof(
      { weight: 6, arbitrary: fc.record({ items: fc.array(item, { maxLength: 4 }) }) },
      { weight: 1, arbitrary: spoilt({ items: [{ key: 'k', at: NOW, event: goodEvents['grid.risk'] }] }) },
    );
    const outcomes = await holds(
      11,
      asJson('/api/ingest/events', () => bearer(gateway.dispatchKey), body),
      (answer) => {
        const { results, taken, refused } = answer.json<{
          results: { code?: string; seq?: number }[];
          taken: number;
          refused: number;
        }>();
        expect(taken + refused).toBe(results.length);
        for (const result of results) expect(result.code !== undefined || (result.seq ?? 0) > 0).toBe(true);
      },
    );
    expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(500);
  });

  it('[ING2] [ING7] positions: every fix is taken or named, whatever is sent', async () => {
    const fix = fc.nat(100_000).chain((step) =>
      spoilt({
        responderId: 'r1',
        lng: HERE.lng,
        lat: HERE.lat,
        fixAt: NOW - step * SECOND,
        speed: 1,
        course: 2,
        accuracy: 3,
        battery: 4,
        deviceAt: NOW,
      }),
    );
    const columns = fc.nat(100_000).chain((step) =>
      spoilt({
        responders: ['r1', 'r2'],
        who: [0, 1],
        lng: [HERE.lng, HERE.lng],
        lat: [HERE.lat, HERE.lat],
        fixAt: [NOW - step * SECOND, NOW],
        speed: [null, 1],
        mode: 'Test',
      }),
    );
    const body = fc.oneof(
      { weight: 3, arbitrary: fc.record({ fixes: fc.array(fix, { maxLength: 4 }) }) },
      { weight: 1, arbitrary: columns },
      { weight: 1, arbitrary: spoilt({ key: 'b', mode: 'Test', fixes: [] }) },
    );
    const outcomes = await holds(
      12,
      asJson('/api/ingest/positions', () => bearer(gateway.dispatchKey), body),
      (answer) => {
        const { taken, refused, counts } = answer.json<{
          taken: number;
          refused: { index: number }[];
          counts: Record<string, number>;
        }>();
        const { late = 0, ...reasons } = counts;
        expect(Math.min(taken, late)).toBe(late);
        expect(Object.values(reasons).reduce((sum, number) => sum + number, 0)).toBeGreaterThanOrEqual(
          refused.length,
        );
      },
    );
    expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(500);
  });

  it('OsmAnd: fields and JSON of any kind are answered', async () => {
    const name = fc.constantFrom(
      'id',
      'deviceid',
      'lat',
      'lon',
      'location',
      'timestamp',
      'speed',
      'bearing',
      'heading',
      'accuracy',
      'batt',
      'valid',
      'x',
    );
    const value = fc.oneof(
      fc.constantFrom(
        '',
        '27.58',
        '120.55',
        '27.58,120.55',
        String(NOW),
        '2026-11-23 08:00:00',
        'NaN',
        '-1',
        '1e999',
        'true',
        '%00',
        '%ff',
        '%',
      ),
      fc.string({ maxLength: 10 }).map(encodeURIComponentSafely),
    );
    const query = fc
      .array(fc.tuple(name, value), { maxLength: 8 })
      .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
    const body = spoilt({
      device_id: 'd',
      location: {
        timestamp: new Date(NOW).toISOString(),
        coords: { latitude: HERE.lat, longitude: HERE.lng, accuracy: 1, speed: 1, heading: 1 },
        battery: { level: 0.5 },
      },
    });
    const url = (): string => `/api/ingest/osmand/${gateway.phonesKey}`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const one = fc.oneof(
      query.map((fields): InjectOptions => ({ method: 'GET', url: `${url()}?${fields}` })),
      query.map((fields): InjectOptions => ({ method: 'POST', url: url(), payload: fields, headers: form })),
      asBytes(body).map((payload): InjectOptions => ({ method: 'POST', url: url(), payload, headers: json })),
    );
    const outcomes = await holds(13, one, (answer) => expect(answer.body).toBe(''));
    expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(500);
  });

  it('OwnTracks: messages of any kind are answered', async () => {
    const body = fc.oneof(
      spoilt({
        _type: 'location',
        lat: HERE.lat,
        lon: HERE.lng,
        tst: NOW / SECOND,
        vel: 3,
        cog: 4,
        acc: 5,
        batt: 6,
      }),
      fc.record({ _type: fc.oneof(fc.constantFrom('lwt', 'encrypted', 'card'), fc.string()), data: absurd }),
    );
    const headers = (): Record<string, string> => {
      return {
        authorization: `Basic ${Buffer.from(`u:${gateway.phonesKey}`).toString('base64')}`,
        'x-limit-d': 'd',
      };
    };
    const outcomes = await holds(14, asJson('/api/ingest/owntracks', headers, body), (answer) =>
      expect(answer.body).toBe('[]'),
    );
    expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(500);
  });

  it('[ING12] keys, headers and addresses of any kind are answered', async () => {
    const headerText = fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\u0020-\u007e]/g, ''));
    const authorization = fc.oneof(
      headerText,
      headerText.map((text) => `Bearer ${text}`),
      headerText.map((text) => `Basic ${text}`),
      headerText.map((text) => `Basic ${Buffer.from(text).toString('base64')}`),
    );
    const one = fc
      .record({
        method: fc.constantFrom<('GET' | 'POST' | 'PUT' | 'DELETE')[]>('GET', 'POST', 'PUT', 'DELETE'),
        url: fc.oneof(
          fc.constantFrom(
            '/api/ingest/events',
            '/api/ingest/positions',
            '/api/ingest/owntracks',
            '/api/ingest/counters',
          ),
          fc
            .string({ maxLength: 120 })
            .map((key) => `/api/ingest/osmand/${encodeURIComponentSafely(key)}?id=1`),
        ),
        authorization,
        type: fc.oneof(
          fc.constantFrom('application/json', 'application/json; charset=x', 'text/plain', ''),
          headerText,
        ),
        payload: fc.string({ maxLength: 20 }),
      })
      .map(({ method, url, authorization, type, payload }): InjectOptions => {
        return {
          method,
          url,
          headers: { authorization, 'content-type': type },
          ...(method === 'GET' ? {} : { payload }),
        };
      });
    const outcomes = await holds(15, one, (answer) => {
      throw new Error(`${answer.body} was answered to somebody without a key`);
    });
    expect(outcomes.taken).toBe(0);
  });

  it('[ING1] leaves nothing half-written: all that is in the log is whole and allowed', async () => {
    const records = await gateway.records();
    expect(records.length).toBeGreaterThan(1_000);
    const parsers = new Map(Object.entries(eventSchemas).map(([kind, schema]) => [kind, parserOf(schema)]));
    const isWhole = (record: LogRecord): boolean =>
      record.type === 'event'
        ? parsers.get(record.event.kind)?.(record.event).ok === true
        : new Set(record.fixes.fixAtSeconds.map((second) => Math.floor(second / 60))).size === 1;
    expect(records.filter((record) => !isWhole(record))).toEqual([]);
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1));
    const [west, south, east, north] = BOUNDS;
    for (const { lng, lat } of fixesIn(records))
      expect(lng >= west && lng <= east && lat >= south && lat <= north).toBe(true);
  });

  it('is as much of it as the suite promises', () => {
    expect(cases).toBe(HOSTILE_CASES['server/ingest/bad-input.test.ts']);
  });
});

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
