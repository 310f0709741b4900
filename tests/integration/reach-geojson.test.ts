import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CoverageCourse } from '@maplewall/shared/wire/coverage.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { geoJsonFaults } from '../support/geo-json-faults.ts';
import { makeOneStreetCity, oneStreetAt } from '../support/one-street.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const SINCE = Date.now() - 600_000;
/** Round the city, as far as a car comes in five minutes. */
const BOUNDS = [120.45, 27.45, 120.65, 27.65] as const;

let folder: string;
let test: TestGateway;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-geojson-'));
  test = await startTestGateway({ cityDir: await makeOneStreetCity(folder, {}, true) });
  const key = await test.addSource('duty');
  await postEvents(test.url, key, [
    {
      key: 'in',
      at: SINCE,
      event: {
        kind: 'responder.checkedIn',
        responderId: 'S1',
        responderKind: 'sentry',
        callSign: 'S1',
        postId: 'GATE',
      },
    },
  ]);
  await waitUntil('the post is held', async () => {
    const answer = await fetch(`${test.url}/api/coverage`);
    return answer.ok && ((await answer.json()) as { readonly posts: number }).posts === 1;
  });
});
afterAll(async () => {
  await test.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('GeoJSON of reach and coverage', () => {
  const here = oneStreetAt(10, 0).join(',');
  it.each([
    [`reach?at=${here}&seconds=30&mode=run`, 3],
    // The whole island, whose streets run round a hole.
    [`reach?at=${oneStreetAt(2, 42).join(',')}&seconds=300&mode=car`, 3],
    ['reach?post=GATE', 3],
    [`reach?post=GATE&to=${here}`, 1],
    ['reach/posts', 2],
    [`reach/arrivals?at=${here}`, 1],
    ['coverage', 0],
    ['coverage?area=P&by=grid', 2],
    ['coverage?area=WEST&by=grid', 1],
    ['coverage?by=community', 1],
    ['coverage/gaps?seconds=30', 18],
    ['coverage/advice?k=3&seconds=180', 1],
  ])('%s is as RFC 7946 wants it', async (path, features) => {
    const answer = await fetch(`${test.url}/api/${path}`);
    expect(answer.headers.get('content-type')).toBe('application/geo+json; charset=utf-8');
    const body = (await answer.json()) as { readonly features: readonly object[] };
    expect(geoJsonFaults(body, BOUNDS)).toEqual([]);
    expect(body.features.length).toBe(features);
  });

  it('is described for programs, with every word of its questions', async () => {
    const { paths } = (await (await fetch(`${test.url}/docs/json`)).json()) as {
      readonly paths: Readonly<Record<string, Record<'get', Described>>>;
    };
    const wordsOf = (path: string): readonly string[] =>
      (paths[path]?.get.parameters ?? []).map(({ name, description }) => {
        expect(description, `${path} ${name}`).toBeTruthy();
        return name;
      });
    expect(wordsOf('/api/reach')).toEqual(['at', 'responder', 'post', 'to', 'seconds', 'mode', 't']);
    expect(wordsOf('/api/coverage')).toEqual(['area', 't', 'by', 'post', 'to']);
    expect(wordsOf('/api/coverage/advice')).toEqual(['k', 't', 'seconds', 'mode', 'weight']);
  });
});

describe('GET /api/coverage/course', () => {
  it('tells of a community and of a grid by the minute as well', async () => {
    const minute = Math.floor(SINCE / 60_000) * 60_000 + 120_000;
    const day = new Date(minute + 8 * 3_600_000).toISOString().slice(0, 10);
    const blocksOf = (area: string) =>
      waitUntil(`the course of ${area} is worked out`, async () => {
        const answer = await fetch(`${test.url}/api/coverage/course?day=${day}&area=${area}`);
        return ((await answer.json()) as CoverageCourse).minutes.find(({ at }) => at === minute)?.blocks;
      });
    // The post reaches 2, 4, 11 and 18 of the 20 buildings from the west; each grid has half of them.
    expect(await blocksOf('C')).toEqual([2 / 20, 4 / 20, 11 / 20, 18 / 20]);
    expect(await blocksOf('WEST')).toEqual([2 / 10, 4 / 10, 1, 1]);
    expect(await blocksOf('EAST')).toEqual([0, 0, 1 / 10, 8 / 10]);
    expect((await fetch(`${test.url}/api/coverage/course?day=${day}&area=nowhere`)).status).toBe(404);
  });
});

interface Described {
  readonly parameters: readonly { readonly name: string; readonly description?: string }[];
}
