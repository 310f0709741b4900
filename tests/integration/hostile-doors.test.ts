import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FAULTS } from '@maplewall/shared/domain/fault.ts';
import { HOSTILE_CASES } from '@maplewall/shared/domain/hostile-cases.arbitrary.ts';
import { absurd, spoilt, torn } from '@maplewall/shared/domain/spoilt.arbitrary.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';

vi.setConfig({ testTimeout: 300_000 });
const SEED = 20_261_133;
const AT_A_TIME = 20;

let server: TestGateway;
let adminKey = '';
beforeAll(async () => {
  server = await startTestGateway();
  adminKey = server.gateway.madeAdminKey ?? '';
});
afterAll(() => server.stop());

const encoded = fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed()));
const id = fc.oneof(
  encoded,
  fc.constantFrom('J-1', '%00', '%', '..', 'x'.repeat(300), '__proto__', '%2e%2e%2f'),
);
const secret = 'x'.repeat(43);
/** Doors of people and screens, each with a body that is nearly right. */
const doors = fc.oneof(
  fc.tuple(
    fc.constant('POST'),
    id.map((each) => `/api/incidents/${each}/acknowledge`),
    fc.constant({ by: '王' }),
  ),
  fc.tuple(
    fc.constant('GET'),
    fc.constantFrom('/api/incidents/urgent', '/api/walls', '/metrics', '/api/layouts'),
    fc.constant(undefined),
  ),
  fc.tuple(
    fc.constantFrom('PUT', 'DELETE', 'GET'),
    id.map((each) => `/api/layouts/${each}`),
    fc.constant({ view: 'city', panels: [] }),
  ),
  fc.tuple(
    fc.constant('POST'),
    fc.constant('/api/screens/pairing/collect'),
    fc.constant({ pairingId: secret }),
  ),
  fc.tuple(
    fc.constantFrom('POST', 'PUT', 'GET', 'DELETE'),
    fc.constantFrom('/api/screens/session', '/api/screens/pairing'),
    fc.constant({ token: secret }),
  ),
  fc.tuple(
    fc.constant('POST'),
    fc.constant('/api/admin/screens/admit'),
    fc.constant({ code: '123456', name: '东墙' }),
  ),
  fc.tuple(
    fc.constantFrom('DELETE', 'PATCH', 'PUT'),
    id.map((each) => `/api/admin/screens/${each}`),
    fc.constant({ name: '西墙', layout: 'east' }),
  ),
  fc.tuple(
    fc.constant('GET'),
    id.map((each) => `/api/history/${each}/usual-places`),
    fc.constant(undefined),
  ),
  fc.tuple(
    fc.constant('GET'),
    encoded.map((each) => `/api/history/precincts?from=${each}&to=${each}`),
    fc.constant(undefined),
  ),
);
interface Hostile {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
}
const bytesOf = (value: unknown): Uint8Array => new Uint8Array(Buffer.from(JSON.stringify(value) ?? ''));
const hostile = doors.chain(([method, path, good]) =>
  fc
    .record({
      body:
        good === undefined
          ? fc.constant(undefined)
          : fc.oneof(spoilt(good).map(bytesOf), absurd.map(bytesOf), torn(fc.constant(bytesOf(good)))),
      type: fc.oneof(
        { weight: 6, arbitrary: fc.constant('application/json') },
        fc.constantFrom('text/plain', 'application/x-www-form-urlencoded'),
      ),
      // Mostly the right key, so that what lies behind it is tried.
      key: fc.oneof({ weight: 8, arbitrary: fc.constant('right') }, fc.constantFrom('none')),
    })
    .map(({ body, type, key }): Hostile => ({
      method,
      path,
      body: body === undefined || method === 'GET' ? undefined : Uint8Array.from(body),
      headers: {
        ...(body === undefined || method === 'GET' ? {} : { 'content-type': type }),
        ...(key === 'right' ? { authorization: 'right' } : {}),
      },
    })),
);

/** What is wrong with the answer; undefined when it is fit. */
async function wrongWith({ method, path, headers, body }: Hostile): Promise<string | undefined> {
  const authorization = headers['authorization'] === undefined ? {} : { authorization: `Bearer ${adminKey}` };
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...headers, ...authorization },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const said = `${method} ${path} ${answer.status}: ${text.slice(0, 200)}`;
  counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
  if (answer.status >= 500) return said;
  if (answer.status < 400) return undefined;
  const fault = JSON.parse(text) as { code: string; field: unknown; sentence: { en: string } };
  const isFault = fault.code in FAULTS && typeof fault.field === 'string' && fault.sentence.en.length > 5;
  return isFault && text.length < 3_000 ? undefined : said;
}
const counts = new Map<number, number>();

describe('doors of people and screens', () => {
  it('answer whatever comes, name what is wrong with it, and write nothing of it', async () => {
    const samples = fc.sample(hostile, {
      seed: SEED,
      numRuns: HOSTILE_CASES['tests/integration/hostile-doors.test.ts'],
    });
    const wrong: string[] = [];
    const left = [...samples];
    let cases = 0;
    await Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        for (let one = left.pop(); one !== undefined; one = left.pop()) {
          cases += 1;
          const problem = await wrongWith(one);
          if (problem !== undefined) wrong.push(problem);
        }
      }),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(cases).toBe(HOSTILE_CASES['tests/integration/hostile-doors.test.ts']);
    expect(counts.get(400) ?? 0).toBeGreaterThan(300);
    const health = (await (await fetch(`${server.url}/api/health`)).json()) as { readonly seq: number };
    expect(health.seq).toBe(0);
    server = await server.restart();
    expect((await fetch(`${server.url}/api/layouts`)).status).toBe(200);
  });
});
