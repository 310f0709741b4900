import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AdminDoor, type KnockingRequest } from './admin-door.ts';
import { refusalOf, rightFor } from './route-rights.ts';
import { screenCookie } from './screen-cookie.ts';
import { ScreenTokens } from './screen-tokens.ts';
import { ViewerDoor } from './viewer-door.ts';

const ADMIN_KEY = 'the-admin-key';
let folder = '';
let file = '';
let screenTokens: ScreenTokens;
let adminDoor: AdminDoor;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-screens-'));
  file = join(folder, 'screens.json');
  screenTokens = await ScreenTokens.open(file);
  adminDoor = new AdminDoor({ isRight: (key) => key === ADMIN_KEY, close: () => undefined }, () => 0);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const from = (remoteAddress: string, headers: Record<string, string> = {}): KnockingRequest => ({
  headers: { host: 'localhost:8080', ...headers },
  socket: { remoteAddress },
});
const door = (viewers: 'paired' | 'open' = 'paired'): ViewerDoor =>
  new ViewerDoor({ viewers, screenTokens, adminDoor });
const roleOf = (request: KnockingRequest, viewers?: 'paired' | 'open'): string | undefined =>
  door(viewers).identify(request)?.role;
const cookieOf = (token: string): { readonly cookie: string } => ({
  cookie: `theme=dark; ${screenCookie(token, false).split(';')[0]}; other=1`,
});

describe('who may look', () => {
  it.each(['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1'])(
    'a program on the gateway’s own machine may (%s)',
    (address) => {
      expect(roleOf(from(address))).toBe('local');
      expect(roleOf(from(address, { host: '127.0.0.1:8080' }))).toBe('local');
      expect(roleOf(from(address, { host: '[::1]:8080' }))).toBe('local');
    },
  );

  it.each(['192.168.1.7', '10.0.0.1', '203.0.113.9', '2001:db8::1', '::ffff:192.168.1.7', ''])(
    'one from another machine may not, whatever its headers say (%s)',
    (address) => {
      for (const headers of [
        {},
        { host: 'localhost' },
        { host: '127.0.0.1' },
        { 'x-forwarded-for': '127.0.0.1' },
        { 'x-real-ip': '127.0.0.1' },
        { forwarded: 'for=127.0.0.1;host=localhost' },
        { origin: 'http://localhost' },
        { cookie: 'maplewall-screen=x' },
        cookieOf('A'.repeat(43)),
      ])
        expect(roleOf(from(address, headers))).toBeUndefined();
    },
  );

  it('what a proxy on this machine passes on, and a name that only points here, are not local', () => {
    for (const name of [
      'forwarded',
      'via',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-real-ip',
    ])
      expect(roleOf(from('127.0.0.1', { [name]: '127.0.0.1' }))).toBeUndefined();
    for (const host of ['wall.example', 'localhost.example', '127.0.0.1.example:80', '1127.0.0.1', ''])
      expect(roleOf(from('127.0.0.1', { host }))).toBeUndefined();
  });

  it('a screen may by its token, from everywhere, until it is taken away', async () => {
    const { screen, token } = await screenTokens.admit({ name: '东墙', layout: 'east', at: 7 });
    const revoked: string[] = [];
    screenTokens.onRevoked((id) => revoked.push(id));
    const request = from('203.0.113.9', cookieOf(token));
    expect(door().identify(request)).toEqual({ role: 'screen', screen });
    expect(roleOf(from('203.0.113.9', cookieOf(`${token.slice(1)}x`)))).toBeUndefined();
    expect([await screenTokens.revoke(screen.id), await screenTokens.revoke(screen.id)]).toEqual([
      true,
      false,
    ]);
    expect([roleOf(request), revoked]).toEqual([undefined, [screen.id]]);
  });

  it('whoever brings the admin key may, and everybody where VIEWERS is open', () => {
    expect(roleOf(from('203.0.113.9', { authorization: `Bearer ${ADMIN_KEY}` }))).toBe('admin');
    expect(roleOf(from('203.0.113.9', { authorization: 'Bearer another' }))).toBeUndefined();
    expect(roleOf(from('203.0.113.9'), 'open')).toBe('anybody');
    expect(roleOf(from('127.0.0.1'), 'open')).toBe('local');
  });
});

