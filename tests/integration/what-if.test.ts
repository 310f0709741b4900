import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CoverageCourse } from '@maplewall/shared/wire/coverage.ts';
import type { Shapes } from '@maplewall/shared/wire/reach.ts';
import type { DayTruth } from '@maplewall/shared/wire/truth.ts';
import type { WhatIfAnswer } from '@maplewall/shared/wire/what-if.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOneStreetCity, oneStreetAt, receivedAtStreet } from '../support/one-street.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const MINUTE_MS = 60_000;
/** Two hours ago, on a full minute: what came in less than half an hour ago is not counted. */
const BEGAN = Math.floor((Date.now() - 120 * MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
const INCIDENTS = 14;

let folder: string;
let test: TestGateway;

/**
 * One incident every three minutes at 500 m of the street. Three volunteers stand at 400, 450 and 700 m: the first is asked after 5 s, and takes
 * the order after ten more in every second case; when he does, he is there as soon as the streets say.
 */
const responders = [
  ['V1', 8],
  ['V2', 9],
  ['V3', 14],
] as const;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-what-if-'));
  test = await startTestGateway({ cityDir: await makeOneStreetCity(folder) });
  const key = await test.addSource('duty');
  await postEvents(
    test.url,
    key,
    responders.map(([responderId]) => ({
      key: `in ${responderId}`,
      at: BEGAN - 10 * MINUTE_MS,
      event: { kind: 'responder.checkedIn', responderId, responderKind: 'volunteer', callSign: responderId },
    })),
  );
  const fixes = responders.flatMap(([responderId, east]) =>
    Array.from({ length: INCIDENTS }, (_, index) => {
      const [lng, lat] = oneStreetAt(east, 0);
      return { responderId, fixAt: BEGAN + index * 3 * MINUTE_MS - 2_000, lng, lat };
    }),
  );
  const answer = await fetch(`${test.url}/api/ingest/positions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ key: 'fixes', fixes }),
  });
  if (!answer.ok) throw new Error(`the fixes were refused: ${await answer.text()}`);
  await postEvents(test.url, key, Array.from({ length: INCIDENTS }, (_, index) => incidentAt(index)).flat());
  await waitUntil('the streets are joined', async () => (await fetch(`${test.url}/api/coverage`)).ok);
});
afterAll(async () => {
  await test.stop();
  await rm(folder, { recursive: true, force: true });
});

function incidentAt(index: number): readonly { key: string; at: number; event: object }[] {
  const at = BEGAN + index * 3 * MINUTE_MS;
  const incidentId = `I${index}`;
  const told = (seconds: number, event: { readonly kind: string; readonly [field: string]: unknown }) => ({
    key: `${incidentId} ${seconds} ${event.kind}`,
    at: at + seconds * 1_000,
    event,
  });
  const order = (orderId: string, responderId: string, offered: number) =>
    told(offered, { kind: 'order.offered', orderId, incidentId, responderId });
  const stage = (orderId: string, seconds: number, name: string) =>
    told(seconds, { kind: 'order.stage', orderId, stage: name });
  const first = `${incidentId}-1`;
  const second = `${incidentId}-2`;
  return [
    told(0, receivedAtStreet(incidentId, oneStreetAt(10, 0))),
    order(first, 'V1', 5),
    ...(index % 2 === 0
      ? [stage(first, 15, 'accepted'), stage(first, 65, 'onScene'), stage(first, 100, 'done')]
      : [
          stage(first, 15, 'declined'),
          order(second, 'V2', 45),
          stage(second, 55, 'accepted'),
          stage(second, 80, 'onScene'),
          stage(second, 100, 'done'),
        ]),
    told(110, { kind: 'incident.stage', incidentId, stage: 'closed' }),
  ];
}

const moment = (at: number): string => encodeURIComponent(new Date(at).toISOString());
const address = (policy: string, from = BEGAN - MINUTE_MS, to = BEGAN + 60 * MINUTE_MS): string =>
  `${test.url}/api/what-if?from=${moment(from)}&to=${moment(to)}${policy}`;
const whatIf = (policy: string): Promise<WhatIfAnswer> =>
  waitUntil('all incidents are looked at', async () => {
    const answer = await fetch(address(policy));
    const found = (await answer.json()) as WhatIfAnswer;
    return answer.ok && found.waiting === 0 && found;
  });

describe('GET /api/what-if', () => {
  it('wins nothing with what was done, and says how that compares with what happened', async () => {
    const { incidents, usualOffers, calibration, meanWonSeconds, conduct, ...rest } = await whatIf('');
    expect(incidents.length).toBe(INCIDENTS);
    expect(meanWonSeconds.value).toBe(0);
    expect(rest).toMatchObject({ computed: true, withoutOffers: 0, unplaced: 0 });
    expect(rest.alertsBefore).toBe(INCIDENTS * 1.5);
    expect(usualOffers).toBe(1.5);
    expect(calibration).toMatchObject({ incidents: INCIDENTS, medianActualSeconds: 72.5 });
    // 14 of the 21 who were asked accepted, all of them ten seconds later.
    expect(conduct).toMatchObject([
      { mode: 'walk', offers: 21, medianAcceptSeconds: 10, comes: 1, trips: 14 },
    ]);
    expect(conduct[0]?.acceptedShare).toBeCloseTo(14 / 21, 5);
  });

  it('tells what more offers, a substitute and one post more would have won, and what they would have cost', async () => {
    const [two, three, substitute, post] = [
      await whatIf('&offers=2'),
      await whatIf('&offers=3'),
      await whatIf('&offers=1&substitute=20'),
      await whatIf(`&post=${oneStreetAt(10.2, 0).join(',')}`),
    ];
    expect(two.alertsAfter).toBe(INCIDENTS * 2);
    expect(two.meanWonSeconds.value).toBeGreaterThan(0);
    expect(three.alertsAfter).toBe(INCIDENTS * 3);
    expect(three.meanWonSeconds.value).toBeGreaterThan(two.meanWonSeconds.value);
    expect(substitute.alertsAfter).toBeGreaterThan(INCIDENTS);
    expect(substitute.alertsAfter).toBeLessThan(INCIDENTS * 3);
    // Ten metres away, and every second one of those asked comes at once.
    expect(post.extraAlerts.value).toBe(1);
    const [half] = post.within;
    expect(half?.after.value).toBeGreaterThan(0.5);
    expect(half?.before.value).toBe(0);
    expect(half?.actual).toBe(0);
    expect((await whatIf('&offers=2')).meanWonSeconds).toEqual(two.meanWonSeconds);
  });

  it.each([
    ['a range that ends before it begins', () => address('', BEGAN, BEGAN), 'range.invalid', 'to'],
    [
      'a range of more than a day',
      () => address('', BEGAN - 25 * 60 * MINUTE_MS, BEGAN),
      'range.invalid',
      'to',
    ],
    ['a post out of town', () => address('&post=10,10'), 'ingest.position.outOfBounds', 'post'],
    ['nobody asked', () => address('&offers=0'), 'request.invalid', 'offers'],
    [
      'a moment that is none',
      () => `${test.url}/api/what-if?from=yesterday&to=${moment(BEGAN)}`,
      'ingest.time.unreadable',
      'from',
    ],
    [
      'a time before anybody was asked',
      () => address('', BEGAN - 120 * MINUTE_MS, BEGAN - 60 * MINUTE_MS),
      'whatIf.tooFewOffers',
      '',
    ],
  ])('refuses %s', async (_, url, code, field) => {
    const answer = await fetch(url());
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.json()).toMatchObject({ code, field: expect.stringContaining(field) as string });
  });
});

describe('a past second', () => {
  const then = BEGAN - 1_000;
  const ask = async (path: string): Promise<Shapes<object, Readonly<Record<string, unknown>>>> =>
    (await (await fetch(`${test.url}/api/${path}&t=${moment(then)}`)).json()) as Shapes<
      object,
      Readonly<Record<string, unknown>>
    >;

  it('tells by name who could have been there first', async () => {
    const { features } = await ask(`reach/arrivals?at=${oneStreetAt(10, 0).join(',')}`);
    expect(features.map(({ properties }) => [properties['responderId'], properties['callSign']])).toEqual([
      ['V2', 'V2'],
      ['V1', 'V1'],
      ['V3', 'V3'],
    ]);
    expect(features.some(({ properties }) => 'key' in properties)).toBe(false);
  });

  it('tells what one of them reached, and of whom nothing is known', async () => {
    // 25 s less half a second for the age of the fix, at 2 m/s to either side.
    const reached = await ask('reach?responder=V3');
    expect(reached).toMatchObject({ callSign: 'V3', state: 'available', fixAgeSeconds: 1, waySeconds: 24.5 });
    expect(reached.features[0]?.properties).toMatchObject({ what: 'streets', metres: 98 });
    expect(await ask('reach?responder=V4')).toMatchObject({ code: 'responder.unknown', field: 'responder' });
  });

  it('tells the way of one of them to any place, however far, and the seconds', async () => {
    const wayTo = (east: number) => ask(`reach?responder=V3&to=${oneStreetAt(east, 0).join(',')}`);
    // From 700 m to 1000 m at 2 m/s, with 5 s to accept and half a second for the age of the fix.
    const far = await wayTo(20);
    expect(far).toMatchObject({ callSign: 'V3', mode: 'walk', acceptSeconds: 5 });
    expect(far.features).toMatchObject([
      { geometry: { type: 'LineString' }, properties: { mode: 'walk', offStreet: false } },
    ]);
    // A position is rounded to a metre.
    expect(far.features[0]?.properties['seconds']).toBeCloseTo(155.5, 0);
    const [there] = (await wayTo(14)).features;
    expect(there?.properties['seconds']).toBeCloseTo(5.5, 0);
  });
});

describe('a day whose replay has ended', () => {
  const dayOf = (at: number): string => new Date(at + 8 * 60 * MINUTE_MS).toISOString().slice(0, 10);
  const DAY = dayOf(BEGAN);
  const END = BEGAN + 60 * MINUTE_MS;
  const asked = async (path: string): Promise<unknown> => (await fetch(`${test.url}/api/${path}`)).json();
  const courseBefore = async (): Promise<readonly number[]> => {
    const { minutes } = (await asked(`coverage/course?day=${DAY}`)) as CoverageCourse;
    return minutes.map(({ at }) => at).filter((at) => at < END);
  };

  it('keeps what was worked out of it, says that no more can be asked of it, and leaves no incident waiting', async () => {
    const course = await waitUntil('some of the course is worked out', async () => {
      const found = await courseBefore();
      return found.length > 2 && found;
    });
    // The gateway writes into the same file the whole time: wait for its turn to end.
    const history = new DatabaseSync(join(test.dataDir, 'history.db'), { timeout: 10_000 });
    history.prepare("INSERT OR REPLACE INTO meta VALUES ('replay_from', ?)").run(END / MINUTE_MS);
    history.close();
    expect(await courseBefore()).toEqual(expect.arrayContaining([...course]));
    const gone = { code: 'history.minute.gone' };
    expect(await asked(`coverage?t=${moment(BEGAN)}`)).toMatchObject(gone);
    expect(await asked(`reach?responder=V3&t=${moment(BEGAN)}`)).toMatchObject(gone);
    expect(await (await fetch(address(''))).json()).toMatchObject({ ...gone, field: 'from' });
    await waitUntil('no incident waits', async () => {
      const { waiting } = (await asked(`reach/truth?day=${DAY}`)) as DayTruth;
      return waiting === 0;
    });
  });
});
