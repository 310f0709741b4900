import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { DayTruth } from '@maplewall/shared/wire/truth.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOneStreetCity, oneStreetAt as at, receivedAtStreet } from '../support/one-street.ts';
import { dayTime } from '../support/day-of-tests.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

let folder: string;
let test: TestGateway;
let key: string;
let aheadMs = 0;
const now = (): number => dayTime() + aheadMs;

/** The end of the post's shift, by the clocks of the city: within the next hour or two. */
const shiftEnd = Math.ceil((dayTime() + 3_600_000) / 3_600_000) * 3_600_000;
const clockOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 16);
const shift = clockOf(shiftEnd) === '00:00' ? '01:00-00:00' : `00:00-${clockOf(shiftEnd)}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-reach-'));
  const cityDir = await makeOneStreetCity(folder, { shifts: [shift] });
  test = await startTestGateway({ cityDir, clock: { now: () => epochMs(now()) } });
  key = await test.addSource('duty');
  await waitUntil('the streets are joined', async () => (await fetch(`${test.url}/api/coverage`)).ok);
});
afterAll(async () => {
  await test.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly type: string;
  readonly features: readonly {
    readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] };
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
  readonly at: number;
  readonly shares: {
    readonly blocks: readonly (number | null)[];
    readonly totals: { readonly blocks: number };
  };
  readonly totals: { readonly incidents: number };
  readonly posts: number;
  readonly responders: number;
  readonly shiftEnds: readonly object[];
  readonly lonePosts: readonly { readonly post: string; readonly loss: number }[];
}
const ask = async (path: string): Promise<Answer> => {
  const answer = await fetch(`${test.url}/api/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
};
const checkIn = (responderId: string, responderKind: string, more: object = {}) => ({
  key: `in-${responderId}`,
  at: now() - 600_000,
  event: { kind: 'responder.checkedIn', responderId, responderKind, callSign: responderId, ...more },
});
const seen = async (responderId: string, [lng, lat]: [number, number]): Promise<void> => {
  const answer = await fetch(`${test.url}/api/ingest/positions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({
      key: `${responderId} ${now()}`,
      fixes: [{ responderId, fixAt: now(), lng, lat }],
    }),
  });
  expect(answer.status).toBe(200);
};

describe('GET /api/reach/streets', () => {
  it('names and counts what was wrong with the roads of a pack', async () => {
    expect(await (await fetch(`${test.url}/api/reach/streets`)).json()).toEqual({
      junctions: 10,
      pieces: 7,
      brokenPositions: 0,
      emptyRoads: 1,
      crossingsJoined: 1,
      bridges: 0,
      endsJoined: 0,
      repeatedPieces: 1,
      selfCrossingRoads: 1,
      // The street, the road far out, the island, and the lone position that is left of the road without length.
      components: 4,
      strayNodes: 5,
      roadsOutside: 1,
      roads: {
        repeated: [{ feature: 1, name: 'x', at: at(20, 0) }],
        empty: [{ feature: 2, name: 'x', at: at(5, 0) }],
        outside: [{ feature: 3, name: 'x', at: [120.9, 27.9] }],
        selfCrossing: [{ feature: 4, name: 'x', at: at(0, 40) }],
      },
    });
  });
});

describe('GET /api/reach', () => {
  it('answers with streets cut to the metre, the area round them and the circle as the crow flies', async () => {
    const [lng, lat] = at(10, 0);
    const { features } = await ask(`reach?at=${lng},${lat}&seconds=20&mode=run`);
    const [streets, area, crow] = features;
    // 60 m to either side.
    expect(streets?.properties).toMatchObject({ what: 'streets', mode: 'run', offStreet: false });
    expect(Math.abs(Number(streets?.properties['metres']) - 120)).toBeLessThanOrEqual(1);
    // 120 m of street, 12 m to either side, and the round ends.
    const wanted = 120 * 24 + Math.PI * 144;
    expect(Math.abs(Number(area?.properties['squareMetres']) / wanted - 1)).toBeLessThan(0.01);
    expect(crow?.properties).toMatchObject({
      what: 'asTheCrowFlies',
      squareMetres: Math.round(Math.PI * 3_600),
    });
    expect([streets, area, crow].map((one) => one?.geometry.type)).toEqual([
      'MultiLineString',
      'MultiPolygon',
      'Polygon',
    ]);
  });

  it.each([
    ['reach?at=120.56', 'at'],
    ['reach?at=10,27.54', 'at'],
    ['reach?at=120.56,27.54&mode=fly', 'mode'],
    ['reach?at=120.56,27.54&seconds=0', 'seconds'],
    ['reach', 'at'],
    ['reach?at=120.56,27.54&post=GATE', 'at'],
    ['reach?at=120.56,27.54&t=2026-11-20T10:00:00Z', 't'],
    ['reach?post=GATE&to=0,0', 'to'],
    ['reach?post=NONE', 'post'],
    ['reach?responder=NONE', 'responder'],
    ['reach?responder=NONE&t=1999-12-31T23:59Z', 't'],
    ['coverage?area=nowhere', 'area'],
    ['coverage?t=yesterday', 't'],
    ['coverage?t=9999-12-31T23:59:59Z', 't'],
    ['coverage?t=2026-02-30T10:00:00Z', 't'],
    ['reach/arrivals?at=120.56,27.54&t=1999-12-31T23:59Z', 't'],
    ['coverage/advice?k=1000', 'k'],
    ['coverage/course?day=2026-13-01', 'day'],
  ])('%s is refused with a reason that names %s', async (path, field) => {
    const answer = await fetch(`${test.url}/api/${path}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(JSON.stringify(await answer.json())).toContain(field);
  });
});

