import { inflateRawSync } from 'node:zlib';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { startOfMinute } from '@maplewall/shared/domain/units.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { History } from '../history/history.ts';
import { localDayOf, minuteName } from '../history/local-day.ts';
import type { Log } from '../log/log.ts';
import type { Range } from './range.ts';

/** What exports are made of: history knows which records belong to a minute, the log has them as they came. */
export interface ExportSources {
  readonly history: Pick<History, 'minutesWithRecords' | 'seqsOf' | 'minute' | 'positionsLeft'>;
  readonly log: Pick<Log, 'read'>;
  readonly timeZone: string;
}

/** The records of a range in the order of event time, a minute at a time; the first and last minute are whole. */
export async function* recordsIn(
  { history, log }: ExportSources,
  { from, to }: Range,
  eventsOnly: boolean,
): AsyncGenerator<readonly LogRecord[]> {
  for (const minute of history.minutesWithRecords(from, to)) {
    const records: LogRecord[] = [];
    for await (const some of log.read({ seqs: history.seqsOf(minute), eventsOnly })) records.push(...some);
    yield records.sort((a, b) => a.at - b.at || a.seq - b.seq);
  }
}

/** The world at the beginning of the first minute of the range in which something happened. */
export async function worldBefore({ history, timeZone }: ExportSources, { from, to }: Range): Promise<World> {
  const [minute] = history.minutesWithRecords(from, to);
  if (minute === undefined) return emptyWorld();
  const at = startOfMinute(minute);
  const found = await history.minute(localDayOf(at, timeZone), minuteName(at, timeZone));
  if (typeof found === 'string') return emptyWorld();
  const envelope = openEnvelope(found.bytes);
  if (!envelope.ok) return emptyWorld();
  const { deflated, body } = envelope.value;
  const segment = decodeSegment(deflated ? new Uint8Array(inflateRawSync(body)) : body);
  const keyframe = segment.ok ? decodeKeyframe(segment.value.keyframe) : segment;
  return keyframe.ok ? keyframe.value.world : emptyWorld();
}
