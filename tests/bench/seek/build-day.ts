import { stat } from 'node:fs/promises';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, minuteNo, minuteOf, seqNo } from '@maplewall/shared/domain/units.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import { sealMinute } from '@maplewall/server/history/seal-minute.ts';
import { SegmentStore } from '@maplewall/server/history/segment-store.ts';
import { RowWriter } from './row-store.ts';
import { toColumns, WalkingDay, type LastPlaces, type SecondOfFixes } from './walking-day.ts';

export const DAY = '2026-11-20';
export const TIME_ZONE = 'Asia/Shanghai';
export const DAY_STARTS_AT_SECONDS = Date.UTC(2026, 10, 19, 16) / 1_000;
const PEOPLE = 2_568;
const SEED = 20_261_123;

export interface BuiltDay {
  readonly ids: readonly ResponderId[];
  readonly fixes: number;
  readonly rowFiles: { readonly indexed: string; readonly clustered: string };
  /** Second of the day → where everybody was, kept while the day was made. */
  readonly truths: ReadonlyMap<number, LastPlaces>;
  readonly bytes: { readonly segments: number; readonly indexed: number; readonly clustered: number };
}

/**
 * Makes a day in a gateway's data folder: its segments by the sealer's very code, and beside them the same fixes as rows, of
 * all minutes or of the first ones.
 */
export async function buildDay(
  folder: string,
  minutes: number,
  checkedSeconds: ReadonlySet<number>,
  say: (line: string) => void,
  rowMinutes = minutes,
): Promise<BuiltDay> {
  const segmentsFile = `${folder}/history.db`;
  const rowFiles = { indexed: `${folder}/indexed.db`, clustered: `${folder}/clustered.db` };
  const day = new WalkingDay(PEOPLE, SEED, DAY_STARTS_AT_SECONDS);
  const store = new SegmentStore(segmentsFile);
  const rows = new RowWriter(rowFiles.indexed, day.ids);
  const world = emptyWorld();
  const truths = new Map<number, LastPlaces>();
  let seq = 0;
  let fixes = 0;
  const spentMs = { segments: 0, rows: 0 };
  const timed = (what: keyof typeof spentMs, work: () => void): void => {
    const began = performance.now();
    work();
    spentMs[what] += performance.now() - began;
  };

  const first = minuteOf(epochMs(DAY_STARTS_AT_SECONDS * 1_000));
  for (let index = 0; index < minutes; index += 1) {
    const minute = minuteNo(first + index);
    const records: LogRecord[] = index === 0 ? day.ids.map((id) => checkIn(id, ++seq)) : [];
    const seconds: SecondOfFixes[] = [];
    for (let second = index * 60; second < index * 60 + 60; second += 1) {
      const given = day.next();
      seconds.push(given);
      fixes += given.count;
      records.push({
        ...head(given.fixAtSeconds, ++seq),
        type: 'positions',
        fixes: toColumns(given, day.ids),
      });
      if (checkedSeconds.has(second)) truths.set(second, day.truth());
    }
    // 'Indexed up to' stays 0, as in the empty log beside it: history that holds more than its log is made again.
    timed('segments', () => {
      store.together(() => {
        for (const record of records)
          store.addArrival(minute, record.seq, record.type === 'positions', record.receivedAt);
        store.put(minute, worldHash(world), sealMinute(world, minute, records));
      });
    });
    if (index < rowMinutes)
      timed('rows', () => rows.together(() => seconds.forEach((given) => rows.add(given))));
    if ((index + 1) % 60 === 0 && minutes > 60) say(`hour ${(index + 1) / 60} of ${minutes / 60}`);
  }
  store.close();
  say('the index of the rows …');
  timed('rows', () => rows.finish(rowFiles.clustered));
  say(
    `${fixes} fixes in ${minutes} minutes; segments took ${inSeconds(spentMs.segments)} s, rows of both forms ${inSeconds(spentMs.rows)} s`,
  );
  const [segments = 0, indexed = 0, clustered = 0] = await Promise.all(
    [segmentsFile, rowFiles.indexed, rowFiles.clustered].map(async (file) => (await stat(file)).size),
  );
  return { ids: day.ids, fixes, rowFiles, truths, bytes: { segments, indexed, clustered } };
}

const inSeconds = (ms: number): string => (ms / 1_000).toFixed(1);

const head = (second: number, seq: number) => ({
  seq: seqNo(seq),
  at: epochMs(second * 1_000),
  receivedAt: epochMs(second * 1_000),
  source: 'phones' as SourceId,
  mode: 'Test' as const,
  key: '',
});

const checkIn = (responderId: ResponderId, seq: number): LogRecord => ({
  ...head(DAY_STARTS_AT_SECONDS, seq),
  key: `in/${responderId}`,
  type: 'event',
  event: {
    kind: 'responder.checkedIn',
    responderId,
    responderKind: 'volunteer',
    callSign: `枫哨-${responderId.slice(1)}`,
  },
});
