import type { GridId, SourceId } from '../domain/ids.ts';
import { MODES } from '../domain/mode.ts';
import type { EventRecord } from '../domain/record.ts';
import { epochMs } from '../domain/units.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { fromEventRow, toEventRow, type EventRowBase } from './event-rows.ts';
import type { Frame, RiskRow, SourceRow } from './frame.ts';
import { isEpochMs, isList, isText, isWhole } from './json-checks.ts';
import { fromStringRuns, toStringRuns } from './string-runs.ts';
import { fromJsonBytes, fromUtf8, toJsonBytes, toUtf8 } from './utf8.ts';

/** The part of a frame that is no column of fixes. */
export type FrameWords = Pick<Frame, 'sources' | 'events' | 'risks'>;

/**
 * Sources in bytes, because they are in nearly every frame; events and risks as JSON, empty where there are none.
 *
 *   count, then for each source: length of name, name, frame.at - lastReceivedAt, mode
 *   length of the text, text = [ [event row …], further names, runs of grid ids, [level …] ]
 *
 * An event row names its source by place: the sources above first, then the further names. Empty lists at the
 * end of the text are left out.
 */
export function writeWords(writer: ByteWriter, frame: FrameWords, base: EventRowBase): void {
  const names: SourceId[] = frame.sources.map(({ source }) => source);
  writer.varint(frame.sources.length);
  for (const { source, lastReceivedAt, mode } of frame.sources) {
    const name = toUtf8(source);
    writer.varint(name.length);
    writer.raw(name);
    writer.signed(base.at - lastReceivedAt);
    writer.byte(MODES.indexOf(mode));
  }
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const placeOfName = (source: SourceId): number => {
    const known = placeOf.get(source);
    if (known !== undefined) return known;
    placeOf.set(source, names.length);
    return names.push(source) - 1;
  };
  const events = frame.events.map((event) => toEventRow(event, base, placeOfName));
  const parts: unknown[][] = [
    events,
    names.slice(frame.sources.length),
    toStringRuns(frame.risks.map(({ gridId }) => gridId)),
    frame.risks.map(({ level }) => level),
  ];
  while (parts.length > 0 && parts[parts.length - 1]?.length === 0) parts.pop();
  const text = parts.length === 0 ? new Uint8Array(0) : toJsonBytes(parts);
  writer.varint(text.length);
  writer.raw(text);
}

/** What `writeWords` was given; the name of the part that is wrong where the bytes are something else. */
export function readWords(reader: ByteReader, base: EventRowBase): FrameWords | string {
  const sources = readSources(reader, base);
  if (sources === undefined) return 'sources';
  const text = reader.raw(reader.varint());
  const parts = text.length === 0 ? [] : fromJsonBytes(text);
  if (!isList(parts) || parts.length > 4) return 'text';
  const [eventRows = [], furtherNames = [], gridRuns = [], levels = []] = parts;
  if (!isList(furtherNames) || !furtherNames.every(isText)) return 'names';
  const names = [...sources.map(({ source }) => source), ...(furtherNames as readonly SourceId[])];

  if (!isList(eventRows)) return 'events';
  const events: EventRecord[] = [];
  for (const row of eventRows) {
    const event = fromEventRow(row, base, names);
    if (event === undefined) return 'events';
    events.push(event);
  }

  const gridIds = fromStringRuns(gridRuns);
  if (gridIds === undefined || !isList(levels) || levels.length !== gridIds.length) return 'risks';
  const risks: RiskRow[] = [];
  for (const [place, gridId] of gridIds.entries()) {
    const level = levels[place];
    if (!isWhole(level, 0, 100)) return 'risks';
    risks.push({ gridId: gridId as GridId, level });
  }
  return { sources, events, risks };
}

function readSources(reader: ByteReader, base: EventRowBase): SourceRow[] | undefined {
  const count = reader.varint();
  // A source takes three bytes at least.
  if (count * 3 > reader.left) return undefined;
  const sources: SourceRow[] = [];
  for (let i = 0; i < count; i += 1) {
    const source = fromUtf8(reader.raw(reader.varint()));
    const lastReceivedAt = base.at - reader.signed();
    const mode = MODES[reader.byte()];
    if (reader.failed || source === undefined || mode === undefined || !isEpochMs(lastReceivedAt))
      return undefined;
    sources.push({ source: source as SourceId, lastReceivedAt: epochMs(lastReceivedAt), mode });
  }
  return sources;
}
