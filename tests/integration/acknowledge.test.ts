import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replaceAdminKey } from '@maplewall/server/access/admin-key.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { UrgentIncidents } from '@maplewall/shared/wire/urgent-incidents.ts';
import { fetchMinute } from '../support/segments.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

let test: TestGateway;
let adminKey = '';
let sourceKey = '';
/** The gateway's clock is behind ours until a test lets it catch up, so that its minute can be over. */
let behindMs = 600_000;
const now = (): number => Date.now() - behindMs;
beforeAll(async () => {
  test = await startTestGateway({ timeZone: 'UTC', clock: { now: () => epochMs(now()) } });
  adminKey = test.gateway.madeAdminKey ?? '';
  sourceKey = await test.addSource('our-110');
});
afterAll(() => test.stop());

const send = (path: string, body: unknown, key: string | undefined): Promise<Response> =>
  fetch(`${test.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body),
  });

async function happens(event: object): Promise<void> {
  const items = [{ key: JSON.stringify(event), at: now(), event }];
  const answer = await send('/api/ingest/events', { items }, sourceKey);
  expect(await answer.json()).toMatchObject({ taken: 1 });
}
const received = (incidentId: string): Promise<void> =>
  happens({
    kind: 'incident.received',
    incidentId,
    category: 'criminal',
    priority: 1,
    lng: 120.55,
    lat: 27.58,
    place: '沿江路',
  });
const acknowledge = (incidentId: string, by: unknown, key: string | undefined = adminKey) =>
  send(`/api/incidents/${encodeURIComponent(incidentId)}/acknowledge`, { by }, key);
const inWorld = (incidentId: string) => test.gateway.keeper.world.incidents.get(incidentId as IncidentId);

describe('an acknowledgement', () => {
  it('becomes a record of the supervisor, reaches the world, and is what history shows', async () => {
    await received('110-1 / 甲');
    const answer = await acknowledge('110-1 / 甲', '值班长 林');
    expect(answer.status).toBe(200);
    const said = (await answer.json()) as { acknowledgedAt: number };
    expect(said).toMatchObject({ incidentId: '110-1 / 甲', acknowledgedBy: '值班长 林' });
    expect(inWorld('110-1 / 甲')).toMatchObject({
      acknowledgedAt: said.acknowledgedAt,
      acknowledgedBy: '值班长 林',
    });
    behindMs = 0;
    const at = new Date(said.acknowledgedAt).toISOString();
    const minute = await waitUntil('history has the minute', () =>
      fetchMinute(test.url, at.slice(0, 10), at.slice(11, 16)),
    );
    const told = minute.events.find(({ event }) => event.kind === 'incident.acknowledged');
    expect(told).toMatchObject({ source: 'supervisor', mode: 'Actual' });
  });

  it('stands in the list of what is urgent, which ended incidents leave', async () => {
    await received('110-6');
    await received('110-7');
    await acknowledge('110-7', 'Lin');
    const urgent = async () => {
      const answer = await fetch(`${test.url}/api/incidents/urgent`);
      const { incidents } = (await answer.json()) as UrgentIncidents;
      return incidents
        .filter(({ incidentId }) => ['110-6', '110-7'].includes(incidentId))
        .map(({ incidentId, acknowledgedBy }) => [incidentId, acknowledgedBy]);
    };
    expect(await urgent()).toEqual([
      ['110-6', ''],
      ['110-7', 'Lin'],
    ]);
    await happens({ kind: 'incident.reprioritised', incidentId: '110-6', priority: 2 });
    await happens({ kind: 'incident.cancelled', incidentId: '110-7' });
    expect(await urgent()).toEqual([]);
  });

  it('of two that come at once is one, and both are told which', async () => {
    await received('110-2');
    const answers = await Promise.all([acknowledge('110-2', 'Lin'), acknowledge('110-2', 'Wu')]);
    const said = await Promise.all(answers.map((answer) => answer.json()));
    expect(said[1]).toEqual(said[0]);
    const seq = test.gateway.keeper.world.seq;
    expect(await (await acknowledge('110-2', 'Chen')).json()).toEqual(said[0]);
    expect(test.gateway.keeper.world.seq).toBe(seq);
  });

  it('of what is unknown or has ended is refused', async () => {
    expect((await acknowledge('110-9', 'Lin')).status).toBe(404);
    await received('110-3');
    await happens({ kind: 'incident.stage', incidentId: '110-3', stage: 'closed' });
    const answer = await acknowledge('110-3', 'Lin');
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'incident.ended' }]);
  });

  it('needs the admin key, and a name', async () => {
    await received('110-4');
    const refused = [
      await acknowledge('110-4', 'Lin', 'wrong'),
      await send('/api/incidents/110-4/acknowledge', { by: 'Lin' }, undefined),
      await acknowledge('110-4', 'Lin', sourceKey),
      await acknowledge('110-4', ''),
      await acknowledge('110-4', 'x'.repeat(41)),
      await acknowledge('110-4', 7),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 400, 400, 400]);
    expect(inWorld('110-4')?.acknowledgedAt).toBeUndefined();
  });
});

describe('the admin key', () => {
  it('is made once, and another one made beside the running gateway holds instead', async () => {
    expect(adminKey).toMatch(/^[\w-]{43}$/);
    await received('110-5');
    const next = await replaceAdminKey(`${test.dataDir}/admin.json`);
    // Asked with the old key: many wrong ones in a row would shut the door for a minute.
    await waitUntil(
      'the old key is worth nothing',
      async () => (await acknowledge('110-5', 'Lin')).status === 401,
    );
    expect((await acknowledge('110-5', 'Lin', next)).status).toBe(200);
    adminKey = next;
    test = await test.restart();
    expect(test.gateway.madeAdminKey).toBeUndefined();
    expect((await acknowledge('110-5', 'Lin')).status).toBe(200);
  });
});
