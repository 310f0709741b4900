import { eventSchemas, type CityEvent, type EventKind } from '../domain/event.ts';
import type { SourceId } from '../domain/ids.ts';
import { MODES } from '../domain/mode.ts';
import type { EventRecord } from '../domain/record.ts';
import { fitsSchema } from '../domain/fits-schema.ts';
import { epochMs, seqNo } from '../domain/units.ts';
import { isEpochMs, isList, isWhole, wordAt } from './json-checks.ts';

/**
 * An event record as a short JSON array. Kinds and fields are known by their place in the schemas, so moving
 * or adding one changes the wire; the golden bytes tell.
 *
 *   [seq - frame.seq, frame.at - at, receivedAt - at, source, mode, kind, field, field …]
 *
 * `source` is a place in the frame's list of names; a field that is absent is null, and nulls at the end are left out.
 * The record's key is its source's business and does not travel: it comes out as ''.
 */
export type EventRow = unknown[];

const EVENT_KINDS = Object.keys(eventSchemas) as EventKind[];

const fieldsOf = new Map<EventKind, readonly string[]>(
  EVENT_KINDS.map((kind) => [
    kind,
    Object.keys(eventSchemas[kind].properties).filter((field) => field !== 'kind'),
  ]),
);

export interface EventRowBase {
  readonly at: number;
  readonly seq: number;
}

export function toEventRow(
  record: EventRecord,
  base: EventRowBase,
  nameIndex: (source: SourceId) => number,
): EventRow {
  const { event } = record;
  const values: Readonly<Record<string, unknown>> = event;
  const fields = (fieldsOf.get(event.kind) ?? []).map((field) => values[field] ?? null);
  while (fields.length > 0 && fields[fields.length - 1] === null) fields.pop();
  return [
    record.seq - base.seq,
    base.at - record.at,
    record.receivedAt - record.at,
    nameIndex(record.source),
    MODES.indexOf(record.mode),
    EVENT_KINDS.indexOf(event.kind),
    ...fields,
  ];
}

/** The record again; undefined where the row is no such thing or its event breaks the schema. */
export function fromEventRow(
  row: unknown,
  base: EventRowBase,
  names: readonly SourceId[],
): EventRecord | undefined {
  if (!isList(row)) return undefined;
  const [seqStep, age, delay, nameIndex, modeIndex, kindIndex, ...values] = row;
  if (!isWhole(seqStep, -base.seq, Number.MAX_SAFE_INTEGER - base.seq)) return undefined;
  if (!isWhole(age, -1e15, 1e15) || !isWhole(delay, -1e15, 1e15)) return undefined;
  const at = base.at - age;
  const receivedAt = at + delay;
  if (!isEpochMs(at) || !isEpochMs(receivedAt)) return undefined;
  const source = wordAt(names, nameIndex);
  const mode = wordAt(MODES, modeIndex);
  const kind = wordAt(EVENT_KINDS, kindIndex);
  if (source === undefined || mode === undefined || kind === undefined) return undefined;
  const fields = fieldsOf.get(kind) ?? [];
  if (values.length > fields.length) return undefined;
  const given: Record<string, unknown> = { kind };
  for (const [i, value] of values.entries()) if (value !== null) given[fields[i] ?? ''] = value;
  if (!fitsSchema(eventSchemas[kind], given)) return undefined;
  return {
    type: 'event',
    seq: seqNo(base.seq + seqStep),
    at: epochMs(at),
    receivedAt: epochMs(receivedAt),
    source,
    mode,
    key: '',
    event: given as CityEvent,
  };
}
