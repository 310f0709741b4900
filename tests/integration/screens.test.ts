import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import * as msgpackParser from 'socket.io-msgpack-parser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { epochMs, frameNo } from '@maplewall/shared/domain/units.ts';
import type { WallLayout } from '@maplewall/shared/domain/wall-layout.ts';
import type { Report } from '@maplewall/shared/wire/up.ts';
import type { Walls } from '@maplewall/shared/wire/walls.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import { part } from '../support/part.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

/** What a proxy adds; with it a request from this machine counts as one from elsewhere. */
const ELSEWHERE = { 'x-forwarded-for': '203.0.113.9' };

let test: TestGateway;
let adminKey = '';
/** How far the gateway's clock is ahead of ours; a test may let time pass. */
let aheadMs = 0;
beforeAll(async () => {
  test = await startTestGateway({
    env: { HOST: '0.0.0.0' },
    clock: { now: () => epochMs(Date.now() + aheadMs) },
  });
  adminKey = test.gateway.madeAdminKey ?? '';
});
afterAll(() => test.stop());

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});

type Headers = Readonly<Record<string, string>>;
const ask = (path: string, headers: Headers = ELSEWHERE): Promise<Response> =>
  fetch(`${test.url}${path}`, { headers });
const send = (method: string, path: string, body: unknown, headers: Headers = ELSEWHERE): Promise<Response> =>
  fetch(`${test.url}${path}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const asAdmin = (): Headers => ({ ...ELSEWHERE, authorization: `Bearer ${adminKey}` });
const cookieIn = (answer: Response): string => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

interface Admitted {
  readonly id: string;
  readonly token: string;
  readonly headers: Headers;
}

/** Goes the whole way of a screen: asks for a code, is admitted by it, collects its token. */
async function admitted(name: string, layout?: string): Promise<Admitted> {
  const begun = (await (await send('POST', '/api/screens/pairing', undefined)).json()) as {
    pairingId: string;
    code: string;
  };
  const answer = await send(
    'POST',
    '/api/admin/screens/admit',
    { code: begun.code, name, layout },
    asAdmin(),
  );
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  const collected = await send('POST', '/api/screens/pairing/collect', { pairingId: begun.pairingId });
  const { token } = (await collected.json()) as { token: string };
  return { id, token, headers: { ...ELSEWHERE, cookie: cookieIn(collected) } };
}

/** A viewer's socket, and what it was told. */
function open(extraHeaders: Headers, url = test.url) {
  const told: string[] = [];
  const socket = io(url, {
    parser: msgpackParser,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders,
  });
  sockets.push(socket);
  for (const name of ['connect', 'connect_error', 'disconnect', 'welcome', 'frame'])
    socket.on(name, () => told.push(name));
  socket.on('refused', ({ code }: { code: string }) => told.push(`refused ${code}`));
  socket.on('connect', () => socket.emit('hello', { wireVersion: WIRE_VERSION }));
  return {
    socket,
    told,
    hears: (what: string) => waitUntil(`a viewer hears ${what}`, () => told.includes(what)),
  };
}

const layout: WallLayout = {
  name: 'east-1',
  view: 'east',
  span: { columns: 2, rows: 1 },
  tile: { column: 1, row: 0 },
  theme: 'dark',
  language: 'zh-CN',
  director: false,
  sound: false,
  widthMetres: 7.2,
  ghostHeat: false,
  visitor: false,
};
const DATA = ['/api/city', '/api/city/roads', '/api/history/days', '/api/walls', '/api/layouts'];

describe('a viewer from elsewhere', () => {
  it('sees the page and that the gateway is there, and nothing of the city', async () => {
    for (const path of DATA) {
      const answer = await ask(path);
      expect([path, answer.status, await answer.json()]).toMatchObject([
        path,
        401,
        { code: 'access.notPaired' },
      ]);
    }
    expect(Object.keys((await (await ask('/api/health')).json()) as object).toSorted()).toEqual([
      'build',
      'serverTime',
      'version',
    ]);
    expect((await ask('/docs')).status).toBe(200);
    await open(ELSEWHERE).hears('connect_error');
  });

  it('is not let in by an address that is written otherwise', async () => {
    for (const path of [
      '/API/city',
      '/api//city',
      '/api/./city',
      '/%61pi/city',
      '/api/city/',
      '/api/x/../city',
      '/api%2fcity',
    ])
      expect([path, (await (await ask(path)).text()).includes('Test city')]).toEqual([path, false]);
    expect(await (await ask('/api/city', {})).text()).toContain('Test city');
  });

  it('on this machine itself sees everything, and may change nothing', async () => {
    for (const path of DATA) expect([path, (await ask(path, {})).status]).not.toEqual([path, 401]);
    expect(await (await ask('/api/screens/session', {})).json()).toMatchObject({ role: 'local' });
    await open({}).hears('frame');
    expect((await send('PUT', '/api/layouts/east-1', layout, {})).status).toBe(401);
    expect((await ask('/api/admin/screens', {})).status).toBe(401);
  });
});

describe('pairing', () => {
  it('brings a screen its token when its code is admitted, and not before', async () => {
    const begun = await send('POST', '/api/screens/pairing', undefined);
    const { pairingId, code } = (await begun.json()) as { pairingId: string; code: string };
    const collect = () => send('POST', '/api/screens/pairing/collect', { pairingId });
    expect(await (await collect()).json()).toMatchObject({ state: 'waiting' });
    const admit = (headers: Headers) =>
      send('POST', '/api/admin/screens/admit', { code, name: '东墙' }, headers);
    expect([(await admit(ELSEWHERE)).status, (await admit({})).status]).toEqual([401, 401]);
    expect((await admit(asAdmin())).status).toBe(201);
    const answer = await collect();
    expect(await answer.json()).toMatchObject({ state: 'admitted' });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^maplewall-screen=[\w-]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Strict$/,
    );
    const headers = { ...ELSEWHERE, cookie: cookieIn(answer) };
    for (const path of DATA) expect([path, (await ask(path, headers)).status]).not.toEqual([path, 401]);
    expect((await admit(asAdmin())).status).toBe(404);
  });

  it('a lost cookie is set again by the token that the page kept, and renewed at each visit', async () => {
    const { token, headers } = await admitted('heals');
    expect((await ask('/api/screens/session')).status).toBe(401);
    const healed = await send('POST', '/api/screens/session', { token });
    expect(await healed.json()).toEqual({ role: 'screen', name: 'heals', layout: null });
    expect(cookieIn(healed)).toBe(headers['cookie']);
    expect(cookieIn(await ask('/api/screens/session', headers))).toBe(headers['cookie']);
    const wrong = await send('POST', '/api/screens/session', { token: 'x'.repeat(43) });
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
  });

  it('gives a right to look, which reads and never writes, and outlives a restart', async () => {
    const { id, headers } = await admitted('reads');
    await open(headers).hears('frame');
    expect((await ask('/api/layouts', headers)).status).toBe(200);
    for (const [method, path, body] of [
      ['PUT', '/api/layouts/east-1', layout],
      ['DELETE', '/api/layouts/east-1', undefined],
      ['POST', '/api/incidents/x/acknowledge', { by: 'Lin' }],
      ['POST', '/api/admin/screens/admit', { code: 'AAAAAA', name: 'x' }],
      ['DELETE', `/api/admin/screens/${id}`, undefined],
      ['GET', '/api/admin/screens', undefined],
      ['GET', '/metrics', undefined],
    ] as const)
      expect([path, (await send(method, path, body, headers)).status]).toEqual([path, 401]);
    test = await test.restart();
    expect((await ask('/api/city', headers)).status).toBe(200);
  });

  it('taken away closes the screen’s sockets at once, and no other screen’s', async () => {
    const gone = await admitted('gone');
    const stays = await admitted('stays');
    const [one, other] = [open(gone.headers), open(stays.headers)];
    await Promise.all([one.hears('frame'), other.hears('frame')]);
    expect((await send('DELETE', `/api/admin/screens/${gone.id}`, undefined, asAdmin())).status).toBe(204);
    await one.hears('disconnect');
    expect(one.told).toContain('refused access');
    expect((await ask('/api/city', gone.headers)).status).toBe(401);
    await open(gone.headers).hears('connect_error');
    expect(other.told).not.toContain('disconnect');
    expect((await send('DELETE', `/api/admin/screens/${gone.id}`, undefined, asAdmin())).status).toBe(404);
  });
});

const LAN = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

part('over a network address of this machine', LAN !== undefined, () => {
  it('a viewer has to be paired, and no header makes it a local one', async () => {
    const url = `http://${LAN}:${test.gateway.port}`;
    const local = { host: 'localhost', 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' };
    for (const headers of [{}, local]) expect((await fetch(`${url}/api/city`, { headers })).status).toBe(401);
    await open({ host: 'localhost' }, url).hears('connect_error');
    const { headers } = await admitted('network');
    const cookie = { cookie: headers['cookie'] ?? '' };
    expect((await fetch(`${url}/api/city`, { headers: cookie })).status).toBe(200);
    await open(cookie, url).hears('frame');
  });
});

