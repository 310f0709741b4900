import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, minuteNo, minuteOf, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { Archive, fixed, freshHashes, happened, played } from './event-time.fixture.ts';
import { checkIn, openRetention, verified } from './retention.fixture.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** 16:00 in the city, of three days one after the other. */
const START = Date.UTC(2026, 10, 20, 8);
const FIRST = minuteOf(epochMs(START));
const MIDNIGHT = minuteOf(epochMs(START + 8 * 60 * MINUTE));
const RULES = { keepPositionsDays: 3, keepSegmentsDays: 4 };
const at = (day: number, minute: number, second = 0): number =>
  START + day * DAY + minute * MINUTE + second * 1_000;

let archive: Archive | undefined;
afterEach(async () => {
  await archive?.close();
  archive = undefined;
});

/** Four minutes of each of three days, with fixes in all but the last; the first day is old, and everything is sealed. */
async function threeDays(): Promise<Archive> {
  const of = await Archive.open(at(2, 30));
  archive = of;
  await of.append(happened(at(0, 0), checkIn('r1')));
  for (const day of [0, 1, 2])
    for (const minute of [0, 1, 2, 3])
      await of.append(
        happened(at(day, minute, 20), checkIn(`r${day}${minute}`)),
        ...(minute < 3 ? [fixed(at(day, minute, 10), 'r1', 12_055_000 + day * 9 + minute)] : []),
      );
  of.finish();
  of.now = at(5, 0);
  await of.append(happened(of.now - MINUTE, checkIn('r9')));
  of.finish();
  return of;
}
function passes(of: Archive, steps = Number.POSITIVE_INFINITY): void {
  for (let pass = 0; pass < 2; pass += 1) {
    const retention = openRetention(of, RULES);
    for (let step = 0; step < steps && retention.step() === 100; step += 1);
    retention.close();
  }
}
/** Minutes that have a segment, as day and minute. */
const sealed = (of: Archive): readonly string[] =>
  [...of.segments().keys()].map(
    (minute) => `${Math.floor((minute - FIRST) / 1_440)}:${(minute - FIRST) % 1_440}`,
  );
/** Of the first day the last one that has positions stays: what follows goes on from its world. */
const LEFT = ['0:2', '1:0', '1:1', '1:2', '1:3', '2:0', '2:1', '2:2', '2:3', '4:1439'];

function wrongFrom(of: Archive, from: MinuteNo, records: readonly LogRecord[]): readonly MinuteNo[] {
  const minutes = [...of.segments().keys()].filter((minute) => minute >= from);
  const truth = freshHashes(
    records,
    minutes.flatMap((minute) => [minute, minuteNo(minute + 1)]),
  );
  return minutes.filter((minute) => {
    const { start, end } = played(of.store.segment(minute)?.bytes ?? new Uint8Array());
    return start !== truth.get(minute) || end !== truth.get(minuteNo(minute + 1));
  });
}

