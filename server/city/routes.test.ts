import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACK_FILES, type City } from '@maplewall/shared/domain/city.ts';
import { makeApp } from '../http/app.ts';
import { makePack } from './make-pack.ts';
import { readPack } from './read-pack.ts';
import { cityRoutes } from './routes.ts';

let folder: string;
let app: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-city-'));
  await makePack(
    {
      id: 'test-city',
      name: { zh: '测试市', en: 'Test city' },
      timeZone: 'Asia/Shanghai',
      coordinateSystem: 'WGS84',
      bounds: [120.4, 27.4, 120.8, 27.7],
      files: {},
    },
    folder,
  );
  const read = await readPack(folder);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  app = await makeApp({
    logger: pino({ level: 'silent' }),
    clientDir: join(folder, 'none'),
    version: 'test',
    refusalOf: () => undefined,
  });
  cityRoutes(app, { pack: read.pack });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});
const get = (path: string, headers: Record<string, string> = {}) => app.inject({ url: path, headers });

describe('GET /api/city', () => {
  it('gives the city and each file of the pack, in the coding that is wanted and in no other', async () => {
    const plain = await get('/api/city');
    expect(plain.json<City>()).toMatchObject({ id: 'test-city', bounds: [120.4, 27.4, 120.8, 27.7] });
    for (const [accepted, coding, unpack] of [
      ['br, gzip', 'br', brotliDecompressSync],
      ['gzip, deflate', 'gzip', gunzipSync],
      ['GZIP;q=0.5', 'gzip', gunzipSync],
      ['br;q=0, gzip', 'gzip', gunzipSync],
    ] as const) {
      const packed = await get('/api/city', { 'accept-encoding': accepted });
      expect([accepted, packed.headers['content-encoding']]).toEqual([accepted, coding]);
      expect(unpack(packed.rawPayload).toString()).toBe(plain.body);
      expect(packed.headers['vary']).toContain('accept-encoding');
    }
    for (const accepted of ['', 'identity', 'br;q=0.0, gzip;q=0', 'brotli', 'x-gzip'])
      expect(
        (await get('/api/city', { 'accept-encoding': accepted })).headers['content-encoding'],
      ).toBeUndefined();
    for (const file of PACK_FILES) {
      const answer = await get(`/api/city/${file}`);
      expect(answer.json()).toMatchObject({ type: 'FeatureCollection' });
      expect(answer.headers['content-type']).toContain('application/geo+json');
    }
  });

  it('answers 304 to whoever holds it, and names what there is not', async () => {
    const { etag } = (await get('/api/city/roads')).headers;
    const again = await get('/api/city/roads', { 'if-none-match': `"x", W/${String(etag)}` });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('/api/city/roads', { 'if-none-match': '"x"' })).statusCode).toBe(200);
    const wrong = await get('/api/city/rivers');
    expect([wrong.statusCode, wrong.json()]).toMatchObject([
      400,
      { code: 'request.invalid', field: 'params.file' },
    ]);
  });
});
