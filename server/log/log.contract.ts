import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { seqNo } from '@maplewall/shared/domain/units.ts';
import { eventDraft, positionsDraft } from './record-drafts.fixture.ts';
import type { Log } from './log.ts';

/** What every driver of the log must do (rules LOG1–LOG6 of log.ts). */
export function describeLog(
  name: string,
  driver: { open(): Promise<Log>; reopens: boolean; clean(): Promise<void> },
): void {
  describe(`${name} as a log`, () => {
    let log: Log;
    beforeEach(async () => {
      log = await driver.open();
    });
    afterEach(async () => {
      await log.close();
      await driver.clean();
    });

    const all = async (after = 0): Promise<LogRecord[]> => {
      const found: LogRecord[] = [];
      for await (const records of log.read({ after: seqNo(after) })) found.push(...records);
      return found;
    };

    it('[LOG2] numbers records 1, 2, 3 … in the order of the drafts', async () => {
      const answers = await Promise.all([
        log.append([eventDraft('a'), eventDraft('b')]),
        log.append([eventDraft('c')]),
      ]);
      expect(answers.flat().map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect((await all()).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
      expect(log.lastSeq()).toBe(3);
    });

    it('[LOG3] a record sent twice gets the first answer and no second place', async () => {
      await log.append([eventDraft('a')]);
      expect(await log.append([eventDraft('b'), eventDraft('a'), eventDraft('b')])).toEqual([
        { seq: 2, repeated: false },
        { seq: 1, repeated: true },
        { seq: 2, repeated: true },
      ]);
      expect(await all()).toHaveLength(2);
    });

    it('[LOG3] the same key of another source is another record, and no key is never repeated', async () => {
      await log.append([eventDraft('a'), { ...eventDraft('a'), source: 'other' as SourceId }]);
      await log.append([positionsDraft(1), positionsDraft(1)]);
      expect(await all()).toHaveLength(4);
    });

    it('[LOG4] gives records back as they were', async () => {
      const drafts = [eventDraft('a'), positionsDraft(3), positionsDraft(700), positionsDraft(0)];
      await log.append(drafts);
      expect(await all()).toEqual(drafts.map((draft, index) => ({ ...draft, seq: index + 1 })));
      const chosen: LogRecord[] = [];
      for await (const records of log.read({ seqs: [seqNo(3), seqNo(1), seqNo(99)] }))
        chosen.push(...records);
      expect(chosen.map(({ seq }) => seq)).toEqual([3, 1]);
      const events: LogRecord[] = [];
      const seqs = drafts.map((_, index) => seqNo(index + 1));
      for await (const records of log.read({ seqs, eventsOnly: true })) events.push(...records);
      expect(events).toEqual((await all()).filter(({ type }) => type === 'event'));
    });

    it('[LOG5] followers get each record once and in order, whenever they begin', async () => {
      await log.append(Array.from({ length: 2_500 }, (_, index) => eventDraft(`early ${index}`)));
      const seen: number[] = [];
      const following = log.follow(seqNo(10), (records) => seen.push(...records.map(({ seq }) => seq)));
      const appends = Array.from({ length: 20 }, (_, index) => log.append([eventDraft(`late ${index}`)]));
      await Promise.all(appends);
      await following.caughtUp;
      await log.append([eventDraft('last')]);
      expect(seen).toEqual(Array.from({ length: 2_521 - 10 }, (_, index) => index + 11));
      following.stop();
      await log.append([eventDraft('unseen')]);
      expect(seen.at(-1)).toBe(2_521);
    });

    it('[LOG6] takes nothing after it was closed', async () => {
      await log.close();
      await expect(log.append([eventDraft('a')])).rejects.toThrow(/closed/);
    });

    if (driver.reopens)
      it('[LOG6] holds everything at the next opening, and goes on counting', async () => {
        await log.append([eventDraft('a'), positionsDraft(5)]);
        await log.close();
        log = await driver.open();
        expect(log.lastSeq()).toBe(2);
        expect(await log.append([eventDraft('a'), eventDraft('b')])).toEqual([
          { seq: 1, repeated: true },
          { seq: 3, repeated: false },
        ]);
      });
  });
}