describe('GET /api/reach?to=', () => {
  it('tells the way from a place or a post to another place, and the seconds, by any way of going', async () => {
    const seconds = async (from: string, [lng, lat]: [number, number]): Promise<unknown> => {
      const { features } = await ask(`reach?${from}&to=${lng},${lat}`);
      return features.map(({ properties }) => properties['seconds']);
    };
    const from = `at=${at(0, 0).join(',')}`;
    // 150 m; who is sent from a post accepts first.
    expect(await seconds(`${from}&mode=run`, at(3, 0))).toEqual([50]);
    expect(await seconds(`${from}&mode=walk`, at(3, 0))).toEqual([75]);
    expect(await seconds('post=GATE', at(3, 0))).toEqual([55]);
    // Nobody is led over two kilometres of open ground to another street.
    expect(await seconds(from, at(0, 40))).toEqual([]);
  });
});

describe('GET /api/coverage', () => {
  it('is nothing while nobody is there, and counts a post as soon as somebody holds it', async () => {
    expect(await ask('coverage')).toMatchObject({
      shares: { blocks: [0, 0, 0, 0] },
      totals: { blocks: 20 },
      posts: 0,
      responders: 0,
    });
    await postEvents(test.url, key, [checkIn('S1', 'sentry', { postId: 'GATE' })]);
    const held = await waitUntil('the post is held', async () => {
      const found = await ask('coverage');
      return found.posts === 1 && found;
    });
    // 25 s at 3 m/s are 75 m: the buildings at 0 and 50 m; 55 s: up to 165 m; 175 s and 295 s: up to 525 m and 885 m.
    expect(held.shares.blocks).toEqual([2 / 20, 4 / 20, 11 / 20, 18 / 20]);
    // A screen that is rewound by seconds asks for a minute that still runs: it is told the newest moment that there is.
    const asked = dayTime();
    const over = await ask(`coverage?t=${new Date(asked).toISOString()}`);
    expect(over.posts).toBe(1);
    expect(over.at).toBeLessThanOrEqual(asked);
    expect(over.at).toBeGreaterThan(asked - 180_000);
  });

  it('counts who is seen as long as the fix is fresh, and less the older it is', async () => {
    await postEvents(test.url, key, [checkIn('V1', 'volunteer')]);
    const reachOfV1 = async (): Promise<object> =>
      (await (await fetch(`${test.url}/api/reach?responder=V1`)).json()) as object;
    await waitUntil('the volunteer is on duty', async () => {
      const { code } = (await reachOfV1()) as { readonly code: string };
      return code === 'responder.notSeen';
    });
    await seen('V1', at(15, 0));
    const fresh = await waitUntil('the volunteer is seen', async () => {
      const found = await ask('coverage');
      return found.responders === 1 && found;
    });
    // 25 s at 2 m/s are 50 m, less what lies beside the street: the building where they are.
    expect(fresh.shares.blocks[0]).toBe(3 / 20);
    const reached = (await reachOfV1()) as Answer & { readonly waySeconds: number };
    expect(reached).toMatchObject({ responderId: 'V1', callSign: 'V1', state: 'available', mode: 'walk' });
    // 25 s at 2 m/s to either side, less half of what the fix has grown old since.
    const metres = Number(reached.features[0]?.properties['metres']);
    expect(Math.abs(metres - reached.waySeconds * 4)).toBeLessThanOrEqual(1);
    expect(reached.waySeconds).toBeGreaterThan(20);
    expect(String(reached.waySeconds)).toMatch(/^\d+(\.\d)?$/);
    const whole = fresh.shares.blocks[1] ?? 0;
    aheadMs += 60_000;
    expect(await reachOfV1()).toMatchObject({
      fixAgeSeconds: expect.closeTo(60, -1),
      waySeconds: 0,
      features: [],
    });
    const older = await ask('coverage');
    expect(older.responders).toBe(1);
    expect(older.shares.blocks[0]).toBe(2 / 20);
    expect(older.shares.blocks[1]).toBeLessThan(whole);
    aheadMs += 31_000;
    expect(await reachOfV1()).toMatchObject({ code: 'responder.notFresh', field: 'responder' });
    expect(await ask('coverage')).toMatchObject({ responders: 0, shares: { blocks: held() } });
  });

  it('tells a past second as it was then, and the course of the day by the minute', async () => {
    // History goes by the clock of the machine, of which this is two minutes ago; nobody was seen by then.
    const then = dayTime() - 120_000;
    const past = await waitUntil('history has the minute', async () => {
      const answer = await fetch(`${test.url}/api/coverage?t=${new Date(then).toISOString()}`);
      return answer.ok && ((await answer.json()) as Answer);
    });
    expect(past).toMatchObject({ at: then, posts: 1, responders: 0, shares: { blocks: held() } });
    const ofPost = await ask(`reach?post=GATE&t=${new Date(then).toISOString()}`);
    // 25 s at 3 m/s along the one street that leads away from it, of which it stands at the end.
    expect(ofPost).toMatchObject({ isHeld: true, mode: 'run', acceptSeconds: 5, waySeconds: 25 });
    expect(ofPost.features.map(({ properties }) => properties['what'])).toEqual([
      'streets',
      'area',
      'asTheCrowFlies',
    ]);
    expect(Math.abs(Number(ofPost.features[0]?.properties['metres']) - 75)).toBeLessThanOrEqual(1);
    const day = new Date(then + 8 * 3_600_000).toISOString().slice(0, 10);
    const minute = Math.floor(then / 60_000) * 60_000;
    const found = await waitUntil('the course is worked out', async () => {
      const answer = await fetch(`${test.url}/api/coverage/course?day=${day}`);
      const { minutes } = (await answer.json()) as {
        readonly minutes: readonly {
          readonly at: number;
          readonly blocks: readonly number[];
          readonly onDuty: number;
        }[];
      };
      return minutes.find((one) => one.at === minute);
    });
    expect(found.blocks).toEqual(held());
    // The sentry, and the volunteer whom nobody saw yet.
    expect(found.onDuty).toBe(2);
  });

  it('works the course of a minute out anew when something of it comes late', async () => {
    const at = Math.floor((dayTime() - 300_000) / 60_000) * 60_000;
    const day = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
    const blocks = async (): Promise<readonly number[] | undefined> => {
      const answer = await fetch(`${test.url}/api/coverage/course?day=${day}`);
      const { minutes } = (await answer.json()) as {
        readonly minutes: readonly { readonly at: number; readonly blocks: readonly number[] }[];
      };
      return minutes.find((one) => one.at === at)?.blocks;
    };
    await waitUntil('the course is worked out', async () => String(await blocks()) === String(held()));
    // Half a minute before, the post was left; after two more it is held again. The minute itself has no record.
    await postEvents(test.url, key, [
      { key: 'left', at: at - 30_000, event: { kind: 'responder.checkedOut', responderId: 'S1' } },
      { ...checkIn('S1', 'sentry', { postId: 'GATE' }), key: 'back', at: at + 90_000 },
    ]);
    const anew = await waitUntil('the course is worked out anew', async () => {
      const found = await blocks();
      return String(found) === String(held()) ? undefined : found;
    });
    expect(anew).toEqual([0, 0, 0, 0]);
  });
});

