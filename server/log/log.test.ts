import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seqNo } from '@maplewall/shared/domain/units.ts';
import { eventDraft } from './record-drafts.fixture.ts';
import { describeLog } from './log.contract.ts';
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
