import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AdminDoor, type KnockingRequest } from './admin-door.ts';
import { openAdminKey, type AdminKey } from './admin-key.ts';
import { MOST_WRONG_KEYS, WRONG_KEYS_WINDOW_MS } from './wrong-keys.ts';

let folder = '';
let adminKey: AdminKey;
let key = '';
let now = 0;
let door: AdminDoor;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-admin-'));
  const opened = await openAdminKey({ file: join(folder, 'admin.json') });
  adminKey = opened.adminKey;
  key = opened.made ?? '';
  now = 1_000;
  door = new AdminDoor(adminKey, () => now);
});
afterEach(async () => {
  adminKey.close();
  await rm(folder, { recursive: true, force: true });
});

const request = (authorization: string | undefined, remoteAddress = '10.0.0.7'): KnockingRequest => ({
  headers: { authorization },
  socket: { remoteAddress },
});
const codeFor = (given: KnockingRequest): string => door.check(given)?.code ?? 'let in';

describe('the admin key', () => {
  it('is kept as a hash, in a file that its owner alone may read', async () => {
    const file = join(folder, 'admin.json');
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(await readFile(file, 'utf8')).not.toContain(key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('in a file that is none of ours is an error, and the file stays', async () => {
    const file = join(folder, 'admin.json');
    await writeFile(file, '{}');
    await expect(openAdminKey({ file })).rejects.toThrow('is not a file of the admin key');
    expect(await readFile(file, 'utf8')).toBe('{}');
  });
});

describe('the admin door', () => {
  it('opens for the key alone', () => {
    expect(codeFor(request(`Bearer ${key}`))).toBe('let in');
    for (const none of [undefined, '', key, `Basic ${key}`, 'Bearer ', `Bearer ${'x'.repeat(300)}`])
      expect(codeFor(request(none))).toBe('access.adminKeyMissing');
    for (const wrong of [`${key}x`, key.slice(1), 'undefined'])
      expect(codeFor(request(`Bearer ${wrong}`))).toBe('access.adminKeyWrong');
  });

  it('makes an address with many wrong keys wait, and no other', () => {
    for (let i = 0; i < MOST_WRONG_KEYS; i += 1)
      expect(codeFor(request(`Bearer wrong${i}`))).toBe('access.adminKeyWrong');
    expect(door.check(request(`Bearer ${key}`))).toMatchObject({
      code: 'access.tooManyWrongKeys',
      values: { seconds: WRONG_KEYS_WINDOW_MS / 1_000 },
    });
    expect(codeFor(request(`Bearer ${key}`, '10.0.0.8'))).toBe('let in');
    now += WRONG_KEYS_WINDOW_MS;
    expect(codeFor(request(`Bearer ${key}`))).toBe('let in');
    expect(codeFor(request('Bearer wrong'))).toBe('access.adminKeyWrong');
  });
});
