import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { IncidentId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs, lat, lng, minuteNo, minuteOf, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { ARBITRARY_START, arbitraryRecords } from '@maplewall/shared/world/records.arbitrary.ts';
import { WorldKeeper } from '../projection/world-keeper.ts';
import { Archive, fixed, freshHashes, happened, played } from './event-time.fixture.ts';
import { retain, verified } from './retention.fixture.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 20, 8);
const FIRST = minuteOf(epochMs(START));
const KEEP_DAYS = 3;
/** A moment, by minute and second after the first. */
const at = (minute: number, second = 0): number => START + minute * MINUTE + second * 1_000;

let archive: Archive | undefined;
afterEach(async () => {
  await archive?.close();
  archive = undefined;
});

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

/** Ten minutes that are old, each with a fix, some with an event; the log's last record is a young event. All is sealed. */
async function oldMinutes(): Promise<Archive> {
  const of = await Archive.open(at(20));
  archive = of;
  await of.append(happened(at(0), checkIn('r1')));
  for (let minute = 0; minute < 10; minute += 1) {
    await of.append({
      ...fixed(at(minute, 10), 'r1', 12_055_000 + minute * 3),
      key: minute % 2 === 0 ? `k${minute}` : '',
    });
    await of.append(fixed(at(minute, 40), 'r1', 12_055_000 + minute * 3 + 1));
    if (minute % 3 === 0) await of.append(happened(at(minute, 20), incident(`J-${minute}`)));
  }
  of.finish();
  of.now = at(0) + 5 * DAY;
  await of.append(happened(of.now - 10 * MINUTE, checkIn('r2')));
  of.finish();
  return of;
}

const kinds = async (of: Archive): Promise<Record<string, number>> => {
  const records = await of.records();
  return {
    events: records.filter(({ type }) => type === 'event').length,
    positions: records.filter(({ type }) => type === 'positions').length,
  };
};

/** Minutes whose segment does not begin and end as a fresh fold of these records does. */
function wrongMinutes(of: Archive, records: readonly LogRecord[]): readonly number[] {
  const minutes = [...of.segments().keys()];
  const truth = freshHashes(
    records,
    minutes.flatMap((minute) => [minute, minuteNo(minute + 1)]),
  );
  return minutes
    .filter((minute) => {
      const { start, end } = played(of.store.segment(minute)?.bytes ?? new Uint8Array());
      return start !== truth.get(minute) || end !== truth.get(minuteNo(minute + 1));
    })
    .map((minute) => minute - FIRST);
}

describe('retention', () => {
  it('takes old positions out of the log, and neither events nor segments nor counts', async () => {
    const of = await oldMinutes();
    const before = {
      segments: of.segments(),
      hours: of.store.hours(0, 1e9),
      incidents: of.store.incidents(0, 1e9),
    };
    expect(await kinds(of)).toEqual({ events: 6, positions: 20 });
    expect(retain(of, 30)).toBe(true);
    expect(await kinds(of)).toEqual({ events: 6, positions: 20 });
    retain(of, KEEP_DAYS);
    expect(await kinds(of)).toEqual({ events: 6, positions: 0 });
    of.restart();
    of.finish();
    expect({
      segments: of.segments(),
      hours: of.store.hours(0, 1e9),
      incidents: of.store.incidents(0, 1e9),
    }).toEqual(before);
    expect(verified(of, FIRST)).toEqual({
      lines: [],
      summary: { segments: 11, waiting: 0, final: 10, seams: 0, recordsAfter: 0, faults: 0 },
    });
    // A batch that is sent again is known; the present comes up from a log with holes.
    const again: RecordDraft = { ...fixed(at(2, 10), 'r1', 12_055_006), key: 'k2' };
    expect(await of.log.append([again])).toMatchObject([{ repeated: true }]);
    const keeper = await WorldKeeper.open(of.log, `${of.folder}/world.snapshot`);
    expect(keeper.world.incidents.size + keeper.world.responders.size).toBeGreaterThan(1);
    await keeper.stop();
  });

  it('goes on wherever it was cut off, and nothing is wrong in between', async () => {
    const of = await oldMinutes();
    const before = of.segments();
    const records = await of.records();
    let cuts = 0;
    const isDone = (): boolean =>
      of.store.final.count() === 10 && of.store.final.unclearedAfter(minuteNo(0)) === undefined;
    for (; !isDone() && cuts < 100; cuts += 1) {
      retain(of, KEEP_DAYS, 1);
      of.restart();
      of.work(2);
      expect([cuts, of.segments(), verified(of, FIRST).lines]).toEqual([cuts, before, []]);
    }
    // A step of its own each: to mark the minutes, to take out of each, to look whether there are more.
    expect(cuts).toBeGreaterThan(10);
    expect(cuts).toBeLessThan(100);
    expect(await kinds(of)).toEqual({ events: 6, positions: 0 });
    expect(wrongMinutes(of, records)).toEqual([]);
  });

  it('is killed in the middle of a step and leaves nothing wrong', async () => {
    const of = await oldMinutes();
    const records = await of.records();
    const before = of.segments();
    for (const lines of [1, 4]) {
      const module = new URL('retain-for-ever-worker.ts', import.meta.url).pathname;
      const child = spawn(process.execPath, [module, of.folder, String(of.now), String(KEEP_DAYS)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = 0;
      for await (const _ of createInterface({ input: child.stdout })) if ((said += 1) >= lines) break;
      child.kill('SIGKILL');
      await once(child, 'exit');
      of.restart();
      of.work(2);
      expect([of.segments(), verified(of, FIRST).lines]).toEqual([before, []]);
    }
    for (let pass = 0; pass < 2; pass += 1) retain(of, KEEP_DAYS);
    expect(await kinds(of)).toEqual({ events: 6, positions: 0 });
    expect(wrongMinutes(of, records)).toEqual([]);
  });

  it('leaves a minute alone that came lately, waits, or has a segment that does not say the same', async () => {
    const of = await oldMinutes();
    // Minute 2 has a record that came yesterday, minute 4 a broken segment, minute 6 one that waits.
    await of.append(fixed(at(2, 50), 'r1', 12_055_500, 4 * DAY));
    of.finish();
    const history = new DatabaseSync(of.file);
    history.exec(`UPDATE segments SET etag = 'another' WHERE minute = ${FIRST + 4}`);
    history.exec(`INSERT INTO dirty VALUES (${FIRST + 6}, 0)`);
    history.close();
    retain(of, KEEP_DAYS);
    const final = Array.from({ length: 10 }, (_, minute) => minute).filter((minute) =>
      of.store.final.has(minuteNo(FIRST + minute)),
    );
    expect(final).toEqual([0, 1, 3, 5, 7, 8, 9]);
    expect(await kinds(of)).toEqual({ events: 6, positions: 7 });
  });

  it('waits until history knows what the log has', async () => {
    const of = await oldMinutes();
    await of.append(
      happened(at(3, 30), incident('J-late'), 100),
      happened(of.now - MINUTE, incident('J-now')),
    );
    retain(of, KEEP_DAYS);
    expect(await kinds(of)).toEqual({ events: 8, positions: 20 });
    of.finish();
    retain(of, KEEP_DAYS);
    expect(await kinds(of)).toEqual({ events: 8, positions: 0 });
    expect(of.store.final.recordsAfter()).toBe(0);
  });
});

describe('a minute that is final', () => {
  it('is not made anew for what comes late, which is counted by the hour, told, and forgotten in its time', async () => {
    const of = await oldMinutes();
    retain(of, KEEP_DAYS);
    const before = of.segments();
    const received = [...of.store.incidents(0, 1e9)].length;
    await of.append(
      happened(at(4, 30), incident('J-late'), 5 * DAY),
      fixed(at(4, 31), 'r1', 12_055_900, 5 * DAY),
    );
    of.now += 40 * MINUTE;
    of.finish();
    of.work(5);
    expect(of.segments()).toEqual(before);
    expect(of.ask(minuteNo(FIRST + 4))).toEqual(of.store.segment(minuteNo(FIRST + 4))?.bytes);
    expect(of.store.incidents(0, 1e9)).toHaveLength(received + 1);
    expect(verified(of, FIRST)).toMatchObject({
      lines: [],
      summary: { waiting: 0, recordsAfter: 2, faults: 0 },
    });
    retain(of, KEEP_DAYS);
    expect(await kinds(of)).toEqual({ events: 7, positions: 1 });
    of.now += 4 * DAY;
    await of.append(happened(of.now - MINUTE, checkIn('r3')));
    of.finish();
    retain(of, KEEP_DAYS);
    expect(await kinds(of)).toEqual({ events: 8, positions: 0 });
    expect(of.segments().get(minuteNo(FIRST + 4))).toBe(before.get(minuteNo(FIRST + 4)));
  });

  it('gives the minute after it the world to begin with, of which the log lacks the half', async () => {
    const of = await oldMinutes();
    const records = await of.records();
    retain(of, KEEP_DAYS);
    const quiet = happened(at(10, 30), incident('J-late'), 5 * DAY);
    const young = happened(of.now - 10 * MINUTE + 5_000, incident('J-young'));
    await of.append(quiet, young);
    of.restart();
    of.finish();
    const gained = (await of.records()).slice(-2);
    expect(gained).toHaveLength(2);
    expect(wrongMinutes(of, [...records, ...gained])).toEqual([]);
    expect(verified(of, FIRST).lines).toEqual([]);
  });

  it('ends what came late before it, at a seam that verifying knows', async () => {
    const of = await oldMinutes();
    retain(of, KEEP_DAYS);
    const before = of.segments();
    await of.append(happened(at(-30), checkIn('r-early'), 5 * DAY));
    of.finish();
    expect(
      [...of.segments()]
        .filter(([minute, etag]) => before.get(minute) !== etag)
        .map(([minute]) => minute - FIRST),
    ).toEqual([-30]);
    expect(verified(of, FIRST)).toMatchObject({ lines: [], summary: { seams: 1, faults: 0 } });
  });

  it('stays when history is made again from an older copy of the log, and that copy is thinned again', async () => {
    const of = await oldMinutes();
    of.restart();
    const copy = `${of.folder}/copy.db`;
    const original = new DatabaseSync(of.logFile);
    original.exec(`VACUUM INTO '${copy}'`);
    original.close();
    await of.append(happened(of.now - 9 * MINUTE, checkIn('r-newer')));
    of.finish();
    retain(of, KEEP_DAYS);
    const before = of.segments();
    const older = await Archive.open(of.now);
    try {
      await older.log.close();
      older.restart(() => {
        for (const ending of ['', '-wal', '-shm']) rmSync(`${older.logFile}${ending}`, { force: true });
        copyFileSync(copy, older.logFile);
        const history = new DatabaseSync(of.file);
        rmSync(older.file);
        history.exec(`VACUUM INTO '${older.file}'`);
        history.close();
      });
      older.finish();
      const old = [...older.segments()].filter(([minute]) => minute < FIRST + 10);
      expect(old).toEqual([...before].filter(([minute]) => minute < FIRST + 10));
      retain(older, KEEP_DAYS);
      const log = new DatabaseSync(older.logFile);
      expect(log.prepare('SELECT count(*) AS n FROM records WHERE form IN (1, 2)').get()).toEqual({ n: 0 });
      log.close();
      expect(verified(older, FIRST).lines).toEqual([]);
    } finally {
      await older.close();
    }
  });

  it('is lost with its file, which is told, and what follows is made from the events that are left', async () => {
    const of = await oldMinutes();
    retain(of, KEEP_DAYS);
    of.restart(() => {
      for (const ending of ['', '-wal', '-shm']) rmSync(`${of.file}${ending}`, { force: true });
    });
    of.finish();
    expect(of.ask(minuteNo(FIRST + 4))).toBeUndefined();
    expect([...of.segments().keys()].filter((minute) => minute < FIRST + 10)).toEqual([]);
    expect(of.segments().size).toBe(1);
    const { lines, summary } = verified(of, FIRST);
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe(
      '0 The segment is lost, and the positions that it was made of are not in the log any more.',
    );
    expect(summary.recordsAfter).toBe(0);
  });
});

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
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('ask' as const), minute: fc.integer({ min: -80, max: 200 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('retain' as const),
      isSettled: fc.boolean(),
      steps: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

/** As a door would make it: the time of a group of fixes is that of its oldest. */
const asDraft = (record: LogRecord): RecordDraft =>
  record.type === 'event'
    ? record
    : { ...record, at: epochMs(Math.min(...record.fixes.fixAtSeconds) * 1_000) };

describe('history whose log forgets', () => {
  it('is whole after anything that may happen, and a final minute never changes', async () => {
    const first = minuteOf(epochMs(ARBITRARY_START));
    let finals = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecords(60),
        fc.array(happening, { minLength: 8, maxLength: 20, size: 'max' }),
        async (given, happenings) => {
          const of = await Archive.open(ARBITRARY_START + 400 * DAY);
          try {
            const drafts = given.map(asDraft);
            const kept = new Map<MinuteNo, string | undefined>();
            const records: LogRecord[] = [];
            let taken = 0;
            const append = async (some: readonly RecordDraft[]): Promise<void> => {
              for (const [index, { seq, repeated }] of (await of.log.append(some)).entries()) {
                const draft = some[index];
                if (draft !== undefined && !repeated) records.push({ ...draft, seq });
              }
            };
            const take = async (count: number): Promise<void> => {
              await append(drafts.slice(taken, taken + count));
              taken += count;
            };
            for (const each of happenings) {
              if (each.do === 'take') await take(each.records);
              else if (each.do === 'work') of.work(each.steps);
              else if (each.do === 'ask') of.ask(minuteNo(first + each.minute));
              else if (each.do === 'restart') of.restart();
              else {
                // Retention goes by a clock only as far as records bear it out.
                await append([happened(of.now - MINUTE, incident(`J-${of.now}`))]);
                if (each.isSettled) of.finish();
                retain(of, KEEP_DAYS, each.steps);
              }
              for (const [minute, etag] of of.segments())
                if (of.store.final.has(minute) && !kept.has(minute)) kept.set(minute, etag);
              const now = of.segments();
              expect([...kept].filter(([minute, etag]) => now.get(minute) !== etag)).toEqual([]);
            }
            await take(drafts.length);
            of.finish();
            finals += kept.size;
            const { lines, summary } = verified(of, first);
            expect(lines).toEqual([]);
            // What came too late for a final minute is in no segment, so only then all of them must be those of a fresh fold.
            const isAll = summary.recordsAfter === 0 && summary.seams === 0;
            expect(isAll ? wrongMinutes(of, records) : []).toEqual([]);
          } finally {
            await of.close();
          }
        },
      ),
      { seed: 20_261_128, numRuns: 15 },
    );
    // Otherwise it proved nothing.
    expect(finals).toBeGreaterThan(20);
  }, 240_000);
});
