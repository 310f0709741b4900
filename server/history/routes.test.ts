import { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IncidentId, ResponderId, StationId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lat, lng, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type {
  HistoryDayDetail,
  HistoryDays,
  HistoryIncidents,
  KnownDayDetail,
} from '@maplewall/shared/wire/history.ts';
import { HOUR_COUNTERS, HOUR_COUNTER_INDEX } from '@maplewall/shared/world/hour-counts.ts';
import { makeApp } from '../http/app.ts';
import { Archive, AREAS, happened, played } from './event-time.fixture.ts';
import { openHistory, type History } from './history.ts';
import { historyRoutes } from './routes.ts';

const ZONE = 'Asia/Shanghai';
/** 09:00 in the city, some weeks ago by the clock of whoever runs this; the thread has that clock. */
const MORNING = Math.floor(Date.now() / 86_400_000 - 40) * 86_400_000 + 3_600_000;
const DAY = new Date(MORNING + 8 * 3_600_000).toISOString().slice(0, 10);
const MINUTE = 60_000;
const DAY_MS = 86_400_000;
const WAIT = { timeout: 180_000, interval: 30 } as const;

let archive: Archive;
let history: History;
let app: FastifyInstance;
let now: EpochMs;
const silent = pino({ level: 'silent' });

beforeEach(async () => {
  archive = await Archive.open(Date.now());
  now = epochMs(Date.now());
  await open();
});
afterEach(async () => {
  await shut();
  await archive.close();
});

async function open(): Promise<void> {
  history = await openHistory({
    logFile: archive.logFile,
    file: archive.file,
    knownFile: archive.knownFile,
    areas: { ...AREAS, timeZone: ZONE },
    clock: { now: () => now },
    logger: silent,
  });
  app = await makeApp({ logger: silent, clientDir: '/nowhere', version: 'test', refusalOf: () => undefined });
  historyRoutes(app, { history });
  await app.ready();
}
async function shut(): Promise<void> {
  await app.close();
  await history.stop();
}

const checkIn = (at: number, responder: string, lateMs?: number) =>
  happened(
    at,
    {
      kind: 'responder.checkedIn',
      responderId: responder as ResponderId,
      responderKind: 'sentry',
      callSign: 'S',
    },
    lateMs,
  );
const served = (at: number) =>
  happened(at, {
    kind: 'service.completed',
    stationId: 'S-1' as StationId,
    serviceCode: 'id-card',
    durationSeconds: 60,
  });
const get = (path: string, headers: Record<string, string> = {}) =>
  app.inject({ url: `/api/history/${path}`, headers });
const days = async (): Promise<HistoryDays> => (await get('days')).json<HistoryDays>();
/** Seals the minutes of these moments by asking for them, as whoever replays them does. */
async function seal(...moments: readonly number[]): Promise<void> {
  for (const at of moments) {
    const local = new Date(at + 8 * 3_600_000).toISOString();
    const answer = await get(`${local.slice(0, 10)}/${local.slice(11, 16)}`);
    if (answer.statusCode !== 200) throw new Error(answer.body);
  }
}

describe('GET /api/history', () => {
  it('gives the days that have something, their minutes, and their counts by hour', async () => {
    expect(await days()).toEqual({ timeZone: ZONE, days: [], filling: null });
    await archive.append(
      checkIn(MORNING, 'r1'),
      checkIn(MORNING + 61 * MINUTE, 'r2'),
      served(MORNING + 5 * MINUTE),
      // A device whose clock was never set.
      checkIn(Date.UTC(2006, 0, 1), 'r3'),
    );
    await seal(Date.UTC(2006, 0, 1), MORNING, MORNING + 5 * MINUTE, MORNING + 61 * MINUTE);
    await vi.waitUntil(async () => (await days()).days.at(-1)?.hours.flat().includes(1), WAIT);
    const all = await days();
    expect(all.days.map(({ day }) => day)).toEqual(['2006-01-01', DAY]);
    const [, day] = all.days;
    expect(day).toMatchObject({ minutesWithRecords: 3, endsAt: (day?.startsAt ?? 0) + 86_400_000 });
    expect(day?.hours).toHaveLength(24);
    expect(day?.hours.every((counts) => counts.length === HOUR_COUNTERS.length)).toBe(true);
    expect(day?.hours[9]?.[HOUR_COUNTER_INDEX.get('service') ?? -1]).toBe(1);
    const detail = (await get(DAY)).json<HistoryDayDetail>();
    expect(detail).toMatchObject({ day: DAY, minutesWithRecords: 3 });
    expect(detail.minutes.map(({ minute }) => minute)).toEqual(['09:00', '09:05', '10:01']);
    expect(detail.minutes[0]?.startsAt).toBe(MORNING);
    for (const { minute, etag, bytes } of detail.minutes) {
      const answer = await get(`${DAY}/${minute}`);
      expect(answer.headers['etag']).toBe(`"${etag}"`);
      expect(answer.rawPayload).toHaveLength(bytes);
      expect(played(answer.rawPayload).end).toMatch(/^[0-9a-f]{16}$/);
    }
    expect((await get('2026-02-01')).json()).toMatchObject({ minutes: [], minutesWithRecords: 0 });
    expect((await get(DAY)).headers['cache-control']).toBe('no-cache');
  });

  it('answers 304 to whoever holds the segment, and lets it be kept by an address that names its version', async () => {
    await archive.append(checkIn(MORNING, 'r1'), checkIn(MORNING + MINUTE, 'r2'));
    await seal(MORNING, MORNING + MINUTE);
    const answer = await get(`${DAY}/09:00`);
    const etag = String(answer.headers['etag']);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['cache-control']).toBe('no-cache');
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(`${DAY}/09:00`, { 'if-none-match': held });
      expect([held, again.statusCode, again.body]).toEqual([held, 304, '']);
      expect(again.headers['etag']).toBe(etag);
    }
    expect((await get(`${DAY}/09:00`, { 'if-none-match': '"other"' })).statusCode).toBe(200);
    const version = etag.replaceAll('"', '');
    const named = await get(`${DAY}/09:00?version=${version}`);
    expect(named.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(named.rawPayload).toEqual(answer.rawPayload);
    // What comes late makes another version; the address of the old one gives the new one, and nobody may keep that.
    await archive.append(checkIn(MORNING + 30_000, 'late', 10 * MINUTE));
    const anew = await vi.waitUntil(async () => {
      const given = await get(`${DAY}/09:00?version=${version}`);
      return given.rawPayload.equals(answer.rawPayload) ? undefined : given;
    }, WAIT);
    expect(anew.headers['cache-control']).toBe('no-cache');
    const [minute] = (await get(DAY)).json<HistoryDayDetail>().minutes;
    expect(minute?.etag).not.toBe(version);
    expect((await get(`${DAY}/09:00?version=${minute?.etag}`)).headers['cache-control']).toMatch(
      /immutable$/,
    );
  });

  it('shows what came late in the minute in which it happened, and says so by another ETag', async () => {
    await archive.append(checkIn(MORNING, 'r1'), checkIn(MORNING + MINUTE, 'r2'));
    await seal(MORNING, MORNING + MINUTE);
    const before = await get(`${DAY}/09:01`);
    await archive.append(checkIn(MORNING + 30_000, 'late', 10 * MINUTE));
    const late = await get(`${DAY}/09:00`);
    expect(late.statusCode).toBe(200);
    const after = await vi.waitUntil(async () => {
      const answer = await get(`${DAY}/09:01`, { 'if-none-match': String(before.headers['etag']) });
      return answer.statusCode === 200 ? answer : undefined;
    }, WAIT);
    const shown = await get(`${DAY}/09:00`);
    expect(played(shown.rawPayload).end).toBe(played(after.rawPayload).start);
  });

  it('lists what came in on a day in the order of time, also what came late, each once', async () => {
    const received = (at: number, incidentId: string, lateMs?: number) =>
      happened(
        at,
        {
          kind: 'incident.received',
          incidentId: incidentId as IncidentId,
          category: 'help',
          priority: 2,
          lng: lng(120.5),
          lat: lat(27.5),
          place: '象岗路',
        },
        lateMs,
      );
    await archive.append(
      received(MORNING, 'A'),
      received(MORNING + 90 * MINUTE, 'B'),
      received(MORNING + 91 * MINUTE, 'B'),
      received(MORNING + 2 * DAY_MS, 'another day'),
      received(MORNING + 30 * MINUTE, 'late', DAY_MS),
    );
    const listed = async () => (await get(`${DAY}/incidents`)).json<HistoryIncidents>().incidents;
    await vi.waitUntil(async () => (await listed()).length === 3, WAIT);
    expect((await listed()).map(({ incidentId, at }) => [incidentId, (at - MORNING) / MINUTE])).toEqual([
      ['A', 0],
      ['late', 30],
      ['B', 90],
    ]);
    expect((await listed())[0]).toMatchObject({ category: 'help', priority: 2, place: '象岗路' });
    expect((await get('2026-02-30/incidents')).json()).toMatchObject({ code: 'history.day.invalid' });
  });

  it('names what is wrong with a day or a minute', async () => {
    await archive.append(checkIn(MORNING, 'r1'));
    await seal(MORNING);
    for (const [path, status, code, field] of [
      ['yesterday', 400, 'history.day.invalid', 'day'],
      ['2026-02-30', 400, 'history.day.invalid', 'day'],
      ['2026-02-30/09:00', 400, 'history.day.invalid', 'day'],
      [`${DAY}/9:00`, 400, 'history.minute.invalid', 'minute'],
      [`${DAY}/24:00`, 400, 'history.minute.invalid', 'minute'],
      [`${DAY}/09:00+1`, 400, 'history.minute.invalid', 'minute'],
      [`${DAY}/08:59`, 404, 'history.minute.notYet', 'minute'],
      ['2099-01-01/09:00', 404, 'history.minute.notYet', 'minute'],
      ['1999-01-01/09:00', 404, 'history.minute.notYet', 'minute'],
    ] as const) {
      const answer = await get(path);
      expect([path, answer.statusCode, answer.json()]).toMatchObject([path, status, { code, field }]);
    }
  });

  it('gives the same segments after a restart', async () => {
    for (let minute = 0; minute < 5; minute += 1)
      await archive.append(checkIn(MORNING + minute * MINUTE, `r${minute}`));
    await seal(...[0, 1, 2, 3, 4].map((minute) => MORNING + minute * MINUTE));
    const before = (await get(DAY)).json<HistoryDayDetail>().minutes;
    await shut();
    await open();
    expect((await get(DAY)).json<HistoryDayDetail>().minutes).toEqual(before);
    expect((await get(`${DAY}/09:03`)).headers['etag']).toBe(`"${before[3]?.etag}"`);
  });

  it('goes on after its thread has failed, and ends when it is told to', async () => {
    await archive.append(checkIn(MORNING, 'r1'));
    await seal(MORNING);
    const spoiler = new DatabaseSync(archive.file);
    spoiler.exec('PRAGMA busy_timeout = 10000; DROP TABLE hours');
    spoiler.close();
    // The thread writes a count into what is gone, fails, and makes the table anew when it comes back.
    await archive.append(served(MORNING + 3 * MINUTE));
    await vi.waitUntil(async () => (await get('days')).statusCode === 200, WAIT);
    expect(played((await get(`${DAY}/09:03`)).rawPayload).end).toBeDefined();
    await history.stop();
    await open();
  }, 400_000);
});

