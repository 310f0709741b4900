import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BriefingContent } from '@maplewall/shared/domain/saved-briefing.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type {
  BriefingList,
  BriefingVersions,
  SavedBriefing,
} from '@maplewall/shared/wire/saved-briefings.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';

/** What a proxy adds; with it a request from this machine counts as one from elsewhere. */
const ELSEWHERE = { 'x-forwarded-for': '203.0.113.9' };
let server: TestGateway;
let adminKey = '';
beforeAll(async () => {
  server = await startTestGateway({ env: { HOST: '0.0.0.0' } });
  adminKey = server.gateway.madeAdminKey ?? '';
});
afterAll(() => server.stop());

const asAdmin = (): Record<string, string> => ({ authorization: `Bearer ${adminKey}` });
const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, { headers });
const send = (method: string, path: string, body: unknown, headers = asAdmin()): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const scene = (note = ''): BriefingContent['scenes'][number] => ({
  at: epochMs(1_795_000_000_000),
  bounds: { west: 120.4, south: 27.4, east: 120.6, north: 27.6 },
  layers: ['responders', 'incidents'],
  speed: 1,
  seconds: 10,
  note,
  marks: [],
});
const briefing = (title: string, notes: readonly string[]): BriefingContent => ({
  title,
  scenes: notes.map(scene),
});
async function made(content: BriefingContent): Promise<SavedBriefing> {
  const answer = await send('POST', '/api/briefings', content);
  expect(answer.status).toBe(201);
  return (await answer.json()) as SavedBriefing;
}

describe('briefings over HTTP', () => {
  it('are read by whoever may look, and changed by the administrator alone', async () => {
    const { id } = await made(briefing('早会', ['一']));
    expect((await ask('/api/briefings', ELSEWHERE)).status).toBe(401);
    expect((await ask(`/api/briefings/${id}`, ELSEWHERE)).status).toBe(401);
    expect(await (await ask(`/api/briefings/${id}`)).json()).toMatchObject({ title: '早会', version: 1 });
    for (const [method, path] of [
      ['POST', '/api/briefings'],
      ['PUT', `/api/briefings/${id}`],
      ['DELETE', `/api/briefings/${id}?basedOn=1`],
    ] as const)
      expect((await send(method, path, method === 'DELETE' ? undefined : {}, {})).status).toBe(401);
  });

  it('are saved one version after the other, and whoever is too late is told so', async () => {
    const { id } = await made(briefing('早会', ['一']));
    const save = (basedOn: number, title: string): Promise<Response> =>
      send('PUT', `/api/briefings/${id}`, { ...briefing(title, ['二']), basedOn });
    const answers = await Promise.all([save(1, '甲'), save(1, '乙')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(await refused?.json()).toMatchObject({
      code: 'briefing.changed',
      sentence: { en: 'Somebody else saved version 2; yours is based on version 1 and was not saved.' },
    });
    const { versions } = (await (await ask(`/api/briefings/${id}/versions`)).json()) as BriefingVersions;
    expect(versions.map(({ version, basedOn }) => [version, basedOn])).toEqual([
      [2, 1],
      [1, 0],
    ]);
    expect(await (await ask(`/api/briefings/${id}?version=1`)).json()).toMatchObject({
      newest: 2,
      title: '早会',
    });
  });

  it('are off the list when they are deleted, and on it again when they are saved again', async () => {
    const { id } = await made(briefing('夜会', ['一']));
    const listed = async (query = ''): Promise<boolean> => {
      const { briefings } = (await (await ask(`/api/briefings${query}`)).json()) as BriefingList;
      return briefings.some((each) => each.id === id);
    };
    expect((await send('DELETE', `/api/briefings/${id}?basedOn=1`, undefined)).status).toBe(200);
    expect([await listed(), await listed('?deleted=true')]).toEqual([false, true]);
    expect((await ask(`/api/briefings/${id}`)).status).toBe(410);
    const last = (await (await ask(`/api/briefings/${id}?version=2`)).json()) as SavedBriefing;
    const { title, scenes } = last;
    expect((await send('PUT', `/api/briefings/${id}`, { title, scenes, basedOn: last.version })).status).toBe(
      200,
    );
    expect(await listed()).toBe(true);
  });

  it('have at most a hundred scenes, notes of 2,000 characters, and a megabyte', async () => {
    const refusal = async (body: unknown): Promise<unknown> => {
      const answer = await send('POST', '/api/briefings', body);
      const { code, field } = (await answer.json()) as { readonly code: string; readonly field: string };
      return [answer.status, code, field];
    };
    expect(await refusal(briefing('', []))).toEqual([400, 'request.invalid', 'body.title']);
    expect(
      await refusal(
        briefing(
          '早会',
          Array.from({ length: 101 }, () => ''),
        ),
      ),
    ).toEqual([400, 'request.invalid', 'body.scenes']);
    expect(await refusal(briefing('早会', ['注'.repeat(2_001)]))).toEqual([
      400,
      'request.invalid',
      'body.scenes.0.note',
    ]);
    expect(await refusal({ ...briefing('早会', []), extra: 1 })).toEqual([
      400,
      'request.invalid',
      'body.extra',
    ]);
    expect(await refusal({ title: 'x'.repeat(1_100_000), scenes: [] })).toEqual([
      413,
      'request.tooLarge',
      '',
    ]);
    await made(
      briefing(
        '早会',
        Array.from({ length: 100 }, () => '注'.repeat(2_000)),
      ),
    );
  });

  it('stand on the page of the interface', async () => {
    const { paths } = (await (await ask('/docs/json')).json()) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };
    expect(Object.keys(paths['/api/briefings/{id}'] ?? {}).toSorted()).toEqual(['delete', 'get', 'put']);
    expect(Object.keys(paths['/api/briefings'] ?? {}).toSorted()).toEqual(['get', 'post']);
    expect(Object.keys(paths['/api/briefings/{id}/versions'] ?? {})).toEqual(['get']);
  });
});