/** What the post alone covers. */
const held = (): readonly number[] => [2 / 20, 4 / 20, 11 / 20, 18 / 20];

describe('GET /api/coverage/gaps and /advice', () => {
  it('name what nobody reaches, where one more would add most, and when a shift leaves a hole', async () => {
    const gaps = await ask('coverage/gaps?seconds=30');
    expect(gaps.features.length).toBe(18);
    expect(gaps).toMatchObject({ total: 18, isCut: false });
    const advice = await ask('coverage/advice?k=2&seconds=180');
    expect(advice).toMatchObject({ acceptSeconds: 5, waySeconds: 175 });
    expect(advice.lonePosts).toEqual([{ post: 'GATE', loss: 11 }]);
    expect(advice.shiftEnds).toEqual([
      { post: 'GATE', at: shiftEnd, lost: { blocks: 11 / 20, places: 0, incidents: 0 }, area: 'one-street' },
    ]);
    // The other nine lie from 550 m on; the end of the street is the only junction beyond the post's own.
    expect(advice.features[0]?.properties).toMatchObject({ rank: 1, gain: 9, gainPercent: 45 });
    expect(advice.features.length).toBe(1);
  });

  it('tell what would be covered if a post stood elsewhere, and how it is all the while', async () => {
    // 75 m to both sides of 750 m: the buildings at 700, 750 and 800 m.
    const [lng, lat] = at(15, 0);
    expect((await ask(`coverage?post=GATE&to=${lng},${lat}`)).shares.blocks[0]).toBe(3 / 20);
    expect((await ask('coverage')).shares.blocks).toEqual(held());
    for (const [query, code, field] of [
      ['post=GATE', 'coverage.postAndPlace', 'to'],
      [`to=${lng},${lat}`, 'coverage.postAndPlace', 'post'],
      [`post=NONE&to=${lng},${lat}`, 'post.unknown', 'post'],
      ['post=GATE&to=0,0', 'ingest.position.outOfBounds', 'to'],
    ]) {
      const answer = await fetch(`${test.url}/api/coverage?${query}`);
      expect(await answer.json()).toMatchObject({ code, field });
    }
  });

  it('tell who is there first, with the way', async () => {
    const [lng, lat] = at(2, 0);
    const { features } = await ask(`reach/arrivals?at=${lng},${lat}`);
    // 100 m at 3 m/s, and five seconds until somebody accepts.
    expect(features[0]?.properties).toMatchObject({ post: 'GATE', mode: 'run', offStreet: false });
    expect(Math.abs(Number(features[0]?.properties['seconds']) - 38.4)).toBeLessThan(0.5);
    expect(features[0]?.geometry.coordinates.length).toBeGreaterThanOrEqual(2);
  });
});

