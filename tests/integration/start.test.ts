import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import * as msgpackParser from 'socket.io-msgpack-parser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makePack } from '@maplewall/server/city/make-pack.ts';
import { buildClient } from '@maplewall/server/cli/build-client.ts';
import { ensureDataDir } from '@maplewall/server/data-dir.ts';
import { readSettings, SETTINGS } from '@maplewall/server/settings.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import { startProcess, type StartedProcess } from '../support/start-process.ts';
import { waitUntil } from '../support/wait-until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START = ['server/cli/start.ts'];

let folder: string;
let city: string;
let counter = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-start-'));
  city = join(folder, 'city');
  await makeCity(city);
  await buildClient(root, () => undefined);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function makeCity(dir: string): Promise<void> {
  await makePack(
    {
      id: 'test-city',
      name: { zh: '测试市', en: 'Test city' },
      timeZone: 'Asia/Shanghai',
      coordinateSystem: 'WGS84',
      bounds: [120.38, 27.4, 120.8, 27.68],
      files: {},
    },
    dir,
  );
}

/** Settings of a gateway that starts; each has a folder of its own. */
function settings(given: Readonly<Record<string, string>> = {}): Record<string, string> {
  counter += 1;
  return {
    PORT: '0',
    MQTT: 'off',
    DEMO: 'off',
    CITY_DIR: city,
    DATA_DIR: join(folder, `data-${counter}`),
    ...given,
  };
}

/** Starts with these settings, and answers the sentence with which that fails. */
async function refusal(given: Readonly<Record<string, string>>): Promise<string> {
  const started = startProcess(START, settings(given));
  expect(await started.ended).toBe(1);
  const said = started.stderr().trim();
  // One line for a person: no stack, no name of a file of ours.
  expect(said).toMatch(/^[^\n]+\.$/);
  expect(said).not.toMatch(/node:|\bat .+:\d+|Error:|undefined/);
  return said;
}

async function running(given: Readonly<Record<string, string>> = {}) {
  const started = startProcess(START, settings(given));
  const address = await waitUntil(
    'the gateway says where it is',
    async () => {
      const code = await Promise.race([started.ended, Promise.resolve(undefined)]);
      if (code !== undefined) throw new Error(`it ended with ${code}: ${started.stderr()}`);
      return /http:\/\/\S+/.exec(started.stdout())?.[0];
    },
    180_000,
  );
  return { started, address };
}

async function end(started: StartedProcess): Promise<number | string> {
  started.kill('SIGTERM');
  return started.ended;
}

// Each of these is a process or two, and other tests have the machine at the same time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 600_000 });

