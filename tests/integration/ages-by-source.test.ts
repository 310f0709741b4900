import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeOneStreetCity, oneStreetAt } from '../support/one-street.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Long past the usual 90 s. Floored: a fix is kept to the second. */
const SEEN_AT = Math.floor(Date.now() / 1_000 - 200) * 1_000;
const MINUTE_MS = 60_000;

let folder: string;
let test: TestGateway;
const keys = new Map<string, string>();

const checkIn = (responderId: string) => ({
  key: `in ${responderId}`,
  at: SEEN_AT - 10 * MINUTE_MS,
  event: { kind: 'responder.checkedIn', responderId, responderKind: 'sentry', callSign: responderId },
});
async function seen(source: string, responderId: string, fixAt: number): Promise<void> {
  const [lng, lat] = oneStreetAt(10, 0);
  const answer = await fetch(`${test.url}/api/ingest/positions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${keys.get(source) ?? ''}` },
    body: JSON.stringify({ fixes: [{ responderId, fixAt, lng, lat }] }),
  });
  expect(await answer.json()).toMatchObject({ taken: 1 });
}
/** Undefined: the reach is told. */
async function faultOf(responderId: string, t?: number): Promise<string | undefined> {
  const past = t === undefined ? '' : `&t=${new Date(t).toISOString()}`;
  const answer = await fetch(`${test.url}/api/reach?responder=${responderId}&seconds=30${past}`);
  const body = (await answer.json()) as { code?: string; type?: string };
  expect(body.code ?? body.type).toMatch(/^FeatureCollection$|^responder\.|^history\./);
  return body.code;
}
const STALE = 'responder.notFresh';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-ages-'));
  const ageing = { sources: [{ source: 'tags', staleAfterSeconds: 900, ghostAfterSeconds: 3_600 }] };
  const cityDir = await makeOneStreetCity(folder);
  const file = join(cityDir, 'city.json');
  const city = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...city, ageing }));
  test = await startTestGateway({ cityDir });
  for (const source of ['roster', 'tags', 'app']) keys.set(source, await test.addSource(source));
  await postEvents(test.url, keys.get('roster') ?? '', ['S1', 'S2', 'S3', 'S4'].map(checkIn));
  await waitUntil('the streets are joined', async () => (await fetch(`${test.url}/api/coverage`)).ok);
});
afterAll(async () => {
  await test.stop();
  await rm(folder, { recursive: true, force: true });
});

it('a fix is believed for as long as its source says, until another one goes on, and after a restart', async () => {
  await seen('tags', 'S1', SEEN_AT);
  await seen('app', 'S2', SEEN_AT);
  await waitUntil('the fixes are in the world', async () => (await faultOf('S2')) === STALE);
  expect(await faultOf('S1')).toBeUndefined();

  test = await test.restart();
  await waitUntil('the streets are joined', async () => (await fetch(`${test.url}/api/coverage`)).ok);
  expect([await faultOf('S1'), await faultOf('S2')]).toEqual([undefined, STALE]);

  // The tag is given back, and the app goes on: what it says is old by its own limits.
  await seen('app', 'S1', SEEN_AT + 1_000);
  await waitUntil('what the app says counts', async () => (await faultOf('S1')) === STALE);
});

it('the past believes a fix as long as its source says, too', async () => {
  const through = { kind: 'responder.reportsThrough', responderId: 'S3', source: 'tags' };
  await postEvents(test.url, keys.get('tags') ?? '', [
    { key: 'S3', at: SEEN_AT - MINUTE_MS, event: through },
  ]);
  await seen('tags', 'S3', SEEN_AT);
  await seen('app', 'S4', SEEN_AT);
  const later = SEEN_AT + 100_000;
  await waitUntil('history has taken the fix', async () => (await faultOf('S4', later)) === STALE);
  expect(await faultOf('S3', later)).toBeUndefined();
});
