import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { seqNo } from '@maplewall/shared/domain/units.ts';
import { eventDraft, positionsDraft } from './record-drafts.fixture.ts';
import { describeLog } from './log.contract.ts';
import { ReadOnlyLog } from './read-only-log.ts';
import { memoryLog } from './memory-log.ts';
import { openSqliteLog } from './sqlite-log.ts';

let folder = '';
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-log-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describeLog('memory', {
  open: () => Promise.resolve(memoryLog()),
  reopens: false,
  clean: () => Promise.resolve(),
});
describeLog('SQLite', {
  open: () => openSqliteLog({ file: join(folder, `${count}.db`) }),
  reopens: true,
  clean: async () => {
    count += 1;
  },
});

describe('a log whose disk fails', () => {
  it('[LOG1] refuses the append and keeps nothing of it', async () => {
    const log = memoryLog();
    log.failNext(1);
    await expect(log.append([eventDraft('a')])).rejects.toThrow('could not be written');
    expect(log.lastSeq()).toBe(0);
    expect(await log.append([eventDraft('a')])).toEqual([{ seq: 1, repeated: false }]);
  });
});

describe('a log in SQLite', () => {
  it('[LOG1] [LOG5] keeps nothing of an append that fails, for nobody, and goes on', async () => {
    const file = join(folder, 'failing.db');
    const log = await openSqliteLog({ file });
    const seen: number[] = [];
    log.follow(seqNo(0), (records) => seen.push(...records.map(({ seq }) => seq)));
    await log.append([eventDraft('a')]);
    const other = new DatabaseSync(file);
    other.exec(
      "CREATE TRIGGER full BEFORE INSERT ON records WHEN NEW.key = 'c' BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
    );
    await expect(log.append([eventDraft('b'), positionsDraft(2), eventDraft('c')])).rejects.toThrow(
      'disk is full',
    );
    expect(log.lastSeq()).toBe(1);
    other.exec('DROP TRIGGER full');
    other.close();
    await log.append([positionsDraft(2), eventDraft('c')]);
    expect(seen).toEqual([1, 2, 3]);
    await log.close();
    const again = await openSqliteLog({ file });
    const records: LogRecord[] = [];
    for await (const group of again.read({ after: seqNo(0) })) records.push(...group);
    expect(records.map(({ key, type }) => [key, type])).toEqual([
      ['a', 'event'],
      ['', 'positions'],
      ['c', 'event'],
    ]);
    expect(records[1]).toEqual({ ...positionsDraft(2), seq: 2 });
    await again.close();
  });

  it('is not made of a file that holds something else, nor of one of another version', async () => {
    const file = join(folder, 'other.db');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE things (name TEXT)');
    await expect(openSqliteLog({ file })).rejects.toThrow('is not a log of this version');
    other.close();
    await expect(openSqliteLog({ file: folder })).rejects.toThrow(/unable to open/);
  });

  it('[LOG3] finds a key without looking at every record', async () => {
    const file = join(folder, 'keys.db');
    await (await openSqliteLog({ file })).close();
    const database = new DatabaseSync(file);
    const plan = database
      .prepare("EXPLAIN QUERY PLAN SELECT seq FROM records WHERE source = ? AND key = ? AND key <> ''")
      .all('a', 'b');
    database.close();
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH records USING COVERING INDEX records_by_key (source=? AND key=?)',
    ]);
  });

  it('[LOG4] is read from another thread while it grows', async () => {
    const file = join(folder, 'two.db');
    const log = await openSqliteLog({ file });
    const reader = new ReadOnlyLog(file);
    await log.append([positionsDraft(2), eventDraft('a')]);
    expect(reader.after(seqNo(0), 10)).toEqual([
      { ...positionsDraft(2), seq: 1 },
      { ...eventDraft('a'), seq: 2 },
    ]);
    const more = positionsDraft(5);
    await log.append([{ ...more, fixes: { ...more.fixes, responders: ['new one', 'r1'] as ResponderId[] } }]);
    expect(reader.one(seqNo(3))).toMatchObject({ fixes: { responders: ['new one', 'r1'] } });
    reader.close();
    await log.close();
  });
});

describe('a process that is killed', () => {
  it('[LOG1] has every record that it acknowledged, without a gap', async () => {
    for (let round = 0; round < 3; round += 1) {
      const file = join(folder, `killed-${round}.db`);
      const child = spawn(
        process.execPath,
        [new URL('append-for-ever-worker.ts', import.meta.url).pathname, file],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      let acknowledged = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged = Number(line);
        if (acknowledged > 2_000 * (round + 1)) break;
      }
      child.kill('SIGKILL');
      await once(child, 'exit');
      const log = await openSqliteLog({ file });
      expect(log.lastSeq()).toBeGreaterThanOrEqual(acknowledged);
      let next = 1;
      for await (const records of log.read({ after: seqNo(0) }))
        for (const { seq } of records) expect(seq).toBe(next++);
      await log.close();
    }
  });
});