describe('GET /api/history/known', () => {
  it('gives each record in the minute in which it arrived, and of the running minute what there is', async () => {
    await archive.append(
      checkIn(MORNING, 'r1'),
      checkIn(MORNING + MINUTE, 'r2', 24 * MINUTE),
      checkIn(MORNING + 25 * MINUTE, 'r3', 5_000),
    );
    now = epochMs(MORNING + 25 * MINUTE + 32_400);
    const listed = async () => (await get(`known/${DAY}`)).json<KnownDayDetail>();
    await vi.waitUntil(async () => (await listed()).minutes.length === 2, WAIT);
    const [first, running] = (await listed()).minutes;
    expect(first).toMatchObject({ minute: '09:00', startsAt: MORNING });
    expect(running).toMatchObject({ minute: '09:25', etag: '', until: MORNING + 25 * MINUTE + 30_000 });
    expect((await get('known/days')).json()).toMatchObject({ days: [{ day: DAY, minutesWithRecords: 2 }] });

    const whole = await get(`known/${DAY}/09:00?version=${first?.etag}`);
    expect(whole.headers['cache-control']).toContain('immutable');
    expect(played(whole.rawPayload).end).toMatch(/^[0-9a-f]{16}$/);
    const part = await get(`known/${DAY}/09:25`);
    expect([part.statusCode, part.headers['cache-control'], part.headers['etag']]).toEqual([
      200,
      'no-store',
      undefined,
    ]);
    expect(() => played(part.rawPayload)).toThrow('30 frames');

    now = epochMs(MORNING + 27 * MINUTE);
    const [, over] = (await listed()).minutes;
    expect(over).toMatchObject({ minute: '09:25' });
    expect(over?.until).toBeUndefined();
    const later = await get(`known/${DAY}/09:25?version=${over?.etag}`);
    expect(later.headers['cache-control']).toContain('immutable');
    expect(played(later.rawPayload).start).toMatch(/^[0-9a-f]{16}$/);
    expect((await get(`known/${DAY}/09:01`)).statusCode).toBe(404);
    expect((await get('known/2026-02-31')).statusCode).toBe(400);
  });
});
