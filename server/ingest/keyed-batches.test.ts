import { beforeEach, describe, expect, it } from 'vitest';
import { memoryLog, type MemoryLog } from '../log/memory-log.ts';
import { fakeClock, fixesIn, MINUTE, NOW, recordsOf, SECOND, type FakeClock } from './gateway.fixture.ts';
import { dispatch, fix, ingestInto, sendEventTo, sendFixes } from './ingest.fixture.ts';
import type { Ingest } from './ingest.ts';

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

const send = (fixes: readonly object[], over: object = {}) => sendFixes(ingest, fixes, over);
const checkIn = (responderId: string) =>
  sendEventTo(ingest, {
    kind: 'responder.checkedIn',
    responderId,
    responderKind: 'volunteer',
    callSign: 'V',
  });

describe('a batch of positions with a key', () => {
  it('[ING4] is taken once, over restarts too', async () => {
    const batch = [fix(), fix({ fixAt: NOW - 2 * MINUTE }), fix({ responderId: 'r2' })];
    expect(await send(batch, { key: 'b1' })).toMatchObject({ taken: 3 });
    start(['r1', 'r2']);
    clock.pass(MINUTE);
    expect(await send(batch, { key: 'b1' })).toMatchObject({
      taken: 0,
      counts: { 'ingest.position.repeated': 3 },
    });
    expect(fixesIn(await recordsOf(log))).toHaveLength(3);
    expect(await send(batch, { key: 'b2' })).toMatchObject({ taken: 0 });
  });

  it('[ING4] is taken once, although some of its fixes are known by then and others are not', async () => {
    // Two fixes of one minute, on either side of the 1,024 seconds in which a repeated fix is recognised.
    const minute = Math.floor((NOW - 1_100 * SECOND) / MINUTE) * MINUTE;
    const batch = [10, 30, 1_040].map((seconds) => fix({ fixAt: minute + seconds * SECOND }));
    expect(await send(batch, { key: 'b1' })).toMatchObject({ taken: 3 });
    expect(await send(batch, { key: 'b1' })).toMatchObject({
      taken: 0,
      counts: { 'ingest.position.repeated': 3 },
    });
    expect(fixesIn(await recordsOf(log))).toHaveLength(3);
  });

  it('[ING4] [LOG7] that is sent again when its positions are forgotten does not bring them back', async () => {
    const batch = [fix(), fix({ fixAt: NOW - 2 * MINUTE }), fix({ responderId: 'r2' })];
    await send(batch, { key: 'b1' });
    const records = await recordsOf(log);
    for (const { seq } of records) log.forget(seq);
    start(['r1', 'r2']);
    expect(await send(batch, { key: 'b1' })).toMatchObject({
      taken: 0,
      counts: { 'ingest.position.repeated': 3 },
    });
    expect(await recordsOf(log)).toEqual([]);
  });

  it('[ING1] [ING4] that is sent again brings what was refused at first, once', async () => {
    const minute = Math.floor((NOW - 2 * MINUTE) / MINUTE) * MINUTE;
    const batch = ['r1', 'late1', 'late2', 'r2'].map((responderId) => fix({ responderId, fixAt: minute }));
    const again = async (): Promise<unknown> => {
      const { taken, refused, counts } = await send(batch, { key: 'b' });
      const repeated = counts['ingest.position.repeated'] ?? 0;
      expect(taken + repeated + refused.filter(({ code }) => code.endsWith('notOnDuty')).length).toBe(4);
      return taken;
    };
    expect(await again()).toBe(2);
    await checkIn('late1');
    expect(await again()).toBe(1);
    expect(await again()).toBe(0);
    await checkIn('late2');
    // Nothing of it is remembered, all comes from the log.
    start(['r1', 'r2', 'late1', 'late2']);
    expect(await again()).toBe(1);
    start(['r1', 'r2', 'late1', 'late2']);
    expect(await again()).toBe(0);
    expect(fixesIn(await recordsOf(log)).map(({ who }) => who)).toEqual(['r1', 'r2', 'late1', 'late2']);
  });

  it('[ING1] is not taken when the rest of it cannot be written, and is when it is sent again', async () => {
    const batch = { key: 'b', fixes: [fix(), fix({ responderId: 'p' })] };
    await ingest.takePositions(dispatch, batch);
    await checkIn('p');
    log.failNext(1, 1);
    expect(await ingest.takePositions(dispatch, batch)).toMatchObject({
      fault: { code: 'server.unavailable' },
    });
    expect(await ingest.takePositions(dispatch, batch)).toMatchObject({ value: { taken: 1 } });
    expect(fixesIn(await recordsOf(log)).map(({ who }) => who)).toEqual(['r1', 'p']);
  });
});
