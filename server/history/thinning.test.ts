import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { epochMs, minuteNo, minuteOf, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { Archive, fixed, happened, played } from './event-time.fixture.ts';
import { positionsLeft } from './positions-left.ts';
import type { RetentionRules } from './retention-rules.ts';
import { checkIn, openRetention, retain, verified } from './retention.fixture.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 20, 8);
const FIRST = minuteOf(epochMs(START));
const BEHIND_MS = 5_000;
const DONE_MS = 6 * 3_600_000;
const THIN = { afterDays: 3, toSeconds: 30 };
const at = (minute: number, second = 0): number => START + minute * MINUTE + second * 1_000;

let archive: Archive | undefined;
afterEach(async () => {
  await archive?.close();
  archive = undefined;
});

/** Five minutes that are old, each with a fix every five seconds; the log's last record is a young event. All is sealed. */
async function oldMinutes(): Promise<Archive> {
  const of = await Archive.open(at(20));
  archive = of;
  await of.append(happened(at(0), checkIn('r1')));
  for (let second = 0; second < 300; second += 5)
    await of.append({
      ...fixed(at(0, second), 'r1', 12_055_000 + second),
      key: second % 2 === 0 ? `k${second}` : '',
    });
  of.finish();
  of.now = at(0) + 5 * DAY;
  await of.append(happened(of.now - 10 * MINUTE, checkIn('r2')));
  of.finish();
  return of;
}
/** Seconds since the beginning at which somebody was seen, by the log. */
const seconds = async (of: Archive): Promise<readonly number[]> =>
  (await of.records()).flatMap((record) =>
    record.type === 'event' ? [] : [...record.fixes.fixAtSeconds].map((second) => second - START / 1_000),
  );
const HALF_MINUTES = Array.from({ length: 10 }, (_, index) => index * 30);
const thinned = (of: Archive, steps?: number): boolean => retain(of, undefined, steps, THIN);
const ends = (of: Archive): readonly string[] =>
  [...of.segments().keys()].map(
    (minute: MinuteNo) => played(of.store.segment(minute)?.bytes ?? new Uint8Array()).end,
  );

describe('positions by the rule of thinning', () => {
  it('are one for each responder in so many seconds; replay, counts and verifying stay as they were', async () => {
    const of = await oldMinutes();
    const before = { segments: of.segments(), ends: ends(of), hours: of.store.hours(0, 1e9) };
    expect(thinned(of)).toBe(true);
    expect(await seconds(of)).toEqual(HALF_MINUTES);
    // It is said of a minute by the pass after, when the disk has it.
    expect(of.store.final.unclearedAfter(minuteNo(0))).toBeDefined();
    thinned(of);
    expect(of.store.final.unclearedAfter(minuteNo(0))).toBeUndefined();
    of.restart();
    of.finish();
    expect({ segments: of.segments(), ends: ends(of), hours: of.store.hours(0, 1e9) }).toEqual(before);
    expect(verified(of, FIRST)).toMatchObject({ lines: [], summary: { final: 5, faults: 0 } });
  });

  it('are the same wherever it was cut off, and nothing is wrong in between', async () => {
    const of = await oldMinutes();
    const before = of.segments();
    let cuts = 0;
    for (; of.store.final.unclearedAfter(minuteNo(0)) !== undefined || cuts < 2; cuts += 1) {
      thinned(of, 1);
      of.restart();
      of.work(2);
      expect([cuts < 60, of.segments(), verified(of, FIRST).lines]).toEqual([true, before, []]);
    }
    expect(await seconds(of)).toEqual(HALF_MINUTES);
  });

  it('come under it while records keep coming in, late ones when they are old enough themselves', async () => {
    const of = await oldMinutes();
    const retention = openRetention(of, { thinPositions: THIN });
    let waits = 0;
    for (let step = 0; step < 40; step += 1) {
      await of.append(happened(of.now - MINUTE, checkIn(`r${step + 10}`)));
      // A minute that something comes for before it is final waits until that is old as well.
      if (of.store.final.has(minuteNo(FIRST + 2)))
        await of.append(fixed(at(2, 7), 'r1', 12_055_900, of.now - at(2, 7)));
      if (step % 2 === 1) of.work(1);
      // While history does not know all of the log yet, nothing is begun.
      if (retention.step() === BEHIND_MS) waits += 1;
    }
    retention.close();
    expect(waits).toBeGreaterThan(0);
    expect(verified(of, FIRST).lines).toEqual([]);
    of.finish();
    thinned(of);
    const late = (await seconds(of)).filter((second) => second === 127).length;
    expect(late).toBeGreaterThan(0);
    expect((await seconds(of)).filter((second) => second !== 127)).toEqual(HALF_MINUTES);
    of.now += 4 * DAY;
    await of.append(happened(of.now - MINUTE, checkIn('r3')));
    of.finish();
    for (let pass = 0; pass < 2; pass += 1) thinned(of);
    expect(await seconds(of)).toEqual(HALF_MINUTES);
    expect(verified(of, FIRST)).toMatchObject({ lines: [], summary: { recordsAfter: late, faults: 0 } });
  });

  it('are taken out in their time, when both rules hold', async () => {
    const of = await oldMinutes();
    for (let pass = 0; pass < 2; pass += 1) retain(of, 30, undefined, THIN);
    expect(await seconds(of)).toEqual(HALF_MINUTES);
    of.now += 30 * DAY;
    await of.append(happened(of.now - MINUTE, checkIn('r3')));
    of.finish();
    for (let pass = 0; pass < 2; pass += 1) retain(of, 30, undefined, THIN);
    expect(await seconds(of)).toEqual([]);
    expect(of.store.final.anyEmptied(FIRST, minuteNo(FIRST + 1))).toBe(true);
    // A file from before that was noted by itself says the same.
    of.restart(() => {
      const history = new DatabaseSync(of.file);
      history.exec('ALTER TABLE final DROP COLUMN emptied');
      history.close();
    });
    expect(of.store.final.anyEmptied(FIRST, minuteNo(FIRST + 1))).toBe(true);
    expect(verified(of, FIRST)).toMatchObject({ lines: [], summary: { final: 5, faults: 0 } });
  });
  it('may be taken along when the rule is withdrawn, but not where another one took some out before', async () => {
    const of = await oldMinutes();
    const left = (rules: RetentionRules, minute: number) =>
      positionsLeft(of.store.final, rules, of.now, { from: FIRST, to: minuteNo(FIRST + minute) });
    expect(left({}, 5)).toBe('whole');
    for (let pass = 0; pass < 2; pass += 1) thinned(of);
    expect(left({ thinPositions: THIN }, 5)).toBe('thinned');
    expect(left({}, 5)).toBe('thinned');
    expect(left({ keepPositionsDays: 4 }, 5)).toBe('forgotten');
    // One step looks at one minute: the first has a late fix that is too young to go.
    await of.append(fixed(at(0, 7), 'r1', 12_055_900, of.now - at(0, 7)), happened(of.now, checkIn('r3')));
    of.finish();
    retain(of, 4, 1);
    expect(await seconds(of)).toContain(7);
    for (let pass = 0; pass < 2; pass += 1) thinned(of);
    expect(left({}, 5)).toBe('forgotten');
    of.restart();
    expect(left({ thinPositions: THIN }, 1)).toBe('forgotten');
  });

  it('are taken out while records keep coming in, and that comes to its end', async () => {
    const of = await oldMinutes();
    const before = of.segments();
    const retention = openRetention(of, { keepPositionsDays: THIN.afterDays });
    const waited: number[] = [];
    for (let step = 0; waited.at(-1) !== DONE_MS; step += 1) {
      await of.append(happened(of.now - 9 * MINUTE, checkIn(`r${step + 10}`)));
      if (step % 2 === 1) of.work(1);
      waited.push(retention.step());
      expect(step).toBeLessThan(200);
    }
    retention.close();
    expect(new Set(waited)).toEqual(new Set([BEHIND_MS, 100, DONE_MS]));
    expect(await seconds(of)).toEqual([]);
    of.finish();
    const now = of.segments();
    expect([...before].filter(([minute, etag]) => minute < FIRST + 5 && now.get(minute) !== etag)).toEqual(
      [],
    );
    expect(verified(of, FIRST).lines).toEqual([]);
  });
});