describe('notes on the line of a day', () => {
  it('are written by the administrator, and read by screens', async () => {
    const at = Date.UTC(2026, 3, 20, 4);
    const write = (body: unknown, headers = asAdmin()) => send('POST', '/api/notes', body, headers);
    const { headers } = await admitted('reads notes');
    expect((await write({ at, text: '二号岗空了' }, { ...headers })).status).toBe(401);
    const written = await write({ at, text: '二号岗空了' });
    expect(written.status).toBe(201);
    const { id } = (await written.json()) as { id: string };
    const bad = [
      { at, text: '' },
      { at, text: 'x'.repeat(501) },
      { at: -1, text: 'x' },
      { at, text: 'x', more: 1 },
    ];
    for (const body of bad) expect((await write(body)).status).toBe(400);
    expect((await write({ at: Date.now() + 86_400_000, text: 'x' })).status).toBe(422);
    expect((await send('PATCH', `/api/notes/${id}`, { text: 'manned again' }, asAdmin())).status).toBe(200);
    const read = await ask('/api/notes?day=2026-04-20', headers);
    expect(await read.json()).toMatchObject({ notes: [{ id, at, text: 'manned again' }] });
    expect((await ask('/api/notes?day=2026-13-01', headers)).status).toBe(400);
    expect((await send('DELETE', `/api/notes/${id}`, undefined, asAdmin())).status).toBe(204);
    expect((await send('DELETE', `/api/notes/${id}`, undefined, asAdmin())).status).toBe(404);
  });
});

