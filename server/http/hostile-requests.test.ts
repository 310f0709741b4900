import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { FAULTS } from '@maplewall/shared/domain/fault.ts';
import { HOSTILE_CASES } from '@maplewall/shared/domain/hostile-cases.arbitrary.ts';
import type { RecordDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { makePack } from '../city/make-pack.ts';
import { readPack } from '../city/read-pack.ts';
import { cityRoutes } from '../city/routes.ts';
import { openHistory, type History } from '../history/history.ts';
import { historyRoutes } from '../history/routes.ts';
import type { Log } from '../log/log.ts';
import { openSqliteLog } from '../log/sqlite-log.ts';
import { makeApp } from './app.ts';
import { healthRoutes } from './health.ts';

const SEED = 20_261_129;
const AT = Math.floor(Date.now() / 86_400_000 - 20) * 86_400_000 + 3_600_000;
const DAY = new Date(AT).toISOString().slice(0, 10);
const silent = pino({ level: 'silent' });

let folder: string;
let app: FastifyInstance;
let log: Log;
let history: History;
let cases = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-hostile-'));
  await makePack(
    {
      id: 'test-city',
      name: { zh: '测试市', en: 'Test city' },
      timeZone: 'UTC',
      coordinateSystem: 'WGS84',
      bounds: [120.4, 27.4, 120.8, 27.7],
      files: {},
    },
    join(folder, 'city'),
  );
  const read = await readPack(join(folder, 'city'));
  if (!read.ok) throw new Error('the pack is not read');
  log = await openSqliteLog({ file: join(folder, 'log.db') });
  await log.append([checkIn(AT), checkIn(AT + 60_000)]);
  history = await openHistory({
    logFile: join(folder, 'log.db'),
    file: join(folder, 'history.db'),
    knownFile: join(folder, 'known.db'),
    areas: { timeZone: 'UTC', precinctOfGrid: new Map(), precinctOfStation: new Map() },
    clock: { now: () => epochMs(Date.now()) },
    logger: silent,
  });
  await writeFile(join(folder, 'secret'), 'nobody may read this');
  await mkdir(join(folder, 'screens', 'assets'), { recursive: true });
  await writeFile(join(folder, 'screens', 'index.html'), '<!doctype html><title>wall</title>');
  app = await makeApp({
    logger: silent,
    clientDir: join(folder, 'screens'),
    version: 'test',
    refusalOf: () => undefined,
  });
  cityRoutes(app, { pack: read.pack });
  historyRoutes(app, { history });
  healthRoutes(app, {
    health: () => ({
      version: 'test',
      build: 'none',
      startedAt: 0,
      serverTime: 0,
      seq: 0,
      frame: 0,
      viewers: 0,
      viewersBehind: 0,
      refusedMessages: 0,
      heapMiB: 0,
    }),
    mayLook: () => true,
  });
  app.post('/api/anything', () => 'taken');
  await app.listen({ port: 0, host: '127.0.0.1' });
  await vi.waitUntil(async () => (await app.inject(`/api/history/${DAY}/01:00`)).statusCode === 200, {
    timeout: 60_000,
  });
}, 300_000);
afterAll(async () => {
  await app.close();
  await history.stop();
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

function checkIn(at: number): RecordDraft {
  return {
    type: 'event',
    at: epochMs(at),
    receivedAt: epochMs(at),
    source: '110' as SourceId,
    mode: 'Test',
    key: String(at),
    event: {
      kind: 'responder.checkedIn',
      responderId: 'r1' as ResponderId,
      responderKind: 'sentry',
      callSign: 'S',
    },
  };
}

const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 6 }));
const encoded = text.map((value) => encodeURIComponent(value.toWellFormed()));
const tricks = fc.constantFrom(
  '..',
  '.',
  '',
  '%2e%2e',
  '%2e%2e%2f',
  '..%2f..%2fsecret',
  '..%5csecret',
  '%00',
  '%',
  '%zz',
  '%c0%ae%c0%ae',
  '%ff',
  '..;',
  'secret',
  '__proto__',
  'constructor',
  'city.json',
  '*',
  '~',
  'x'.repeat(250),
  '0'.repeat(3_000),
);
const dayWord = fc.oneof(
  { weight: 3, arbitrary: fc.constant(DAY) },
  fc.constantFrom(
    'days',
    '0000-00-00',
    '9999-12-31',
    '-001-01-01',
    '2026-02-30',
    '2026-2-3',
    '1e3',
    '٢٠٢٦-٠١-٠١',
    'NaN',
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  encoded,
  tricks,
);
const minuteWord = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: 0, max: 1_600 })
      .map((n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`),
  },
  fc.constantFrom('01:00', '01:00+1', '01:00%2B1', '24:00', '-1:00', '01:60', '1:0', '01:00:00'),
  encoded,
  tricks,
);
const path = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(dayWord, minuteWord).map(([day, minute]) => `/api/history/${day}/${minute}`),
  },
  { weight: 2, arbitrary: dayWord.map((day) => `/api/history/${day}`) },
  {
    weight: 2,
    arbitrary: fc
      .oneof(fc.constantFrom('roads', 'boundary', 'city', 'Roads', 'roads/'), encoded, tricks)
      .map((file) => `/api/city/${file}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '/api/city',
      '/api/health',
      '/api/history/days',
      '/api',
      '/api/',
      '/',
      '/index.html',
      '/assets/',
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(tricks, encoded), { minLength: 1, maxLength: 5 })
      .map((parts) => `/${parts.join('/')}`),
  },
);
const header = fc.oneof(
  fc.tuple(
    fc.constant('range'),
    fc.constantFrom('bytes=0-1', 'bytes=-1', 'bytes=9-1', 'bytes=0-0,2-2,4-4', 'bytes=99999999999-', 'x'),
  ),
  fc.tuple(
    fc.constant('accept-encoding'),
    fc.constantFrom('br', 'gzip', 'br;q=0, gzip', '*;q=0', 'identity;q=0', ',,,;q=', 'x'.repeat(2_000)),
  ),
  fc.tuple(fc.constant('if-none-match'), fc.constantFrom('*', '"', 'W/"x"', '"a", "b"', ','.repeat(2_000))),
  fc.tuple(fc.constant('if-modified-since'), fc.constantFrom('never', '0', 'Thu, 01 Jan 2099 00:00:00 GMT')),
  fc.tuple(
    fc.constant('content-type'),
    fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', '\u00ff'),
  ),
  fc.tuple(fc.constant('cookie'), encoded),
  fc.tuple(fc.constant('host'), encoded),
  fc.tuple(fc.constant('x-forwarded-for'), encoded),
);
const request = fc
  .record({
    method: fc.oneof(
      { weight: 8, arbitrary: fc.constant('GET' as const) },
      fc.constantFrom(
        'HEAD' as const,
        'POST' as const,
        'PUT' as const,
        'DELETE' as const,
        'PATCH' as const,
        'OPTIONS' as const,
      ),
    ),
    path,
    query: fc.option(
      fc.tuple(encoded, encoded).map((pair) => `?${pair.join('=')}`),
      { nil: '' },
    ),
    headers: fc.array(header, { maxLength: 3 }),
    payload: fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
  })
  .map(({ method, path, query, headers, payload }): InjectOptions => {
    return {
      method,
      url: `${path}${query}`,
      headers: Object.fromEntries(headers),
      ...(payload === undefined || method === 'GET' || method === 'HEAD' ? {} : { payload }),
    };
  });

