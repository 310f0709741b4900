import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordDraft } from '@maplewall/shared/domain/record.ts';
import { minuteOf, seqNo, type Seq } from '@maplewall/shared/domain/units.ts';
import { PositionsRemover } from './forgotten.ts';
import type { Log } from './log.ts';
import { ReadOnlyLog } from './read-only-log.ts';
import { eventDraft, positionsDraft } from './record-drafts.fixture.ts';
import { openSqliteLog } from './sqlite-log.ts';

const MINUTE = minuteOf(positionsDraft(1).at);
const keyed = (key: string): RecordDraft => ({ ...positionsDraft(3), key });
const seqs = (...numbers: readonly number[]): Seq[] => numbers.map(seqNo);

let folder = '';
let file = '';
let log: Log;
let remover: PositionsRemover;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-forgotten-'));
  file = join(folder, 'log.db');
  log = await openSqliteLog({ file });
  remover = new PositionsRemover(file);
});
afterEach(async () => {
  remover.close();
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

async function read(after = 0): Promise<number[]> {
  const found: number[] = [];
  for await (const group of log.read({ after: seqNo(after) })) found.push(...group.map(({ seq }) => seq));
  return found;
}

describe('positions that are forgotten', () => {
  it('[LOG7] are not read any more, by nobody, and everything else is', async () => {
    await log.append([positionsDraft(2), eventDraft('a'), keyed('b'), positionsDraft(2), eventDraft('c')]);
    remover.remove(MINUTE, seqs(1, 2, 3, 5));
    expect(await read()).toEqual([2, 4, 5]);
    const some: number[] = [];
    for await (const group of log.read({ seqs: seqs(1, 2, 3, 4) })) some.push(...group.map(({ seq }) => seq));
    expect(some).toEqual([2, 4]);
    const other = new ReadOnlyLog(file);
    expect(other.after(seqNo(0), 10).map(({ seq }) => seq)).toEqual([2, 4, 5]);
    expect([other.one(seqNo(1)), other.one(seqNo(3))]).toEqual([undefined, undefined]);
    expect([...other.forgottenMinutes()]).toEqual([MINUTE]);
    other.close();
    expect(remover.heads(MINUTE, seqs(1, 2, 3, 4))).toMatchObject([
      { seq: 2, isPositions: false },
      { seq: 4, isPositions: true },
    ]);
  });

  it('[LOG2] [LOG3] leave their keys known and their numbers used, over a restart too', async () => {
    await log.append([keyed('a'), positionsDraft(2), keyed('b'), positionsDraft(2)]);
    remover.remove(MINUTE, seqs(1, 2, 3, 4));
    await log.close();
    log = await openSqliteLog({ file });
    // The last record stays, so that its number is not given out again.
    expect(log.lastSeq()).toBe(4);
    expect(await log.append([keyed('b'), keyed('a'), eventDraft('c')])).toEqual([
      { seq: 3, repeated: true },
      { seq: 1, repeated: true },
      { seq: 5, repeated: false },
    ]);
    expect(await read()).toEqual([4, 5]);
  });

  it('are only those of the minute that is named', async () => {
    const later = { ...positionsDraft(2), at: (positionsDraft(2).at + 60_000) as RecordDraft['at'] };
    await log.append([positionsDraft(2), later, eventDraft('a')]);
    remover.remove(MINUTE, seqs(1, 2));
    expect(await read()).toEqual([2, 3]);
    expect(remover.heads(MINUTE, seqs(1, 2, 3)).map(({ seq }) => seq)).toEqual([3]);
  });

  it('[LOG5] do not hold up a follower, wherever they lie', async () => {
    const drafts = Array.from({ length: 2_400 }, (_, index) => keyed(`k${index}`));
    await log.append(drafts);
    const seen: number[] = [];
    remover.remove(
      MINUTE,
      Array.from({ length: 2_300 }, (_, index) => seqNo(index + 50)),
    );
    const following = log.follow(seqNo(0), (records) => seen.push(...records.map(({ seq }) => seq)));
    await following.caughtUp;
    await log.append([eventDraft('last')]);
    const left = Array.from({ length: 2_400 }, (_, index) => index + 1).filter(
      (seq) => seq < 50 || seq >= 2_350,
    );
    expect(seen).toEqual([...left, 2_401]);
  });

  it('were never in a log of the version before, which is taken over as it is', async () => {
    await log.append([eventDraft('a'), positionsDraft(2)]);
    await log.close();
    const old = new DatabaseSync(file);
    old.exec('DROP TABLE forgotten; PRAGMA user_version = 1');
    old.close();
    log = await openSqliteLog({ file });
    expect(await read()).toEqual([1, 2]);
    remover.remove(MINUTE, seqs(2));
    expect(await read()).toEqual([1, 2]);
    await log.append([eventDraft('b')]);
    remover.remove(MINUTE, seqs(2));
    expect(await read()).toEqual([1, 3]);
  });
});
