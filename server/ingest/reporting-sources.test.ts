import { beforeEach, describe, expect, it } from 'vitest';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { Source } from '../access/source-keys.ts';
import { memoryLog, type MemoryLog } from '../log/memory-log.ts';
import {
  BOUNDS,
  fakeClock,
  HERE,
  NOW,
  recordsOf,
  SECOND,
  silent,
  type FakeClock,
} from './gateway.fixture.ts';
import { dispatch, fix, phones, sendEventTo, sendFixes } from './ingest.fixture.ts';
import { makeIngest, type Ingest } from './ingest.ts';

const tags: Source = { id: 'tags' as SourceId, mode: 'Test', autoCheckIn: false };
const radios: Source = { id: 'radios' as SourceId, mode: 'Test', autoCheckIn: false };

let log: MemoryLog;
let clock: FakeClock;
let ingest: Ingest;
const start = (through: Readonly<Record<string, string>>, onDuty = ['r1', 'r2']): void => {
  const responders = Object.entries(through).map(([id, source]) => {
    return { id: id as ResponderId, reportsThrough: source as SourceId };
  });
  ingest = makeIngest({
    log,
    clock,
    bounds: BOUNDS,
    logger: silent,
    onDuty: onDuty as ResponderId[],
    ageing: { sources: [tags.id, radios.id], responders },
  });
};
beforeEach(() => {
  log = memoryLog();
  clock = fakeClock();
  start({});
});

/** [responder, source or '', who wrote it, when it happened in seconds after NOW] */
const told = async (): Promise<readonly unknown[]> =>
  (await recordsOf(log)).flatMap(({ type, at, source, ...record }) =>
    type === 'event' && 'event' in record && record.event.kind === 'responder.reportsThrough'
      ? [[record.event.responderId, record.event.source ?? '', source, (at - NOW) / SECOND]]
      : [],
  );
let second = 0;
const seen = async (responderId: string, source: Source): Promise<void> => {
  second += 1;
  clock.now = () => epochMs(NOW + second * SECOND);
  const { taken } = await sendFixes(ingest, [fix({ responderId, fixAt: NOW + second * SECOND })], {}, source);
  expect(taken).toBe(1);
};

describe('[ING13] the log', () => {
  beforeEach(() => {
    second = 0;
  });

  it('is told when somebody’s fixes begin to come through a source with ages of its own, another one, or none', async () => {
    for (const source of [dispatch, tags, tags, radios, dispatch, phones]) await seen('r1', source);
    await seen('r2', tags);
    expect(await told()).toEqual([
      ['r1', 'tags', 'tags', 2],
      ['r1', 'radios', 'radios', 4],
      ['r1', '', 'dispatch', 5],
      ['r2', 'tags', 'tags', 7],
    ]);
  });

  it('is told of phones that send one fix at a time, too', async () => {
    const one = { responderId: 'r1' as ResponderId, ...HERE, fixAt: epochMs(NOW) };
    const fault = await ingest.takeFix(tags, one, 'R 1');
    expect(fault).toBeUndefined();
    expect(await told()).toEqual([['r1', 'tags', 'tags', 0]]);
  });

  it('is told by the newest fix alone, and of nobody who is not on duty', async () => {
    await seen('r1', dispatch);
    const late = [
      fix({ fixAt: NOW - 5 * SECOND }),
      fix({ responderId: 'nobody', fixAt: NOW - 3_600 * SECOND }),
    ];
    expect((await sendFixes(ingest, late, {}, tags)).counts).toEqual({ late: 2 });
    expect(await told()).toEqual([]);
  });

  it('is told anew after a check-out and a check-in, not after a check-in alone', async () => {
    const checkIn = {
      kind: 'responder.checkedIn',
      responderId: 'r1',
      responderKind: 'sentry',
      callSign: 'S',
    };
    await seen('r1', tags);
    await sendEventTo(ingest, checkIn, { key: 'in' });
    await seen('r1', tags);
    await sendEventTo(ingest, { kind: 'responder.checkedOut', responderId: 'r1' });
    await sendEventTo(ingest, checkIn, { key: 'in again' });
    await seen('r1', tags);
    expect(await told()).toEqual([
      ['r1', 'tags', 'tags', 1],
      ['r1', 'tags', 'tags', 3],
    ]);
  });

  it('is not told again what it says already when the gateway starts', async () => {
    start({ r1: 'tags', r2: 'of an older pack' });
    await seen('r1', tags);
    await seen('r2', dispatch);
    expect(await told()).toEqual([]);
    await seen('r1', dispatch);
    expect(await told()).toEqual([['r1', '', 'dispatch', 3]]);
  });

  it('is told with the next fix what could not be written', async () => {
    log.failNext(1);
    await ingest.takePositions(tags, { fixes: [fix()] });
    await seen('r1', tags);
    expect(await told()).toEqual([['r1', 'tags', 'tags', 1]]);
  });

  it('is told of a batch with a key whose fixes could not be written, with the next fix at the latest', async () => {
    log.failNext(2);
    expect((await ingest.takePositions(tags, { key: 'batch', fixes: [fix()] })).ok).toBe(false);
    await seen('r1', tags);
    expect(await told()).toEqual([['r1', 'tags', 'tags', 1]]);
  });

  it('believes a platform that passes on what several networks measure', async () => {
    await sendEventTo(ingest, { kind: 'responder.reportsThrough', responderId: 'r1', source: 'tags' });
    await seen('r1', tags);
    expect(await told()).toEqual([['r1', 'tags', 'dispatch', 0]]);
  });
});
