import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { LogRecord, PositionsDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs, minuteOf, seqNo, startOfMinute } from '@maplewall/shared/domain/units.ts';
import type { Log } from './log.ts';
import { ReadOnlyLog } from './read-only-log.ts';
import { eventDraft, positionsDraft } from './record-drafts.fixture.ts';
import { openSqliteLog } from './sqlite-log.ts';
import { PositionsThinner } from './thinned.ts';

const MINUTE = minuteOf(positionsDraft(1).at);
const START = startOfMinute(MINUTE) / 1_000;
const ALL = [1, 2, 3, 4, 5, 6].map(seqNo);

/** Fixes by responder and second of the minute. */
function fixes(key: string, ...given: readonly (readonly [who: string, second: number])[]): PositionsDraft {
  const draft = positionsDraft(given.length);
  const responders = [...new Set(given.map(([who]) => who as ResponderId))];
  return {
    ...draft,
    at: epochMs((START + Math.min(...given.map(([, second]) => second))) * 1_000),
    key,
    fixes: {
      ...draft.fixes,
      responders,
      who: Uint32Array.from(given, ([who]) => responders.indexOf(who as ResponderId)),
      fixAtSeconds: Uint32Array.from(given, ([, second]) => START + second),
    },
  };
}
const shown = (record: LogRecord): string =>
  record.type === 'event'
    ? `${record.seq} event`
    : `${record.seq} ${[...record.fixes.who]
        .map((who, row) => `${record.fixes.responders[who]}:${(record.fixes.fixAtSeconds[row] ?? 0) - START}`)
        .join(' ')}`;

let folder = '';
let log: Log;
let thinner: PositionsThinner;
const read = async (query: Parameters<Log['read']>[0] = { after: seqNo(0) }): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const group of log.read(query)) found.push(...group.map(shown));
  return found;
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-thinned-'));
  const file = join(folder, 'log.db');
  log = await openSqliteLog({ file });
  thinner = new PositionsThinner(file, 30);
  await log.append([
    fixes('a', ['r1', 5], ['r2', 40], ['r1', 35]),
    fixes('', ['r1', 10], ['r1', 40]),
    eventDraft('event'),
    fixes('b', ['r1', 20], ['r2', 50]),
    // Came later, and was measured before all others.
    fixes('', ['r1', 3], ['r3', 59]),
    fixes('c', ['r3', 58]),
  ]);
  await log.append([eventDraft('last')]);
});
afterEach(async () => {
  thinner.close();
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

const THINNED = ['1 r2:40 r1:35', '3 event', '5 r1:3', '6 r3:58', '7 event'];

describe('positions that are thinned', () => {
  it('leave the first fix of each responder in each half minute, in whatever record it stands', async () => {
    expect(thinner.thin(MINUTE, ALL, 200)).toEqual({ changed: 4, left: 0 });
    expect(await read()).toEqual(THINNED);
    expect(thinner.thin(MINUTE, ALL, 200)).toEqual({ changed: 0, left: 0 });
  });

  it('are the same when it was cut off after any record and begun again', async () => {
    for (let left = 4; left > 0; left -= 1)
      expect(thinner.thin(MINUTE, ALL, 1)).toEqual({ changed: 1, left: left - 1 });
    expect(await read()).toEqual(THINNED);
  });

  it('[LOG3] are known by their keys, and are no whole record to whoever has to know all of it', async () => {
    thinner.thin(MINUTE, ALL, 200);
    const again = await log.append([fixes('a', ['r1', 5]), fixes('b', ['r1', 20])]);
    expect(again).toEqual([
      { seq: 1, repeated: true },
      { seq: 4, repeated: true },
    ]);
    expect(await read({ seqs: ALL, wholeOnly: true })).toEqual(['3 event', '6 r3:58']);
    const other = new ReadOnlyLog(join(folder, 'log.db'));
    expect([other.isWhole(seqNo(1), seqNo(2)), other.isWhole(seqNo(6), seqNo(8))]).toEqual([false, true]);
    expect([other.wholeFrom(), [...other.forgottenMinutes()]]).toEqual([6, [MINUTE]]);
    other.close();
  });

  it('are neither of another minute nor the last record of the log', async () => {
    await log.append([fixes('', ['r1', 6], ['r1', 7])]);
    expect(thinner.thin(MINUTE, [seqNo(8)], 200)).toEqual({ changed: 0, left: 0 });
    expect(thinner.thin((MINUTE + 1) as typeof MINUTE, ALL, 200)).toEqual({ changed: 0, left: 0 });
    expect((await read()).at(-1)).toBe('8 r1:6 r1:7');
  });
});