describe('layouts', () => {
  it('are kept by the administrator, and read by screens', async () => {
    const put = (body: unknown, name = 'east-1') => send('PUT', `/api/layouts/${name}`, body, asAdmin());
    expect((await put(layout)).status).toBe(200);
    const bad = [
      await put({ ...layout, name: 'other' }),
      await put({ ...layout, tile: { column: 2, row: 0 } }),
      await put({ ...layout, view: 'north' }),
      await put({ ...layout, more: 1 }),
      await put({ ...layout, widthMetres: -1 }),
      await put({ ...layout, name: 'a b' }, 'a%20b'),
    ];
    expect(bad.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
    const { headers } = await admitted('with layout', 'east-1');
    expect(await (await ask('/api/layouts/east-1', headers)).json()).toEqual(layout);
    expect(await (await ask('/api/screens/session', headers)).json()).toMatchObject({ layout: 'east-1' });
    const kept = JSON.parse(await readFile(join(test.dataDir, 'layouts.json'), 'utf8')) as unknown;
    expect(kept).toEqual({ formatVersion: 1, layouts: [layout] });
    expect((await send('DELETE', '/api/layouts/east-1', undefined, asAdmin())).status).toBe(204);
    expect((await ask('/api/layouts/east-1', headers)).status).toBe(404);
  });

  it('that are not there cannot be given to a screen', async () => {
    const { code } = (await (await send('POST', '/api/screens/pairing', undefined)).json()) as {
      code: string;
    };
    const admit = await send(
      'POST',
      '/api/admin/screens/admit',
      { code, name: 'x', layout: 'none' },
      asAdmin(),
    );
    expect([admit.status, ((await admit.json()) as { code: string }).code]).toEqual([404, 'layout.unknown']);
  });
});

describe('reports', () => {
  const report = (given: Partial<Report> = {}): Report => ({
    build: 'b1',
    feed: 'live',
    view: 'whole',
    lastFrame: frameNo(7),
    lastFrameDrawnAt: epochMs(Date.now()),
    framesDrawn: 5,
    heapMiB: 100,
    graphicsContexts: 1,
    drops: 0,
    reconnects: 0,
    canvasWidth: 3_840,
    canvasHeight: 2_160,
    screenWidth: 3_840,
    screenHeight: 2_160,
    devicePixelRatio: 1,
    uptimeSeconds: 12,
    ...given,
  });
  const wallNamed = async (name: string) =>
    ((await (await ask('/api/walls', {})).json()) as Walls).walls.find((wall) => wall.name === name);

  it('of a screen stand in /api/walls and /metrics under its name, also when it has gone', async () => {
    const { id, headers } = await admitted('东墙 1');
    expect(await wallNamed('东墙 1')).toMatchObject({ connectedSince: null, report: null, frozen: false });
    const viewer = open(headers);
    await viewer.hears('frame');
    viewer.socket.emit('report', report({ canvasWidth: 7_680, heapMiB: 64 }));
    const wall = await waitUntil('the report is there', async () => {
      const found = await wallNamed('东墙 1');
      return found?.report === null ? undefined : found;
    });
    expect(wall).toMatchObject({
      id,
      role: 'screen',
      frozen: false,
      report: { canvasWidth: 7_680, lastFrame: 7 },
    });
    const metrics = await (await ask('/metrics', {})).text();
    expect(metrics).toContain(`maplewall_wall_canvas_width_pixels{wall="${id}",name="东墙 1"} 7680\n`);
    expect(metrics).toContain(`maplewall_wall_heap_bytes{wall="${id}",name="东墙 1"} ${64 * 1_048_576}\n`);
    expect(metrics).toMatch(/^maplewall_event_loop_delay_seconds\{quantile="0.99"\} 0\.\d+$/m);
    viewer.socket.disconnect();
    await waitUntil('it has gone', async () => (await wallNamed('东墙 1'))?.connectedSince === null);
    expect((await wallNamed('东墙 1'))?.report?.canvasWidth).toBe(7_680);
  });

  it('are not needed to know that a page stands still: it answers for no frame any more', async () => {
    const viewer = open((await admitted('frozen')).headers);
    const frame = await new Promise<number>((resolve) => {
      viewer.socket.once('frame', () => resolve(test.gateway.keeper.lastFrame));
    });
    expect((await wallNamed('frozen'))?.frozen).toBe(false);
    aheadMs += 11_000;
    expect((await wallNamed('frozen'))?.frozen).toBe(true);
    viewer.socket.emit('drawn', { frame });
    await waitUntil('it moves again', async () => (await wallNamed('frozen'))?.frozen === false);
  });

  it('that are none are refused, and five of them end the connection; those that come too soon are only left out', async () => {
    const viewer = open((await admitted('odd')).headers);
    await viewer.hears('frame');
    const before = test.gateway.sockets.refusals();
    const refusals = () => viewer.told.filter((each) => each === 'refused message').length;
    viewer.socket.emit('report', { ...report(), more: 1 });
    viewer.socket.emit('report', { ...report(), canvasWidth: -1 });
    // A line that stalled hands on at once what was sent meanwhile.
    for (const frame of [1, 2, 3, 4, 5, 6])
      viewer.socket.emit('report', report({ lastFrame: frameNo(frame) }));
    viewer.socket.emit('report', {});
    viewer.socket.emit('report', {});
    await waitUntil('four are refused', () => refusals() === 4);
    expect((await wallNamed('odd'))?.report?.lastFrame).toBe(1);
    expect(test.gateway.sockets.refusals() - before).toBe(4 + 5);
    expect(viewer.told).not.toContain('disconnect');
    viewer.socket.emit('report', {});
    await viewer.hears('disconnect');
  });

  it('/metrics is for this machine, and for whoever has the admin key', async () => {
    expect([(await ask('/metrics')).status, (await ask('/metrics', asAdmin())).status]).toEqual([401, 200]);
    expect((await ask('/metrics', {})).headers.get('content-type')).toContain('text/plain; version=0.0.4');
  });
});

it('with VIEWERS=open everybody may look, and nobody may change anything without the key', async () => {
  const open_ = await startTestGateway({ env: { VIEWERS: 'open' } });
  try {
    const asked = (path: string, method = 'GET') =>
      fetch(`${open_.url}${path}`, { method, headers: ELSEWHERE });
    expect((await asked('/api/city')).status).toBe(200);
    expect(await (await asked('/api/screens/session')).json()).toMatchObject({ role: 'anybody' });
    expect((await asked('/api/layouts/x', 'DELETE')).status).toBe(401);
    await open(ELSEWHERE, open_.url).hears('frame');
  } finally {
    await open_.stop();
  }
});
