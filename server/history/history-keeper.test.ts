import { copyFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { IncidentId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs, lat, lng, minuteNo, minuteOf } from '@maplewall/shared/domain/units.ts';
import { HOUR_COUNTER_INDEX } from '@maplewall/shared/world/hour-counts.ts';
import { arbitraryRecords, ARBITRARY_START } from '@maplewall/shared/world/records.arbitrary.ts';
import { Archive, AREAS, fixed, freshHashes, happened, played } from './event-time.fixture.ts';
import { HourFold } from './hour-fold.ts';
import { PrecinctFold } from './precinct-fold.ts';

const MINUTE = 60_000;
const RECEIVED = HOUR_COUNTER_INDEX.get('received') ?? Number.NaN;
const FIRST = minuteOf(epochMs(ARBITRARY_START));
/** A moment of the archive's day, by minute and second. */
const at = (minute: number, second = 0): number => ARBITRARY_START + minute * MINUTE + second * 1_000;

let archive: Archive | undefined;
afterEach(async () => {
  await archive?.close();
  archive = undefined;
});

async function openArchive(): Promise<Archive> {
  archive = await Archive.open(at(120));
  return archive;
}

const checkIn = (responder: string): CityEvent => ({
  kind: 'responder.checkedIn',
  responderId: responder as ResponderId,
  responderKind: 'sentry',
  callSign: responder,
});
const incident = (id: string): CityEvent => ({
  kind: 'incident.received',
  incidentId: id as IncidentId,
  category: 'traffic',
  priority: 2,
  lng: lng(120.55),
  lat: lat(27.58),
  place: '象岗路',
});

/** Minutes whose segment does not begin and end with the world of a fresh fold (so each also ends where the next begins). */
async function wrongMinutes(of: Archive): Promise<readonly number[]> {
  const minutes = [...of.segments().keys()];
  const all = minutes.flatMap((minute) => [minute, minuteNo(minute + 1)]);
  const truth = freshHashes(await of.records(), all);
  const wrong = minutes.filter((minute) => {
    const bytes = of.store.segment(minute)?.bytes ?? new Uint8Array();
    const { start, end } = played(bytes);
    return start !== truth.get(minute) || end !== truth.get(minuteNo(minute + 1));
  });
  return wrong.map((minute) => minute - FIRST);
}

/** As a door would make it: the time of a group of fixes is that of its oldest. */
const asDraft = (record: LogRecord): RecordDraft =>
  record.type === 'event'
    ? record
    : { ...record, at: epochMs(Math.min(...record.fixes.fixAtSeconds) * 1_000) };

const happening = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('take' as const), records: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('work' as const), steps: fc.integer({ min: 1, max: 15 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('ask' as const), minute: fc.integer({ min: -80, max: 200 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), record: fc.nat(60) }) },
);