/** What is wrong with an answer to whatever was asked; nothing for a fit one. */
function wrongWith(answer: LightMyRequestResponse, method: string): string | undefined {
  const { statusCode } = answer;
  if (statusCode >= 500) return `status ${statusCode}: ${answer.body.slice(0, 200)}`;
  if (answer.body.includes('nobody may read this')) return 'it shows a file that is none of the screens';
  if (statusCode < 400 || method === 'HEAD') return undefined;
  const body = JSON.parse(answer.body) as { code?: string; field?: unknown; sentence?: { en?: string } };
  if (!Object.keys(FAULTS).includes(body.code ?? '')) return `no code of ours: ${answer.body}`;
  if (typeof body.field !== 'string' || (body.sentence?.en ?? '') === '')
    return `no field or sentence: ${answer.body}`;
  return answer.body.length > 2_000 ? 'the answer to nonsense is long' : undefined;
}

describe('requests of any kind', () => {
  it('are answered, what is wrong with 4xx and a reason, and never with a file from elsewhere', async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 50, maxLength: 50 }), async (requests) => {
        const answers = await Promise.all(requests.map((one) => app.inject(one)));
        cases += requests.length;
        const problems = answers.flatMap((answer, index) => {
          statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
          const wrong = wrongWith(answer, String(requests[index]?.method));
          return wrong === undefined
            ? []
            : [`${requests[index]?.method} ${String(requests[index]?.url)}: ${wrong}`];
        });
        expect(problems).toEqual([]);
      }),
      { seed: SEED, numRuns: 370 },
    );
    for (const status of [200, 304, 400, 404])
      expect([status, statuses.get(status) ?? 0]).not.toEqual([status, 0]);
  }, 400_000);

  it('that are no HTTP, half sent, or cut off, hold nobody up', async () => {
    const { port } = app.server.address() as AddressInfo;
    const line = 'GET /api/health HTTP/1.1\r\nhost: localhost\r\n\r\n';
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((given) => Buffer.from(given)),
      fc.string({ maxLength: 60 }).map((given) => Buffer.from(given)),
      fc.tuple(fc.nat(line.length), fc.nat(255)).map(([at, byte]) => {
        const copy = Buffer.from(line);
        copy[at] = byte;
        return copy;
      }),
      fc.nat(line.length).map((length) => Buffer.from(line.slice(0, length))),
      fc
        .constantFrom(
          `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
          'POST /api/history/days HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
          'POST /api/history/days HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
          'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffff\r\n',
          'GET / HTTP/9.9\r\n\r\n',
          '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
          'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        )
        .map((given) => Buffer.from(given)),
    );
    const samples = fc.sample(fc.tuple(bytes, fc.constantFrom('end', 'reset', 'leave')), {
      seed: SEED,
      numRuns: 1_500,
    });
    const open = new Set<ReturnType<typeof connect>>();
    const answers: string[] = [];
    const talk = async ([given, how]: (typeof samples)[number]): Promise<void> => {
      cases += 1;
      const socket = connect(port, '127.0.0.1');
      open.add(socket);
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
      const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
      socket.on('error', () => socket.destroy());
      await new Promise<void>((resolve) => socket.write(given, () => resolve()));
      if (how === 'leave') return;
      if (how === 'end') socket.end();
      else socket.resetAndDestroy();
      await closed;
      if (answer !== '') answers.push(answer);
    };
    const left = [...samples];
    await Promise.all(
      Array.from({ length: 25 }, async () => {
        for (let sample = left.pop(); sample !== undefined; sample = left.pop()) await talk(sample);
      }),
    );
    expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
    expect(
      answers
        .filter((answer) => !/^HTTP\/1\.1 (200|400|404|431|505)/.test(answer))
        .map((answer) => answer.slice(0, 80)),
    ).toEqual([]);
    const refused = answers.filter((answer) => answer.startsWith('HTTP/1.1 400'));
    expect(refused.length).toBeGreaterThan(100);
    // Node by itself answers a request that names no host, with nothing in it.
    const explained = refused.filter((answer) => !answer.endsWith('\r\n\r\n0\r\n\r\n'));
    expect(explained.length).toBeGreaterThan(50);
    for (const answer of explained) expect(answer).toMatch(/"code":"(request|history)\.\w/);
    for (const socket of open) socket.destroy();
  }, 400_000);

  it('that come too slowly are told so and let go', async () => {
    const { port } = app.server.address() as AddressInfo;
    expect(app.server.requestTimeout).toBe(120_000);
    expect(app.server.headersTimeout).toBe(20_000);
    app.server.requestTimeout = 700;
    app.server.headersTimeout = 300;
    const slow = [
      'GET /api/health HTTP/1.1\r\nhost: x\r\n',
      'POST /api/history/days HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{',
    ];
    const answers = await Promise.all(
      slow.map(async (given) => {
        cases += 1;
        const socket = connect(port, '127.0.0.1');
        let answer = '';
        socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
        socket.on('error', () => socket.destroy());
        socket.write(given);
        await new Promise<void>((resolve) => socket.on('close', () => resolve()));
        return answer;
      }),
    );
    app.server.requestTimeout = 120_000;
    app.server.headersTimeout = 20_000;
    expect(answers[0]).toMatch(/^HTTP\/1\.1 408 .*it did not arrive in time/s);
    expect(answers[1]).toMatch(/^HTTP\/1\.1 4/);
  });

  it('that are too large hear how large they may be', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/anything',
      headers: { 'content-type': 'application/json' },
      payload: `"${'x'.repeat(9_000_000)}"`,
    });
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain('the limit is 8388608 bytes');
  });

  it('are as many as the suite promises', () => {
    expect(cases).toBeGreaterThanOrEqual(HOSTILE_CASES['server/http/hostile-requests.test.ts']);
  });
});