describe('GET /api/reach/truth', () => {
  it('stamps each incident of a day MET or MISSED, with what was expected and why it was missed', async () => {
    // After the post was held, before anybody was seen.
    const receivedAt = dayTime() - 150_000;
    const happened = (incidentId: string, place: [number, number], arrivedAfter: number) => [
      {
        key: `${incidentId} in`,
        at: receivedAt,
        event: receivedAtStreet(incidentId, place),
      },
      {
        key: `${incidentId} there`,
        at: receivedAt + arrivedAfter * 1_000,
        event: { kind: 'incident.stage', incidentId, stage: 'onScene' },
      },
    ];
    await postEvents(test.url, key, [...happened('NEAR', at(1, 0), 28), ...happened('FAR', at(10, 0), 90)]);
    const day = new Date(receivedAt + 8 * 3_600_000).toISOString().slice(0, 10);
    const truth = await waitUntil('what was expected is worked out', async () => {
      const answer = await fetch(`${test.url}/api/reach/truth?day=${day}`);
      const found = (await answer.json()) as DayTruth;
      return found.incidents.length === 2 && found;
    });
    const [far, near] = truth.incidents.toSorted((a, b) => a.incidentId.localeCompare(b.incidentId));
    // 50 m and 500 m at 3 m/s, after five seconds to accept.
    expect(near).toMatchObject({ verdict: 'MET', why: null, arrivedSeconds: 28 });
    expect(Math.abs((near?.predictedSeconds ?? 0) - 21.7)).toBeLessThan(0.5);
    expect(far).toMatchObject({ verdict: 'MISSED', why: 'nobodyInReach', arrivedSeconds: 90 });
    expect(truth.reasons.nobodyInReach).toBe(1);
    expect(truth.precincts).toEqual([{ precinctId: 'P', ...truth.city }]);
    expect(truth.city).toMatchObject({ incidents: 2, arrived: 2, medianSeconds: 59 });
    expect((await fetch(`${test.url}/api/reach/truth?day=tomorrow`)).status).toBe(400);
    // Both count now. When they came in, the year before that day had none.
    expect((await ask('coverage')).totals.incidents).toBe(2);
    const past = await ask(`coverage?t=${new Date(receivedAt + 1_000).toISOString()}`);
    expect(past).toMatchObject({ totals: { incidents: 0 }, shares: { incidents: [null, null, null, null] } });
  });
  it('ends also for an incident in the very first second of history, before which nobody knows who was there', async () => {
    const first = Math.floor((dayTime() - 1_500_000) / 60_000) * 60_000;
    const received = (incidentId: string, receivedAt: number) => ({
      key: incidentId,
      at: receivedAt,
      event: receivedAtStreet(incidentId, at(1, 0)),
    });
    const dayOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
    const truthOf = (incidentId: string, receivedAt: number) =>
      waitUntil(`${incidentId} is judged`, async () => {
        const answer = await fetch(`${test.url}/api/reach/truth?day=${dayOf(receivedAt)}`);
        const { incidents } = (await answer.json()) as DayTruth;
        return incidents.find((one) => one.incidentId === incidentId);
      });
    const nothingKnown = { verdict: 'MISSED', why: 'nothingKnown', predictedSeconds: null };
    // In the middle of what is the first minute until the next record comes: nothing is known of the seconds before it either.
    await postEvents(test.url, key, [received('EARLY', first + 90_000)]);
    expect(await truthOf('EARLY', first + 90_000)).toMatchObject(nothingKnown);
    await postEvents(test.url, key, [received('FIRST', first)]);
    expect(await truthOf('FIRST', first)).toMatchObject(nothingKnown);
    // Now something was known before it, and nobody was there. Whoever looks at those minutes has them made.
    for (const seconds of [1, 90]) await ask(`coverage?t=${new Date(first + seconds * 1_000).toISOString()}`);
    await waitUntil('what came earlier is taken into account', async () => {
      const { why } = await truthOf('EARLY', first + 90_000);
      return why === 'nobodyInReach';
    });
  });
});
