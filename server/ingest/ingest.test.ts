import { beforeEach, describe, expect, it } from 'vitest';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { PositionsRecord } from '@maplewall/shared/domain/record.ts';
import { memoryLog, type MemoryLog } from '../log/memory-log.ts';
import {
  BOUNDS,
  fakeClock,
  fixesIn,
  HERE,
  MINUTE,
  NOW,
  recordsOf,
  SECOND,
  silent,
  type FakeClock,
} from './gateway.fixture.ts';
import { dispatch, fix, ingestInto, phones, sendEventTo, sendFixes, valueOf } from './ingest.fixture.ts';
import { makeIngest, type Ingest } from './ingest.ts';

let log: MemoryLog;
let clock: FakeClock;
let ingest: Ingest;
const start = (onDuty: readonly string[]): void => {
  ingest = ingestInto(log, clock, onDuty);
};
beforeEach(() => {
  log = memoryLog();
  clock = fakeClock();
  start(['r1', 'r2']);
});

const send = (fixes: readonly object[], over: object = {}, source = dispatch) =>
  sendFixes(ingest, fixes, over, source);
const sendEvent = (event: object, over: object = {}, source = dispatch) =>
  sendEventTo(ingest, event, over, source);
const positionsIn = async (): Promise<PositionsRecord[]> =>
  (await recordsOf(log)).filter((record) => record.type === 'positions');

describe('events', () => {
  it('[ING2] names index, field and reason of a bad item and takes the others', async () => {
    const good = (key: string): object => ({
      key,
      at: NOW,
      event: { kind: 'incident.reopened', incidentId: 'i1' },
    });
    const answer = valueOf(
      await ingest.takeEvents(dispatch, {
        items: [good('a'), { ...good('b'), event: { kind: 'incident.reopened' } }, good('c'), 7],
      }),
    );
    expect(answer).toEqual({
      results: [
        { seq: 1, repeated: false },
        expect.objectContaining({ index: 1, code: 'request.invalid', field: 'event.incidentId' }),
        { seq: 2, repeated: false },
        expect.objectContaining({ index: 3, code: 'request.invalid', field: '' }),
      ],
      taken: 2,
      refused: 2,
    });
  });

  it('[ING3] gives the first answer to an event that is sent again', async () => {
    const event = { kind: 'incident.reopened', incidentId: 'i1' };
    await sendEvent(event);
    expect((await sendEvent(event)).results).toEqual([{ seq: 1, repeated: true }]);
    expect(log.lastSeq()).toBe(1);
    expect(ingest.counters.of(dispatch.id)).toEqual({ 'events.taken': 1, 'events.repeated': 1 });
  });

  it.each([
    ['at', { at: NOW + 5 * MINUTE + 1 }, 'ingest.time.future', 'at'],
    ['at', { at: '2026-11-23 08:30' }, 'ingest.time.unreadable', 'at'],
    ['key', { key: '' }, 'request.invalid', 'key'],
    ['mode', { mode: 'Real' }, 'request.invalid', 'mode'],
    ['kind', { event: { kind: 'incident.eaten' } }, 'request.invalid', 'event.kind'],
    ['unknown', { extra: 1 }, 'request.invalid', 'extra'],
    [
      'inner',
      { event: { kind: 'incident.reopened', incidentId: 'i', more: 1 } },
      'request.invalid',
      'event.more',
    ],
  ])('[ING5] names the field that is wrong (%s)', async (_, over, code, field) => {
    const { results } = await sendEvent({ kind: 'incident.reopened', incidentId: 'i' }, over);
    expect(results).toEqual([expect.objectContaining({ index: 0, code, field })]);
    expect(log.lastSeq()).toBe(0);
  });

  it('[ING6] reads times as milliseconds and as RFC 3339, and gives an event its own mode', async () => {
    await sendEvent({ kind: 'incident.reopened', incidentId: 'a' }, { at: '2026-11-23T16:30:10.5+08:00' });
    await sendEvent({ kind: 'incident.reopened', incidentId: 'b' }, { mode: 'Exercise' });
    const records = await recordsOf(log);
    expect(records.map(({ at, mode }) => [at, mode])).toEqual([
      [NOW + 500, 'Test'],
      [NOW, 'Exercise'],
    ]);
  });

  it('[ING1] keeps nothing when the log cannot be written, and takes the same events afterwards', async () => {
    log.failNext(1);
    const items = [{ key: 'a', at: NOW, event: { kind: 'responder.checkedOut', responderId: 'r1' } }];
    expect(await ingest.takeEvents(dispatch, { items })).toMatchObject({
      fault: { code: 'server.unavailable' },
    });
    expect(await send([fix()])).toMatchObject({ taken: 1 });
    expect(await ingest.takeEvents(dispatch, { items })).toMatchObject({ ok: true });
  });
});