describe('a start that cannot be', () => {
  it('names a port that is taken, of the wall and of the broker', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const DATA_DIR = join(folder, 'port-taken');
    const sentences = await Promise.all([
      refusal({ PORT: String(port), DATA_DIR }),
      refusal({ MQTT: 'on', MQTT_PORT: String(port) }),
    ]);
    taken.close();
    expect(sentences).toEqual([
      `Port ${port} is taken by another program; stop it or set PORT to a free port.`,
      `Port ${port} is taken by another program; stop it or set MQTT_PORT to a free port.`,
    ]);
    // The admin key is shown once; one that was made by a start that failed was not shown.
    const { started } = await running({ DATA_DIR });
    expect(started.stdout()).toMatch(/admin key, it is shown only once/);
    expect(await end(started)).toBe(0);
  });

  it('names a folder of data that cannot be written, with a city of its own and with the demo', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const sentence = (dir: string): string =>
      `The folder ${dir} cannot be written; set DATA_DIR to one that can.`;
    expect(await refusal({ DATA_DIR: file })).toBe(sentence(file));
    expect(await refusal({ DATA_DIR: file, CITY_DIR: '', DEMO: 'on' })).toBe(sentence(file));
    for (const dir of [join(file, 'below'), '/proc/maplewall', '/dev/null'])
      await expect(ensureDataDir(dir)).rejects.toThrow(sentence(dir));
    await ensureDataDir(join(folder, 'deep', 'deeper', 'deepest'));
  });

  it('names what lies in the folder of data and is none of ours, and leaves it as it is', async () => {
    const named = { 'log.db': 'no database', 'sources.json': '{"formatVersion": 2}', 'admin.json': '{}' };
    for (const [name, text] of Object.entries(named)) {
      const dir = join(folder, `damaged-${name}`);
      await mkdir(dir);
      await writeFile(join(dir, name), text);
      const sentence = await refusal({ DATA_DIR: dir });
      expect(sentence).toContain(`The file ${join(dir, name)} cannot be used: `);
      expect(sentence).toContain('set DATA_DIR to another folder');
      expect(await readFile(join(dir, name), 'utf8')).toBe(text);
    }
  });

  it('makes a damaged file of history anew, because the log has everything', async () => {
    const dir = join(folder, 'damaged-history');
    await mkdir(dir);
    await writeFile(join(dir, 'history.db'), 'no database '.repeat(1_000));
    const { started, address } = await running({ DATA_DIR: dir });
    expect((await fetch(`${address}/api/history/days`)).status).toBe(200);
    expect(await end(started)).toBe(0);
  });

  it('names file, feature and field of a broken city pack', async () => {
    const broken = join(folder, 'broken-city');
    await makeCity(broken);
    const pack = JSON.parse(await readFile(join(broken, 'city.json'), 'utf8')) as Record<string, unknown>;
    const road = { type: 'Feature', properties: { class: 'road', name: '', nameEn: '' }, geometry: null };
    await writeFile(join(broken, 'roads.geojson'), JSON.stringify({ features: [road, null] }));
    const features = await refusal({ CITY_DIR: broken });
    expect(features).toContain('roads.geojson, features.0.geometry: must be LineString or MultiLineString');
    expect(features).toContain('roads.geojson, features.1: ');
    // One sentence.
    expect(features).toMatch(
      /^The city pack in \S+ cannot be used \(.+\); correct it, or set CITY_DIR to another folder\.$/,
    );
    await writeFile(join(broken, 'city.json'), JSON.stringify({ ...pack, timeZone: 'Mars/Olympus' }));
    expect(await refusal({ CITY_DIR: broken })).toContain('city.json, timeZone: Mars/Olympus');
    await writeFile(join(broken, 'city.json'), JSON.stringify({ ...pack, bounds: undefined }));
    expect(await refusal({ CITY_DIR: broken })).toContain('city.json, bounds: it is missing');
    expect(await refusal({ CITY_DIR: join(folder, 'nowhere') })).toContain('lacks the file city.json');
  });

  it('names an address that this machine does not have', async () => {
    for (const HOST of ['192.0.2.1', 'no-such-host.invalid'])
      expect(await refusal({ HOST })).toContain('The address in HOST is none of this machine');
  });

  it('names a second gateway on the same folder of data', async () => {
    const dir = join(folder, 'shared-data');
    const { started } = await running({ DATA_DIR: dir });
    expect(await refusal({ DATA_DIR: dir })).toBe(
      `Another gateway uses the folder ${dir}; stop it or set DATA_DIR to another folder.`,
    );
    started.kill('SIGKILL');
    await started.ended;
    // What was killed holds nothing back.
    const again = await running({ DATA_DIR: dir });
    expect(await end(again.started)).toBe(0);
  });
});

