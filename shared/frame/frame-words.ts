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

/**
 * The sources in bytes:
 *
 *   count, then for each: length of name, name, frame.at - lastReceivedAt, mode
 */
export function writeSources(writer: ByteWriter, sources: readonly SourceRow[], at: number): void {
  writer.varint(sources.length);
  for (const { source, lastReceivedAt, mode } of sources) {
    const name = toUtf8(source);
    writer.varint(name.length);
    writer.raw(name);
    writer.signed(at - lastReceivedAt);
    writer.byte(MODES.indexOf(mode));
  }
}

/** Undefined where the bytes are no sources. */
export function readSources(reader: ByteReader, at: number): SourceRow[] | undefined {
  const count = reader.varint();
  // A source takes three bytes at least.
  if (count * 3 > reader.left) return undefined;
  const sources: SourceRow[] = [];
  for (let i = 0; i < count; i += 1) {
    const source = fromUtf8(reader.raw(reader.varint()));
    const lastReceivedAt = at - reader.signed();
    const mode = MODES[reader.byte()];
    if (reader.failed || source === undefined || mode === undefined || !isEpochMs(lastReceivedAt))
      return undefined;
    sources.push({ source: source as SourceId, lastReceivedAt: epochMs(lastReceivedAt), mode });
  }
  return sources;
}

/**
 * Events and risks as JSON. An event row names its source by place: the frame's sources first, then the further
 * names. Empty lists at the end are left out.
 *
 *   length, [ [event row …], further names, runs of grid ids, [level …] ]
 */
export function writeText(writer: ByteWriter, frame: Omit<Frame, 'fixes'>): void {
  const names: SourceId[] = frame.sources.map(({ source }) => source);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const placeOfName = (source: SourceId): number => {
    const known = placeOf.get(source);
    if (known !== undefined) return known;
    placeOf.set(source, names.length);
    return names.push(source) - 1;
  };
  const events = frame.events.map((event) => toEventRow(event, frame, placeOfName));
  const parts: unknown[][] = [
    events,
    names.slice(frame.sources.length),
    toStringRuns(frame.risks.map(({ gridId }) => gridId)),
    frame.risks.map(({ level }) => level),
  ];
  while (parts[parts.length - 1]?.length === 0) parts.pop();
  const text = toJsonBytes(parts);
  writer.varint(text.length);
  writer.raw(text);
}

/** The name of the part that is wrong where the bytes are no such text. */
export function readText(
  reader: ByteReader,
  base: EventRowBase,
  sources: readonly SourceRow[],
): Pick<Frame, 'events' | 'risks'> | string {
  const parts = fromJsonBytes(reader.raw(reader.varint()));
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
  return { events, risks };
}
