import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LightMyRequestResponse } from 'fastify';
import { fixesIn, HERE, NOW, SECOND, startTestGateway, type TestGateway } from './gateway.fixture.ts';

let gateway: TestGateway;
let count = 0;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
/** Each test has seconds of its own, so that no fix of one is a repeated one of another. */
beforeEach(() => {
  gateway.clock.pass(60 * SECOND);
  count += 1;
});

const json = { 'content-type': 'application/json' };
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}`, ...json });
const basic = (user: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const post = (url: string, payload: string | Buffer | object, headers: Record<string, string>) =>
  gateway.app.inject({ method: 'POST', url, payload, headers });
const event = (key: string): object => ({
  key,
  at: NOW,
  event: { kind: 'incident.reopened', incidentId: 'i' },
});
const lastFix = async () => fixesIn(await gateway.records()).at(-1);
const counts = async (key: string): Promise<Record<string, number>> => {
  const answer = await gateway.app.inject({ url: '/api/ingest/counters', headers: bearer(key) });
  return answer.json<{ counts: Record<string, number> }>().counts;
};
const codeAndField = (answer: LightMyRequestResponse): unknown[] => {
  const body = answer.json<{ code: string; field: string; sentence: Record<string, string> }>();
  expect(Object.keys(body.sentence)).toEqual(['zh-CN', 'en']);
  return [answer.statusCode, body.code, body.field];
};

describe('batches over HTTP', () => {
  it('are answered when they are on disk', async () => {
    const answer = await post(
      '/api/ingest/events',
      { items: [event('k1'), event('k1')] },
      bearer(gateway.dispatchKey),
    );
    expect(answer.statusCode).toBe(200);
    const { results } = answer.json<{ results: { seq: number; repeated: boolean }[] }>();
    expect(results.map(({ repeated }) => repeated)).toEqual([false, true]);
    expect(gateway.log.lastSeq()).toBe(results[0]?.seq);
  });

  it('of positions say what became of each', async () => {
    const answer = await post(
      '/api/ingest/positions',
      { fixes: [{ responderId: 'r1', ...HERE, fixAt: gateway.clock.now() }, { responderId: 'r1' }] },
      bearer(gateway.dispatchKey),
    );
    expect(answer.json()).toEqual({
      taken: 1,
      refused: [
        { index: 1, code: 'request.invalid', field: 'lng', reason: expect.stringContaining('missing') },
      ],
      counts: { 'request.invalid': 1 },
    });
  });

  it.each(['/api/ingest/events', '/api/ingest/positions'])(
    '[ING12] %s looks at the key first',
    async (url) => {
      expect(codeAndField(await post(url, '{', json))).toEqual([401, 'access.keyMissing', 'authorization']);
      expect(codeAndField(await post(url, '{', bearer('wrong')))).toEqual([
        401,
        'access.keyWrong',
        'authorization',
      ]);
    },
  );

  it.each([
    ['no JSON', '{"items"', json, 400, 'request.notJson'],
    ['broken UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), json, 400, 'request.notJson'],
    ['deep nesting', '['.repeat(100_000), json, 400, 'request.notJson'],
    ['nothing', '', json, 400, 'request.invalid'],
    ['another type', '<a/>', { 'content-type': 'text/xml' }, 415, 'request.unsupportedType'],
    [
      'a form',
      'items=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'request.unsupportedType',
    ],
    ['a compressed body', 'x', { ...json, 'content-encoding': 'gzip' }, 415, 'request.unsupportedType'],
    ['too much', Buffer.alloc(9 * 1024 * 1024, 0x20), json, 413, 'request.tooLarge'],
  ])('[ING12] refuse %s', async (_, payload, headers, status, code) => {
    for (const url of ['/api/ingest/events', '/api/ingest/positions']) {
      const answer = await post(url, payload, { ...bearer(gateway.dispatchKey), ...headers });
      expect(codeAndField(answer).slice(0, 2)).toEqual([status, code]);
    }
  });

  it('[ING12] a request that is cut off changes nothing, and the gateway goes on', async () => {
    await gateway.app.listen({ port: 0, host: '127.0.0.1' });
    const before = gateway.log.lastSeq();
    const body = JSON.stringify({ items: [event('cut')] });
    const socket = connect((gateway.app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      `POST /api/ingest/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer ${gateway.dispatchKey}\r\ncontent-length: ${body.length + 1}\r\n\r\n${body}`,
    );
    socket.end();
    await once(socket.resume(), 'close');
    expect(gateway.log.lastSeq()).toBe(before);
    const answer = await post(
      '/api/ingest/events',
      { items: [event('after the cut')] },
      bearer(gateway.dispatchKey),
    );
    expect(answer.json()).toMatchObject({ taken: 1 });
  });

  it('[ING11] are counted by reason for their source', async () => {
    const before = await counts(gateway.dispatchKey);
    await post('/api/ingest/events', { items: [event(`n${count}`), 1] }, bearer(gateway.dispatchKey));
    await post('/api/ingest/events', 'x', bearer(gateway.dispatchKey));
    const after = await counts(gateway.dispatchKey);
    const gained = (name: string): number => (after[name] ?? 0) - (before[name] ?? 0);
    expect(['events.taken', 'request.invalid', 'request.notJson'].map(gained)).toEqual([1, 1, 1]);
  });

  it('stand on the OpenAPI page', async () => {
    const page = (await gateway.app.inject('/docs/json')).json<{ paths: Record<string, object> }>();
    expect(Object.keys(page.paths)).toEqual(
      expect.arrayContaining([
        '/api/ingest/events',
        '/api/ingest/positions',
        '/api/ingest/counters',
        '/api/ingest/osmand/{sourceKey}',
        '/api/ingest/owntracks',
      ]),
    );
    expect(page.paths['/api/ingest/positions']).toMatchObject({ post: { requestBody: { required: true } } });
  });
});

describe('OsmAnd', () => {
  const url = (query = ''): string => `/api/ingest/osmand/${gateway.phonesKey}${query}`;
  const seconds = (): number => Math.floor(gateway.clock.now() / SECOND);

  it('takes a query by GET and POST and answers with nothing', async () => {
    const query = `?id=phone%201&lat=27.58&lon=120.55&timestamp=${seconds()}&speed=9.7&bearing=90&batt=55.5`;
    const answer = await gateway.app.inject({ url: url(query) });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(await lastFix()).toEqual({ who: 'phone 1', lng: 120.55, lat: 27.58, at: seconds() * SECOND });
    const again = await gateway.app.inject({
      method: 'POST',
      url: url(`/?deviceid=phone%201&location=27.581,120.551&timestamp=${seconds() + 30}`),
    });
    expect(again.statusCode).toBe(200);
    expect(await lastFix()).toMatchObject({ lng: 120.551, lat: 27.581 });
  });

  it('takes a form', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await post(url(), `id=form&lat=27.58&lon=120.55&timestamp=${gateway.clock.now()}`, form);
    expect(answer.statusCode).toBe(200);
    expect(await lastFix()).toMatchObject({ who: 'form' });
  });

  it.each([
    [
      'as they are',
      Buffer.concat([Buffer.from('id='), Buffer.of(0xfe), Buffer.from('&lat=27.58&lon=120.55')]),
    ],
    ['behind per cent signs', Buffer.from('id=%FE&lat=27.58&lon=120.55')],
  ])('[ING12] refuses a form with bytes that are no UTF-8, %s', async (_, body) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await gateway.app.inject({ method: 'POST', url: url(), payload: body, headers: form });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'request.invalid' });
  });

  it('answers 200 to a place that is no number, because the phone would send it for ever', async () => {
    expect((await gateway.app.inject(`${url()}?id=nan&lat=NaN&lon=120.55`)).statusCode).toBe(200);
    expect(gateway.ingest.counters.of('phones' as SourceId)).toMatchObject({
      'ingest.position.notANumber': 1,
    });
  });

  it('takes the JSON of newer clients', async () => {
    const body = {
      device_id: 'json',
      location: {
        timestamp: new Date(gateway.clock.now()).toISOString(),
        coords: { latitude: 27.58, longitude: 120.55, accuracy: 5, speed: -1, heading: -1, altitude: 10 },
        is_moving: true,
        odometer: 12.5,
        event: 'motionchange',
        battery: { level: 0.5, is_charging: false },
        activity: { type: 'walking' },
        extras: {},
      },
    };
    const answer = await post(url(), body, json);
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(await lastFix()).toMatchObject({ who: 'json' });
    const heartbeat = await post(url(), { ...body, location: { timestamp: 'x' } }, json);
    expect(heartbeat.statusCode).toBe(200);
  });

  it('answers 200 to a fix that is refused for what it says, because the phone would send it for ever', async () => {
    const before = (await counts(gateway.phonesKey))['ingest.position.outOfBounds'] ?? 0;
    const answer = await gateway.app.inject({ url: url('?id=far&lat=1&lon=1') });
    expect(answer.statusCode).toBe(200);
    expect((await counts(gateway.phonesKey))['ingest.position.outOfBounds']).toBe(before + 1);
  });

  it('refuses an unknown device as each client expects, and knows registered ones', async () => {
    const strict = `/api/ingest/osmand/${gateway.dispatchKey}`;
    expect(codeAndField(await gateway.app.inject(`${strict}?id=who&lat=27.58&lon=120.55`))).toEqual([
      400,
      'ingest.device.unknown',
      'device',
    ]);
    const body = {
      device_id: 'who',
      location: { coords: { latitude: 27.58, longitude: 120.55 }, timestamp: NOW },
    };
    expect(codeAndField(await post(strict, body, json))).toEqual([404, 'ingest.device.unknown', 'device']);
    await gateway.sourceKeys.replaceDevice({
      source: 'dispatch',
      user: 'lin',
      device: 'who',
      responderId: 'r1',
    });
    const query = `?id=who&lat=27.58&lon=120.55&timestamp=${seconds()}`;
    expect((await gateway.app.inject(strict + query)).statusCode).toBe(200);
    expect(await lastFix()).toMatchObject({ who: 'r1', at: seconds() * SECOND });
  });

  it.each([
    ['?lat=27.5&lon=120.5', 'request.invalid', 'id'],
    ['?id=a&lat=x&lon=120.5', 'ingest.position.notANumber', 'lat'],
    ['?id=a&lat=27.5', 'ingest.position.notANumber', 'lon'],
    ['?id=a&location=27.5', 'request.invalid', 'location'],
    ['?id=a&lat=27.5&lat=27.6&lon=120.5', 'request.invalid', 'lat'],
    ['?id=a&lat=27.5&lon=120.5&timestamp=yesterday', 'ingest.time.unreadable', 'timestamp'],
    ['?id=a&lat=27.5&lon=120.5&speed=fast', 'request.invalid', 'speed'],
  ])('names what is wrong with %s', async (query, code, field) => {
    const answer = codeAndField(await gateway.app.inject(url(query)));
    expect(answer.slice(1)).toEqual([code, field]);
    expect(answer[0]).toBeGreaterThanOrEqual(400);
  });

  it('refuses a wrong key', async () => {
    expect(codeAndField(await gateway.app.inject('/api/ingest/osmand/nothing?id=a'))).toEqual([
      401,
      'access.keyWrong',
      'sourceKey',
    ]);
  });
});

describe('OwnTracks over HTTP', () => {
  const url = '/api/ingest/owntracks';
  const location = (): object => ({
    _type: 'location',
    tid: 'ab',
    lat: 27.58,
    lon: 120.55,
    tst: Math.floor(gateway.clock.now() / SECOND),
    vel: 36,
    batt: 80,
    bs: 1,
    conn: 'm',
  });

  it('takes a location with a source key and answers with an empty list', async () => {
    const headers = {
      ...json,
      ...basic('lin', gateway.phonesKey),
      'x-limit-u': 'lin',
      'x-limit-d': 'pixel.7',
    };
    const answer = await post(url, location(), headers);
    expect([answer.statusCode, answer.body]).toEqual([200, '[]']);
    expect(await lastFix()).toMatchObject({ who: 'lin/pixel.7' });
    const record = (await gateway.records()).at(-1);
    expect(record?.type === 'positions' ? record.fixes.speed[0] : undefined).toBe(100);
  });

  it('takes a location with the password of a device', async () => {
    const password = await gateway.sourceKeys.replaceDevice({
      source: 'phones',
      user: 'chen',
      device: 'iphone',
      responderId: 'volunteer-7',
      callSign: '龙志协 7',
    });
    const secret = password.ok ? password.value : '';
    const answer = await post(`${url}?u=chen&d=iphone`, location(), { ...json, ...basic('chen', secret) });
    expect([answer.statusCode, answer.body]).toEqual([200, '[]']);
    const records = await gateway.records();
    expect(fixesIn(records).at(-1)).toMatchObject({ who: 'volunteer-7' });
    expect(records.at(-2)).toMatchObject({ event: { callSign: '龙志协 7', responderId: 'volunteer-7' } });
    expect((await post(`${url}?d=other`, location(), { ...json, ...basic('chen', secret) })).statusCode).toBe(
      401,
    );
  });

  it.each([
    ['transition', { _type: 'transition', event: 'enter', wtst: 1 }],
    ['waypoint', { _type: 'waypoint', desc: 'home' }],
    ['lwt', { _type: 'lwt', tst: 1 }],
    ['card', { _type: 'card', name: 'Lin' }],
    ['nothing at all', ''],
  ])('accepts %s and puts it aside', async (_, payload) => {
    const before = gateway.log.lastSeq();
    const headers = { ...json, ...basic('lin', gateway.phonesKey), 'x-limit-d': 'pixel.7' };
    const answer = await post(url, payload, headers);
    expect([answer.statusCode, answer.body]).toEqual([200, '[]']);
    expect(gateway.log.lastSeq()).toBe(before);
  });

  it.each([
    [{ _type: 'encrypted', data: 'x' }, 422, 'ingest.encrypted', '_type'],
    [{ _type: 'location', lat: '1', lon: 1, tst: 1 }, 422, 'ingest.position.notANumber', 'lat'],
    [{ _type: 'location', lat: 1, lon: 1 }, 422, 'ingest.time.unreadable', 'tst'],
    [{}, 400, 'request.invalid', '_type'],
    [[], 400, 'request.invalid', ''],
  ])('refuses %j', async (payload, status, code, field) => {
    const headers = { ...json, ...basic('lin', gateway.phonesKey), 'x-limit-d': 'pixel.7' };
    expect(codeAndField(await post(url, payload, headers))).toEqual([status, code, field]);
  });

  it('refuses a missing or wrong password and asks for one', async () => {
    const answer = await post(url, location(), json);
    expect(codeAndField(answer)).toEqual([401, 'access.keyMissing', 'authorization']);
    expect(answer.headers['www-authenticate']).toContain('Basic');
    expect((await post(url, location(), { ...json, ...basic('lin', 'no') })).statusCode).toBe(401);
  });
});