describe('history', () => {
  it('holds at each minute the world of a fresh fold in event time, whatever came late, twice, or was asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecords(70),
        fc.array(happening, { maxLength: 30 }),
        async (given, happenings) => {
          const of = await Archive.open(at(0) + 400 * 86_400_000);
          try {
            const drafts = given.map(asDraft);
            let taken = 0;
            for (const happened of happenings) {
              if (happened.do === 'take') {
                await of.append(...drafts.slice(taken, taken + happened.records));
                taken = Math.min(drafts.length, taken + happened.records);
              } else if (happened.do === 'work') of.work(happened.steps);
              else if (happened.do === 'ask') of.ask(minuteNo(FIRST + happened.minute));
              else if (happened.do === 'restart') of.restart();
              else await of.append(...drafts.slice(0, taken).slice(happened.record, happened.record + 1));
            }
            await of.append(...drafts.slice(taken));
            of.finish();
            expect(await wrongMinutes(of)).toEqual([]);
          } finally {
            await of.close();
          }
        },
      ),
      { seed: 20_261_126, numRuns: 40 },
    );
  }, 240_000);

  it('makes the minute of a late record anew, and those after it only as far as they change', async () => {
    const of = await openArchive();
    await of.append(happened(at(0), checkIn('r1')));
    for (let minute = 0; minute < 30; minute += 1) {
      await of.append(fixed(at(minute, 10), 'r1', 12_055_000 + minute));
      await of.append(happened(at(minute, 20), incident('J-1')));
    }
    of.finish();
    const before = of.segments();
    expect(before.size).toBe(30);
    // A place that the responder was at in minute 10, after the last fix of that minute.
    await of.append(fixed(at(10, 40), 'r1', 12_056_000, 55 * MINUTE));
    const sealer = of.sealer();
    sealer.indexSome(of.now);
    expect(sealer.sealRun(minuteNo(FIRST + 10), minuteNo(FIRST + 60), 100)).toBe(3);
    const changed = [...of.segments()].filter(([minute, etag]) => before.get(minute) !== etag);
    // Minute 12 begins with another speed, because the fix before its last one is another.
    expect(changed.map(([minute]) => minute - FIRST)).toEqual([10, 11, 12]);
    expect(await wrongMinutes(of)).toEqual([]);
  });

  it('carries what came late over hours without records', async () => {
    const of = await openArchive();
    for (const minute of [0, 5, 60]) await of.append(happened(at(minute, 5), checkIn(`r${minute}`)));
    of.finish();
    await of.append(happened(at(0, 30), incident('J-late'), 70 * MINUTE));
    of.finish();
    expect(await wrongMinutes(of)).toEqual([]);
  });

  it('carries on what came late when its minute was asked for before it was due', async () => {
    const of = await openArchive();
    for (let minute = 0; minute < 8; minute += 1)
      await of.append(happened(at(minute), checkIn(`r${minute}`)));
    of.finish();
    await of.append(happened(at(3, 30), incident('J-late'), 50 * MINUTE));
    expect(played(of.ask(minuteNo(FIRST + 3)) ?? new Uint8Array()).start).toBeDefined();
    of.finish();
    expect(await wrongMinutes(of)).toEqual([]);
  });

  it('carries on what came late to two minutes when the earlier one is asked for, and the later one waits', async () => {
    for (const asked of [[0], [3], [0, 3], [3, 0], [6, 0], [0, 6], []]) {
      const of = await openArchive();
      for (const minute of [0, 3, 6]) await of.append(happened(at(minute), checkIn(`r${minute}`)));
      of.finish();
      for (const minute of [0, 3])
        await of.append(happened(at(minute, 30), incident(`J-${minute}`), 50 * MINUTE));
      for (const minute of asked) of.ask(minuteNo(FIRST + minute));
      of.finish();
      expect([asked, await wrongMinutes(of)]).toEqual([asked, []]);
      await of.close();
      archive = undefined;
    }
  });

  it('goes on making later minutes anew after a restart in the middle of it', async () => {
    const of = await openArchive();
    for (let minute = 0; minute < 70; minute += 1)
      await of.append(happened(at(minute), checkIn(`r${minute}`)));
    of.finish();
    await of.append(happened(at(1), incident('J-late'), 100 * MINUTE));
    const sealed = of.segments();
    const anew = (): number =>
      [...of.segments()].filter(([minute, etag]) => sealed.get(minute) !== etag).length;
    for (let step = 0; step < 60 && anew() === 0; step += 1) of.work(1);
    // Some are made, the rest waits.
    expect(anew()).toBeGreaterThan(0);
    expect(of.store.dirtyCount()).toBeGreaterThan(0);
    of.restart();
    of.finish();
    expect(await wrongMinutes(of)).toEqual([]);
  });

  it('gives what is sealed again byte by byte, and after a restart too', async () => {
    const of = await openArchive();
    for (let minute = 0; minute < 5; minute += 1)
      await of.append(happened(at(minute), checkIn(`r${minute}`)));
    of.finish();
    const before = of.segments();
    const bytes = of.ask(minuteNo(FIRST + 2));
    of.work(40);
    of.restart();
    of.finish();
    expect(of.segments()).toEqual(before);
    expect(of.ask(minuteNo(FIRST + 2))).toEqual(bytes);
  });

  it('answers nothing for a minute that is not over, lies before all records, or is still to come', async () => {
    const of = await openArchive();
    await of.append(happened(at(3), checkIn('r1')));
    expect(of.ask(minuteNo(FIRST + 2))).toBeUndefined();
    expect(of.ask(minuteNo(FIRST + 3))).toBeDefined();
    // No record lies there, but the world is known.
    expect(of.ask(minuteNo(FIRST + 50))).toBeDefined();
    expect(of.ask(minuteOf(epochMs(of.now)))).toBeUndefined();
    expect(of.ask(minuteNo(FIRST + 100_000))).toBeUndefined();
    expect(await wrongMinutes(of)).toEqual([]);
  });

  it('begins anew when an older copy of the log was put back', async () => {
    const of = await openArchive();
    for (const minute of [0, 1, 2]) await of.append(happened(at(minute), checkIn(`r${minute}`)));
    await of.append(happened(at(1, 10), incident('J-gone')));
    of.finish();
    expect(of.segments().size).toBe(3);
    const counted = (one: Archive) => [
      one.store.cells(0, 1e9),
      one.store.precinctDays('2000', '2100'),
      one.store.incidents(0, 1e9),
    ];
    expect(counted(of).map(({ length }) => length)).toEqual([1, 1, 1]);
    // Closing it brings everything into the one file.
    of.restart();
    const copy = await Archive.open(of.now);
    try {
      await copy.append(happened(at(0), checkIn('r0')));
      copy.restart(() => copyFileSync(of.file, copy.file));
      copy.finish();
      expect([...copy.segments().keys()]).toEqual([FIRST]);
      // What is gone from the log is counted nowhere.
      expect(counted(copy)).toEqual([[], [], []]);
      // What comes then has numbers that history had seen before.
      await copy.append(happened(at(7), checkIn('r7')));
      copy.finish();
      expect([...copy.segments().keys()]).toEqual([FIRST, FIRST + 7]);
      expect(await wrongMinutes(copy)).toEqual([]);
    } finally {
      await copy.close();
    }
  });

  it('counts without sealing, and then seals the one minute that is asked for', async () => {
    const of = await openArchive();
    await of.append(happened(at(0), checkIn('r0')), happened(at(3), incident('J1')));
    of.count(5);
    expect([...of.store.hours(0, 1e9).values()].map((counts) => counts[RECEIVED])).toEqual([1]);
    expect([...of.segments().keys()]).toEqual([]);
    expect(of.ask(minuteNo(FIRST + 3))).toBeDefined();
    expect([...of.segments().keys()]).toEqual([FIRST + 3]);
    expect(await wrongMinutes(of)).toEqual([]);
  });

  it('counts each hour as a fresh fold of the events does, also what came late or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecords(60), fc.integer({ min: 1, max: 20 }), async (given, atATime) => {
        const of = await Archive.open(at(0) + 400 * 86_400_000);
        try {
          const drafts = given.map(asDraft);
          for (let next = 0; next < drafts.length; next += atATime) {
            await of.append(...drafts.slice(next, next + atATime));
            of.work(2);
          }
          of.finish();
          // An hour later at the latest.
          of.now += 3_700_000;
          of.work(3);
          const fold = new HourFold(new PrecinctFold(AREAS));
          const events = (await of.records()).filter((record) => record.type === 'event');
          for (const record of events.toSorted((a, b) => a.at - b.at || a.seq - b.seq)) fold.take(record);
          const hours = [...fold.changed()]
            .map(([hour, { counts }]) => [hour, counts] as const)
            .toSorted(([a], [b]) => a - b);
          const kept = of.store.hours(0, 1e9);
          expect(hours.map(([hour]) => [hour, kept.get(hour)])).toEqual(hours);
        } finally {
          await of.close();
        }
      }),
      { seed: 20_261_127, numRuns: 25 },
    );
  }, 240_000);
});