describe('what a route needs', () => {
  it('is decided by its pattern: looking for viewers, changing for the administrator', () => {
    const rights = [
      ['GET', '/api/city'],
      ['HEAD', '/api/history/:day/:minute'],
      ['GET', '/api/walls'],
      ['GET', '/api/some/route/of/tomorrow'],
      ['POST', '/api/some/route/of/tomorrow'],
      ['PUT', '/api/layouts/:name'],
      ['POST', '/api/incidents/:incidentId/acknowledge'],
      ['GET', '/api/admin/screens'],
      ['POST', '/api/ingest/events'],
      ['GET', '/api/health'],
      ['POST', '/api/screens/pairing'],
      ['DELETE', '/api/screens/pairing/of/tomorrow'],
      ['GET', '/metrics'],
      ['GET', '/*'],
      ['GET', undefined],
    ] as const;
    expect(rights.map(([method, route]) => rightFor(method, route))).toEqual([
      'view',
      'view',
      'view',
      'view',
      'admin',
      'admin',
      'admin',
      'admin',
      'none',
      'none',
      'none',
      'admin',
      'metrics',
      'none',
      'none',
    ]);
  });

  it('a screen and the gateway’s own machine may look, and no more', async () => {
    const { token } = await screenTokens.admit({ name: 'w', layout: undefined, at: 0 });
    const doors = { adminDoor, viewerDoor: door() };
    const codes = (request: KnockingRequest) =>
      (['view', 'admin', 'metrics'] as const).map((right) => refusalOf(doors, right, request)?.code);
    const missing = 'access.adminKeyMissing';
    expect(codes(from('203.0.113.9', cookieOf(token)))).toEqual([undefined, missing, missing]);
    expect(codes(from('127.0.0.1'))).toEqual([undefined, missing, undefined]);
    expect(codes(from('203.0.113.9'))).toEqual(['access.notPaired', missing, missing]);
    const admin = from('203.0.113.9', { authorization: `Bearer ${ADMIN_KEY}` });
    expect(codes(admin)).toEqual([undefined, undefined, undefined]);
  });
});

describe('tokens of screens', () => {
  it('are kept as hashes in a file that its owner alone may read, and hold after a restart', async () => {
    const { screen, token } = await screenTokens.admit({ name: '东墙', layout: undefined, at: 7 });
    expect(await readFile(file, 'utf8')).not.toContain(token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await ScreenTokens.open(file);
    expect(again.check(token)).toEqual(screen);
    expect(JSON.stringify(again.screens())).not.toContain('Hash');
  });

  it('many changes at a time are all kept', async () => {
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        screenTokens.admit({ name: `w${index}`, layout: undefined, at: 0 }),
      ),
    );
    const again = await ScreenTokens.open(file);
    expect(made.map(({ token }) => again.check(token)?.name)).toEqual(made.map((_, index) => `w${index}`));
  });

  it('keep their screen when it gets another name or layout', async () => {
    const { screen, token } = await screenTokens.admit({ name: 'old', layout: 'west', at: 7 });
    expect(await screenTokens.set(screen.id, { name: 'new' })).toMatchObject({ name: 'new', layout: 'west' });
    expect(await screenTokens.set(screen.id, { layout: '' })).toEqual({
      id: screen.id,
      name: 'new',
      admittedAt: 7,
    });
    expect(screenTokens.check(token)?.name).toBe('new');
    expect(await screenTokens.set('nobody', { name: 'x' })).toBeUndefined();
  });

  it('in a file that is none of ours are an error, and nothing is written over it', async () => {
    await writeFile(file, '{"screens":[]}');
    await expect(ScreenTokens.open(file)).rejects.toThrow('is not a file of screens');
    expect(await readFile(file, 'utf8')).toBe('{"screens":[]}');
  });
});
