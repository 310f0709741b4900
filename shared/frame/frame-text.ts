import type { GridId, SourceId } from '../domain/ids.ts';
import { MODES } from '../domain/mode.ts';
import type { EventRecord } from '../domain/record.ts';
import { epochMs } from '../domain/units.ts';
import { fromEventRow, toEventRow, type EventRowBase } from './event-rows.ts';
import type { Frame, RiskRow, SourceRow } from './frame.ts';
import { isEpochMs, isList, isText, isWhole, wordAt } from './json-checks.ts';
import { fromStringRuns, toStringRuns } from './string-runs.ts';
import { fromJsonBytes, toJsonBytes } from './utf8.ts';

/** The part of a frame that is no column of fixes. */
export type FrameText = Pick<Frame, 'sources' | 'events' | 'risks'>;

/**
 * As JSON; empty where there is nothing to say, and empty lists at the end are left out.
 *
 *   [ names, [[frame.at - lastReceivedAt, mode] …], [event row …], grid runs, [level …] ]
 *
 * The first names are those of the sources, in their order; names of events' sources that are not among them follow.
 */
export function encodeFrameText(frame: FrameText, base: EventRowBase): Uint8Array {
  const names: SourceId[] = frame.sources.map(({ source }) => source);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const nameIndex = (source: SourceId): number => {
    const known = placeOf.get(source);
    if (known !== undefined) return known;
    placeOf.set(source, names.length);
    return names.push(source) - 1;
  };
  const events = frame.events.map((event) => toEventRow(event, base, nameIndex));
  const parts: unknown[][] = [
    names,
    frame.sources.map(({ lastReceivedAt, mode }) => [base.at - lastReceivedAt, MODES.indexOf(mode)]),
    events,
    toStringRuns(frame.risks.map(({ gridId }) => gridId)),
    frame.risks.map(({ level }) => level),
  ];
  while (parts.length > 0 && parts[parts.length - 1]?.length === 0) parts.pop();
  return parts.length === 0 ? new Uint8Array(0) : toJsonBytes(parts);
}

/** What `encodeFrameText` was given; a word that names the wrong part where the bytes are something else. */
export function decodeFrameText(bytes: Uint8Array, base: EventRowBase): FrameText | string {
  const parts = bytes.length === 0 ? [] : fromJsonBytes(bytes);
  if (!isList(parts) || parts.length > 5) return 'text';
  const [names = [], sourceRows = [], eventRows = [], gridRuns = [], levels = []] = parts;
  if (!isList(names) || !names.every(isText)) return 'names';
  const sourceIds = names as readonly string[] as readonly SourceId[];

  if (!isList(sourceRows) || sourceRows.length > names.length) return 'sources';
  const sources: SourceRow[] = [];
  for (const [place, row] of sourceRows.entries()) {
    const [age, modeIndex] = isList(row) ? row : [];
    const source = sourceIds[place];
    const mode = wordAt(MODES, modeIndex);
    if (source === undefined || mode === undefined || !isWhole(age, -1e15, 1e15)) return 'sources';
    const lastReceivedAt = base.at - age;
    if (!isEpochMs(lastReceivedAt)) return 'sources';
    sources.push({ source, lastReceivedAt: epochMs(lastReceivedAt), mode });
  }

  if (!isList(eventRows)) return 'events';
  const events: EventRecord[] = [];
  for (const row of eventRows) {
    const event = fromEventRow(row, base, sourceIds);
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