describe('wrong settings', () => {
  const wrong: Readonly<Record<string, readonly string[]>> = {
    PORT: ['', '-1', '65536', '8e3', '80 80', 'http'],
    HOST: ['', ' '],
    DATA_DIR: ['', '  '],
    DEMO: ['', 'yes', 'ON'],
    DEMO_SEED: ['', '-1', '1.5', 'one', '1000000000'],
    DEMO_SPEED: ['0', '601', 'fast'],
    DEMO_DAYS: ['0', '367', '-3'],
    KEEP_POSITIONS_DAYS: ['', '0', '2', '36501', '3.5', 'never'],
    KEEP_SEGMENTS_DAYS: ['', '2', '30', 'never'],
    THIN_POSITIONS_AFTER_DAYS: ['', '2', 'never'],
    THIN_POSITIONS_TO_SECONDS: ['', '1', '61', 'always'],
    REPORT_AT: ['24:00', '7:00', 'morning', '07:60'],
    REPORT_LANG: ['', 'de', 'zh'],
    MQTT: ['true', '1'],
    MQTT_PORT: ['65536', 'mqtt'],
    MQTT_URL: ['localhost', 'http://localhost', 'mqtt://', 'mqtt:localhost:1883', 'mqtt://a b'],
    LOG: ['loud', 'silent', 'trace'],
    VIEWERS: ['', 'anyone', 'on'],
  };

  it.each(Object.entries(wrong))('%s: each wrong value is named in a sentence', (env, values) => {
    for (const value of values) {
      const read = readSettings({ [env]: value });
      expect(read.ok ? value : read.sentence).toMatch(/ cannot be used: it must [^\n]+\.$/);
      expect(read.ok ? value : read.sentence.startsWith(`${env}=${value} `)).toBe(true);
    }
  });

  it('end the start', async () => {
    for (const [env, value] of [
      ['PORT', '65536'],
      ['MQTT_URL', 'localhost'],
    ] as const)
      expect(await refusal({ [env]: value })).toContain(`${env}=${value} cannot be used: it must be `);
  });

  it('are tried here for each setting but those that take any', () => {
    const all = Object.values(SETTINGS).map(({ env }) => env);
    expect([...Object.keys(wrong), 'CITY_DIR', 'REPORT_DIR'].toSorted()).toEqual(all.toSorted());
  });

  it('--help lists each setting with its default and what it is', async () => {
    const help = startProcess([...START, '--help'], {});
    expect(await help.ended).toBe(0);
    expect(help.stderr()).toBe('');
    const lines = help
      .stdout()
      .split('\n')
      .map((line) => line.trim().replaceAll(/ +/g, ' '));
    for (const { env, fallback, what } of Object.values(SETTINGS))
      expect(lines).toContain([env, fallback, what].filter(Boolean).join(' '));
  });
});

describe('a word behind the command', () => {
  it('that is not known is named, and nothing is started', async () => {
    const mistyped = startProcess([...START, '--hlep'], settings());
    expect(await mistyped.ended).toBe(1);
    expect(mistyped.stderr()).toContain('--hlep is not known here');
    expect(mistyped.stdout()).toBe('');
  });
});

describe('an end', () => {
  it('comes within seconds at SIGTERM, with 0 and nothing to complain of, while a viewer is connected', async () => {
    const { started, address } = await running();
    const viewer = io(address, { parser: msgpackParser, transports: ['websocket'], reconnection: false });
    const framed = new Promise((resolve) => viewer.once('frame', resolve));
    viewer.on('connect', () => viewer.emit('hello', { wireVersion: WIRE_VERSION }));
    await framed;
    const asked = fetch(`${address}/api/health`).then((answer) => answer.json());
    expect(await asked).toMatchObject({ viewers: 1 });
    const gone = new Promise((resolve) => viewer.once('disconnect', resolve));
    const began = performance.now();
    expect(await end(started)).toBe(0);
    expect(performance.now() - began).toBeLessThan(8_000);
    await gone;
    viewer.close();
    expect(started.stderr()).toBe('');
  });

  it('comes at SIGINT too, and leaves no half-written file', async () => {
    const DATA_DIR = join(folder, 'interrupted');
    const { started } = await running({ DATA_DIR });
    started.kill('SIGINT');
    expect(await started.ended).toBe(0);
    const left = await readdir(DATA_DIR, { recursive: true });
    expect(left.filter((name) => /\.new$|\.writable/.test(name))).toEqual([]);
  });
});