describe('positions', () => {
  it('[ING8] makes one record of the fixes of a minute, quantised, with the oldest as its time', async () => {
    const answer = await send([
      fix({ fixAt: NOW - 5 * SECOND + 400, speed: 1.26, course: 359.7, accuracy: 4.4, battery: 71 }),
      fix({ responderId: 'r2', lng: 120.551234 }),
      fix({ fixAt: NOW - MINUTE }),
    ]);
    expect(answer).toEqual({ taken: 3, refused: [], counts: { late: 1 } });
    const records = await positionsIn();
    expect(records.map(({ at, fixes }) => [at, fixes.count])).toEqual([
      [NOW - 5 * SECOND, 2],
      [NOW - MINUTE, 1],
    ]);
    const { fixes } = records[0] as PositionsRecord;
    expect([
      fixes.responders,
      fixes.lngE5[1],
      fixes.speed[0],
      fixes.course[0],
      fixes.accuracy[0],
      fixes.battery[0],
    ]).toEqual([['r1', 'r2'], 12_055_123, 13, 0, 4, 71]);
  });

  it('[ING8] makes one record of what many requests bring at a time, but none of two sources or modes', async () => {
    await Promise.all([
      send([fix()]),
      send([fix({ responderId: 'r2' })]),
      send([fix({ fixAt: NOW - SECOND })], { mode: 'Exercise' }),
      send([fix({ fixAt: NOW - 2 * SECOND })], {}, phones),
    ]);
    expect((await positionsIn()).map(({ fixes, mode, source }) => [fixes.count, mode, source])).toEqual([
      [2, 'Test', 'dispatch'],
      [1, 'Exercise', 'dispatch'],
      [1, 'Actual', 'phones'],
    ]);
  });

  it('takes the columnar form like the other', async () => {
    const answer = valueOf(
      await ingest.takePositions(dispatch, {
        responders: ['r1', 'r2'],
        who: [0, 1, 0, 5, '0', [0]],
        lng: [120.5, 120.6, 120.5001, 120.5, 120.5, 120.5],
        lat: [27.5, 27.6, 27.5, 27.5, 27.5, 27.5],
        fixAt: [NOW, NOW, NOW + SECOND, NOW, NOW + 2 * SECOND, NOW + 3 * SECOND],
        speed: [1, null, 2, 3, 4, 5],
      }),
    );
    expect(answer).toMatchObject({
      taken: 3,
      refused: [3, 4, 5].map((index) => ({ index, field: 'who' })),
    });
    expect(fixesIn(await recordsOf(log)).map(({ who, lng }) => [who, lng])).toEqual([
      ['r1', 120.5],
      ['r2', 120.6],
      ['r1', 120.5001],
    ]);
  });

  it.each([
    [{ lng: 0, lat: 0 }, 'ingest.position.nullIsland', 'lng'],
    [{ lng: null }, 'ingest.position.notANumber', 'lng'],
    [{ lat: '27.5' }, 'ingest.position.notANumber', 'lat'],
    [{ lat: Number.NaN }, 'ingest.position.notANumber', 'lng'],
    [{ lng: Number.POSITIVE_INFINITY }, 'ingest.position.notANumber', 'lng'],
    [{ lng: 121 }, 'ingest.position.outOfBounds', 'lng'],
    [{ lat: 27.3 }, 'ingest.position.outOfBounds', 'lng'],
    [{ fixAt: NOW + 5 * MINUTE + 1 }, 'ingest.time.future', 'fixAt'],
    [{ fixAt: 0 }, 'ingest.time.unreadable', 'fixAt'],
    [{ fixAt: 'soon' }, 'ingest.time.unreadable', 'fixAt'],
    [{ responderId: '' }, 'request.invalid', 'responderId'],
    [{ responderId: 'stranger' }, 'ingest.position.notOnDuty', 'responderId'],
    [{ speed: -1 }, 'request.invalid', 'speed'],
    [{ battery: 101 }, 'request.invalid', 'battery'],
    [{ altitude: 3 }, 'request.invalid', 'altitude'],
  ])('[ING7] refuses %j as %s', async (over, code, field) => {
    const answer = await send([fix(over), fix({ responderId: 'r2' })]);
    expect(answer).toMatchObject({ taken: 1, refused: [{ index: 0, code, field }], counts: { [code]: 1 } });
    expect(fixesIn(await recordsOf(log)).map(({ who }) => who)).toEqual(['r2']);
    expect(ingest.counters.of(dispatch.id)).toEqual({ 'positions.taken': 1, [code]: 1 });
  });

  it('[ING7] refuses who would be faster than 300 km/h, and takes the next one that is not', async () => {
    const east = 1 / (111_195 * Math.cos((HERE.lat * Math.PI) / 180));
    const answer = await send([
      fix({ fixAt: NOW - 10 * SECOND }),
      fix({ fixAt: NOW - 9 * SECOND, lng: HERE.lng + 90 * east }),
      fix({ fixAt: NOW - 8 * SECOND, lng: HERE.lng + 90 * east }),
    ]);
    expect(answer).toMatchObject({ taken: 2, refused: [{ index: 1, code: 'ingest.position.tooFast' }] });
  });

  it('[ING7] refuses who would have been faster than 300 km/h before the newest fix, too', async () => {
    await send([fix()]);
    const { refused } = await send([fix({ fixAt: NOW - 10 * SECOND, lng: HERE.lng + 0.1 })]);
    expect(refused).toEqual([expect.objectContaining({ index: 0, code: 'ingest.position.tooFast' })]);
    expect((await send([fix({ fixAt: NOW - 10 * SECOND, lng: HERE.lng + 0.001 })])).counts).toEqual({
      late: 1,
    });
  });

  it('[ING7] knows after a restart where everybody was seen last', async () => {
    const [lngE5, latE5] = [HERE.lng * 100_000, HERE.lat * 100_000];
    ingest = makeIngest({
      log,
      clock,
      bounds: BOUNDS,
      logger: silent,
      onDuty: ['r1' as ResponderId],
      lastFixes: [{ responderId: 'r1' as ResponderId, lngE5, latE5, seconds: NOW / SECOND - 10 }],
    });
    expect((await send([fix({ lng: HERE.lng + 0.1 })])).refused).toEqual([
      expect.objectContaining({ code: 'ingest.position.tooFast' }),
    ]);
    expect((await send([fix()])).taken).toBe(1);
  });

  it('[ING7] still knows where somebody was when the newest fix could not be written', async () => {
    await send([fix({ fixAt: NOW - 10 * SECOND })]);
    log.failNext(1);
    await ingest.takePositions(dispatch, { fixes: [fix()] });
    expect((await send([fix({ fixAt: NOW + SECOND, lng: HERE.lng + 0.1 })])).refused).toEqual([
      expect.objectContaining({ code: 'ingest.position.tooFast' }),
    ]);
    expect((await send([fix()])).taken).toBe(1);
  });

  it('[ING7] takes a fix of one responder and second once', async () => {
    await send([fix()]);
    const answer = await send([
      fix({ lng: 120.551 }),
      fix({ fixAt: NOW + 999 }),
      fix({ fixAt: NOW + SECOND }),
    ]);
    expect(answer).toMatchObject({ taken: 1, counts: { 'ingest.position.repeated': 2 } });
  });

  it('[ING9] takes fixes out of order as late, once each', async () => {
    await send([fix()]);
    const older = fix({ fixAt: NOW - 20 * SECOND, lng: 120.551 });
    expect(await send([older])).toMatchObject({ taken: 1, counts: { late: 1 } });
    expect(await send([older])).toMatchObject({ taken: 0, counts: { 'ingest.position.repeated': 1 } });
  });

  it('[ING9] takes fixes older than ten minutes of anybody, because only history can say who was on duty', async () => {
    const answer = await send([
      fix({ responderId: 'yesterday', fixAt: NOW - 10 * MINUTE }),
      fix({ responderId: 'today', fixAt: NOW - 10 * MINUTE + SECOND }),
    ]);
    expect(answer).toMatchObject({ taken: 1, counts: { late: 1, 'ingest.position.notOnDuty': 1 } });
  });

  it('[ING9] follows check-ins and check-outs that went through this door', async () => {
    await sendEvent({ kind: 'responder.checkedOut', responderId: 'r1' });
    expect((await send([fix()])).counts).toEqual({ 'ingest.position.notOnDuty': 1 });
    await sendEvent({
      kind: 'responder.checkedIn',
      responderId: 'r1',
      responderKind: 'officer',
      callSign: 'A',
    });
    expect((await send([fix()])).taken).toBe(1);
  });

  it('[ING1] keeps nothing of a batch that could not be written, and takes it when it is sent again', async () => {
    log.failNext(1);
    const body = { fixes: [fix(), fix({ responderId: 'r2', fixAt: NOW - MINUTE })] };
    expect(await ingest.takePositions(dispatch, body)).toMatchObject({
      fault: { code: 'server.unavailable' },
    });
    expect(log.lastSeq()).toBe(0);
    expect(await send(body.fixes)).toMatchObject({ taken: 2 });
    expect(ingest.counters.of(dispatch.id)).toEqual({ 'positions.taken': 2 });
  });

  it('[ING1] does not call a fix repeated whose first copy is not on disk yet and does not get there', async () => {
    log.failNext(1);
    const [first, second] = await Promise.all([
      ingest.takePositions(dispatch, { fixes: [fix()] }),
      ingest.takePositions(dispatch, { fixes: [fix()] }),
    ]);
    expect([first.ok, second.ok]).toEqual([false, false]);
  });
});