describe('segments of old days', () => {
  it('go by whole days, after the positions of these; counts and events stay, and nothing of the rest is another', async () => {
    const of = await threeDays();
    const records = await of.records();
    const hours = of.store.hours(0, 1e9);
    passes(of);
    expect([of.store.replayFrom.minute, sealed(of)]).toEqual([MIDNIGHT, LEFT]);
    of.restart();
    of.finish();
    expect([of.store.hours(0, 1e9), sealed(of)]).toEqual([hours, LEFT]);
    expect([of.ask(minuteNo(FIRST + 1)), of.ask(minuteNo(FIRST + 2))]).toEqual([undefined, undefined]);
    expect((await of.records()).filter(({ type }) => type === 'event')).toEqual(
      records.filter(({ type }) => type === 'event'),
    );
    expect(verified(of, FIRST).lines).toEqual([]);
    expect(wrongFrom(of, MIDNIGHT, records)).toEqual([]);
  });

  it('are not made again for what comes late, and what comes late afterwards goes on from the right world', async () => {
    const of = await threeDays();
    const records = await of.records();
    passes(of);
    await of.append(
      happened(at(0, 1, 30), checkIn('late-in-gone-day'), 5 * DAY),
      happened(at(0, 40), checkIn('late-between'), 5 * DAY),
      happened(at(2, 3, 40), checkIn('late-in-kept-day'), 3 * DAY),
    );
    of.finish();
    expect(sealed(of)).toEqual(LEFT);
    const [, between, kept] = (await of.records()).slice(-3);
    if (between === undefined || kept === undefined) throw new Error('nothing came late');
    // Final minutes keep what they have; of the others the one that got a record has it.
    expect(verified(of, FIRST).lines).toEqual([]);
    expect(of.store.isDirty(minuteOf(epochMs(at(0, 40))))).toBe(false);
    expect(wrongFrom(of, minuteNo(FIRST + 2 * 1_440 + 3), [...records, kept]).length).toBe(0);
  });

  it('take the positions with them that come late for such a day, when these are old enough themselves', async () => {
    const of = await threeDays();
    passes(of);
    const late = [at(0, 40), at(0, 3, 30), at(0, 1, 30)];
    await of.append(...late.map((each) => fixed(each, 'r1', 12_055_500, of.now - each)));
    of.finish();
    passes(of);
    const fixes = async (): Promise<readonly number[]> =>
      (await of.records()).flatMap((record) =>
        record.type === 'event' ? [] : [...record.fixes.fixAtSeconds].map((second) => second * 1_000),
      );
    expect((await fixes()).filter((each) => each < at(1, 0))).toEqual(late);
    expect([of.store.final.recordsAfter(), verified(of, FIRST).lines]).toEqual([3, []]);
    of.now += 10 * DAY;
    await of.append(happened(of.now - MINUTE, checkIn('r10')));
    of.finish();
    passes(of);
    expect([await fixes(), verified(of, FIRST).lines]).toEqual([[], []]);
  });

  it('stay for as many days after they came, as an import of old days would else be gone when it is read', async () => {
    const of = await Archive.open(at(100, 0));
    archive = of;
    await of.append(
      happened(at(0, 0), checkIn('a'), 99 * DAY),
      happened(at(0, 5), checkIn('b'), 99 * DAY),
      happened(of.now - MINUTE, checkIn('c')),
    );
    of.finish();
    passes(of);
    expect(of.store.replayFrom.minute).toBe(0);
    of.now += 3.5 * DAY;
    await of.append(happened(of.now - MINUTE, checkIn('d')));
    of.finish();
    passes(of);
    expect(of.store.replayFrom.minute).toBe(MIDNIGHT);
  });

  it('stay where a minute of the day waits, is not right, or has positions that came lately', async () => {
    for (const spoil of [
      `INSERT INTO dirty VALUES (${FIRST + 3}, 0)`,
      `UPDATE segments SET etag = 'another' WHERE minute = ${FIRST + 1}`,
    ]) {
      const of = await threeDays();
      const before = sealed(of);
      const history = new DatabaseSync(of.file);
      history.exec(spoil);
      history.close();
      passes(of);
      expect([of.store.replayFrom.minute, sealed(of)]).toEqual([0, before]);
      await of.close();
      archive = undefined;
    }
    const of = await threeDays();
    const before = sealed(of);
    await of.append(fixed(at(0, 1, 50), 'r1', 12_055_900, 4.5 * DAY));
    of.finish();
    passes(of);
    expect([of.store.replayFrom.minute, sealed(of)]).toEqual([0, before]);
  });

  it('that stay because of a minute that is not right are told with each pass', async () => {
    const of = await threeDays();
    const history = new DatabaseSync(of.file);
    history.exec(`UPDATE segments SET etag = 'another' WHERE minute IN (${FIRST + 1}, ${FIRST + 2})`);
    history.close();
    const retention = openRetention(of, RULES);
    for (let pass = 0; pass < 2; pass += 1) while (retention.step() === 100);
    retention.close();
    const found = { first: FIRST + 1, minutes: 2 };
    expect([retention.told, retention.notRight()]).toEqual([[found, found], found]);
  });

  it('do not go by a clock that is years ahead of the newest record', async () => {
    const of = await threeDays();
    const before = [await of.records(), sealed(of)];
    of.now += 365 * DAY;
    const retention = openRetention(of, { keepPositionsDays: 6, keepSegmentsDays: 7 });
    for (let pass = 0; pass < 2; pass += 1) while (retention.step() === 100);
    retention.close();
    expect([await of.records(), sealed(of)]).toEqual(before);
  });

  it('go the same wherever it was cut off', async () => {
    const of = await threeDays();
    const records = await of.records();
    for (let cuts = 0; sealed(of).length > LEFT.length; cuts += 1) {
      // A pass looks at what is old from its beginning, so each goes a step further than the one before.
      passes(of, cuts + 1);
      of.restart();
      of.work(1);
      expect([cuts < 30, verified(of, FIRST).lines]).toEqual([true, []]);
    }
    of.finish();
    expect(sealed(of)).toEqual(LEFT);
    expect(wrongFrom(of, MIDNIGHT, records)).toEqual([]);
  });
});
