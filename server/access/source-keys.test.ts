import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSourceKeys, type SourceKeys } from './source-keys.ts';

let folder = '';
let file = '';
let keys: SourceKeys;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-keys-'));
  file = join(folder, 'sources.json');
  keys = await openSourceKeys({ file });
});
afterEach(async () => {
  keys.close();
  await rm(folder, { recursive: true, force: true });
});

const phones = { source: 'phones', mode: 'Actual', autoCheckIn: true } as const;
const pixel = { source: 'phones', user: 'lin', device: 'pixel.7', responderId: 'v1' } as const;

describe('keys of sources', () => {
  it('are long, and only their hashes are kept, in a file that its owner alone may read', async () => {
    const key = await keys.replace(phones);
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(keys.check(key)).toEqual({ id: 'phones', mode: 'Actual', autoCheckIn: true });
    expect(await readFile(file, 'utf8')).not.toContain(key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['sources.json']);
  });

  it('are replaced and revoked', async () => {
    const old = await keys.replace(phones);
    const key = await keys.replace({ ...phones, autoCheckIn: false });
    expect([keys.check(old), keys.check(key)?.autoCheckIn]).toEqual([undefined, false]);
    expect(keys.sources()).toHaveLength(1);
    await keys.replaceDevice(pixel);
    expect([await keys.revoke('phones'), await keys.revoke('phones')]).toEqual([true, false]);
    expect([keys.check(key), keys.sources(), keys.devices()]).toEqual([undefined, [], []]);
  });

  it.each(['', 'x', '\ud800', '0'.repeat(10_000)])('no other text is one (%#)', async (text) => {
    await keys.replace(phones);
    expect(keys.check(text)).toBeUndefined();
  });

  it('are kept whole when many are changed at a time', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => keys.replace({ ...phones, source: `s${index}` })),
    );
    const again = await openSourceKeys({ file });
    expect(made.map((key) => again.check(key)?.id)).toEqual(made.map((_, index) => `s${index}`));
    again.close();
  });

  it('that another process changes are seen', async () => {
    const other = await openSourceKeys({ file });
    const key = await other.replace(phones);
    await vi.waitFor(() => expect(keys.check(key)?.id).toBe('phones'), { timeout: 20_000 });
    other.close();
  });

  it('in a file that is not one of ours are an error, and nothing is written over it', async () => {
    for (const text of ['', '{}', '{"formatVersion":1,"sources":[{}],"devices":[]}']) {
      await writeFile(file, text);
      await expect(openSourceKeys({ file })).rejects.toThrow('is not a file of source keys');
      await expect(keys.replace(phones)).rejects.toThrow('is not a file of source keys');
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });

  it.each([
    ['{"formatVersion":', 'it is not JSON'],
    ['[]', 'must be object'],
    ['{"formatVersion":1,"devices":[]}', 'sources: it is missing'],
  ])('in a file that is not one of ours are told why it is none: %s', async (text, why) => {
    await writeFile(file, text);
    await expect(openSourceKeys({ file })).rejects.toThrow(`${file} is not a file of source keys: ${why}`);
  });
});

describe('devices', () => {
  it('have a password of their own, which names the device', async () => {
    await keys.replace(phones);
    const first = await keys.replaceDevice(pixel);
    const second = await keys.replaceDevice({
      ...pixel,
      device: 'pad',
      responderId: 'v2',
      callSign: '龙志协 2',
    });
    const passwords = [first, second].map((made) => (made.ok ? made.value : ''));
    expect(passwords[0]).toMatch(/^[0-9a-z]{24}$/);
    expect(passwords.map((password) => keys.checkPassword('lin', password)?.device)).toEqual([
      'pixel.7',
      'pad',
    ]);
    expect(keys.checkPassword('chen', passwords[0] ?? '')).toBeUndefined();
    expect(keys.device('lin', 'pixel.7')?.callSign).toBe('pixel.7');
    expect(keys.deviceOf('phones' as never, 'pad')?.responderId).toBe('v2');
    await keys.replaceDevice({ source: 'phones', user: 'wu', device: 'old' });
    expect(keys.device('wu', 'old')?.responderId).toBe('wu/old');
    expect(keys.devices()).toHaveLength(3);
    expect(await keys.revokeDevice('lin', 'pad')).toBe(true);
    expect([await keys.revokeDevice('lin', 'pad'), keys.device('lin', 'pad')]).toEqual([false, undefined]);
  });

  it('need a source, and names that fit into an MQTT topic', async () => {
    expect(await keys.replaceDevice(pixel)).toMatchObject({ ok: false, fault: { field: 'source' } });
    await keys.replace(phones);
    expect(await keys.replaceDevice({ ...pixel, user: 'a/b' })).toMatchObject({ fault: { field: 'user' } });
    expect(await keys.replaceDevice({ ...pixel, device: '#' })).toMatchObject({ fault: { field: 'device' } });
  });
});