describe('a source that checks newcomers in', () => {
  it('[ING10] checks somebody unknown in with the first fix, before the fix', async () => {
    const both = await Promise.all([
      send([fix({ responderId: 'p' }), fix({ responderId: 'p', fixAt: NOW - 90 * SECOND })], {}, phones),
      send([fix({ responderId: 'p', fixAt: NOW - SECOND })], {}, phones),
    ]);
    expect(both.map(({ taken }) => taken)).toEqual([2, 1]);
    const records = await recordsOf(log);
    expect(records[0]).toMatchObject({
      type: 'event',
      mode: 'Actual',
      at: Math.floor((NOW - 90 * SECOND) / MINUTE) * MINUTE,
      event: { kind: 'responder.checkedIn', responderId: 'p', responderKind: 'volunteer', callSign: 'p' },
    });
    expect(records.filter(({ type }) => type === 'event')).toHaveLength(1);
    for (const record of records) expect(record.at).toBeGreaterThanOrEqual(records[0]?.at ?? 0);
  });

  it('[ING10] leaves off duty who was checked out, over restarts too', async () => {
    const p = { responderId: 'p' };
    await send([fix(p)], {}, phones);
    await sendEvent({ kind: 'responder.checkedOut', ...p });
    expect((await send([fix({ ...p, fixAt: NOW + SECOND })], {}, phones)).taken).toBe(0);
    start([]);
    expect((await send([fix({ ...p, fixAt: NOW + SECOND })], {}, phones)).taken).toBe(0);
    await sendEvent({ kind: 'responder.checkedIn', ...p, responderKind: 'volunteer', callSign: 'P' });
    expect((await send([fix({ ...p, fixAt: NOW + SECOND })], {}, phones)).taken).toBe(1);
  });

  it('[ING10] does not check in for a fix that is refused anyway, or when the log fails', async () => {
    await send([fix({ responderId: 'p', lng: 0, lat: 0 })], {}, phones);
    expect(log.lastSeq()).toBe(0);
    log.failNext(1);
    const body = { fixes: [fix({ responderId: 'p' })] };
    expect(await ingest.takePositions(phones, body)).toMatchObject({ fault: { code: 'server.unavailable' } });
    expect(await send(body.fixes, {}, phones)).toMatchObject({ taken: 1 });
  });

  it('[ING1] keeps nothing of a batch whose newcomers cannot be checked in', async () => {
    log.failNext(1);
    const body = { key: 'b', fixes: [fix(), fix({ responderId: 'p' })] };
    expect(await ingest.takePositions(phones, body)).toMatchObject({ fault: { code: 'server.unavailable' } });
    expect(await send(body.fixes, { key: 'b' }, phones)).toMatchObject({ taken: 2, counts: {} });
    expect(fixesIn(await recordsOf(log))).toHaveLength(2);
  });
});

describe('a batch that cannot be told apart', () => {
  it.each([
    [7, ''],
    [{}, 'fixes'],
    [{ fixes: {} }, 'fixes'],
    [{ fixes: [], more: 1 }, 'more'],
    [{ fixes: [], key: '' }, 'key'],
    [{ fixes: [], mode: 'Real' }, 'mode'],
    [{ fixes: Array.from({ length: 20_001 }, () => 0) }, 'fixes'],
    [{ responders: ['a'], who: [0], lng: [1], lat: [1, 2], fixAt: [NOW] }, 'lat'],
    [{ responders: [''], who: [0], lng: [1], lat: [1], fixAt: [NOW] }, 'responders.0'],
    [{ responders: ['a'], who: [0], lng: [1], lat: [1] }, 'fixAt'],
  ])('[ING5] is refused as a whole with the field named (%#)', async (body, field) => {
    expect(await ingest.takePositions(dispatch, body)).toMatchObject({
      ok: false,
      fault: { code: 'request.invalid', field },
    });
  });
});
