import { DateTime, IANAZone } from 'luxon';
import { eventSchemas, type EventKind } from '@maplewall/shared/domain/event.ts';
import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import { modeSchema } from '@maplewall/shared/domain/mode.ts';
import { parserOf, Type, wordSchema, type Parsed, type Static } from '@maplewall/shared/domain/schema.ts';

const closed = { additionalProperties: false } as const;
const template = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'Text; {Column} is filled from the row',
});

/** How one field of an event or a fix is made from a row. */
const valueSchema = Type.Union([
  template,
  Type.Object({ table: Type.String(), of: template }, closed),
  Type.Object({ number: template, times: Type.Optional(Type.Number()) }, closed),
  Type.Object({ coordinate: wordSchema(['lng', 'lat'], 'Which coordinate') }, closed),
]);

const coordinatesSchema = Type.Union([
  Type.Object({ lng: template, lat: template }, closed),
  Type.Object(
    { of: template, pattern: Type.String({ description: 'Regular expression with groups <lng> and <lat>' }) },
    closed,
  ),
]);

const recordSchema = Type.Object(
  {
    kind: Type.Unsafe<EventKind>(Type.String({ enum: Object.keys(eventSchemas) })),
    at: template,
    key: template,
    choose: Type.Optional(wordSchema(['first', 'earliest', 'latest'], 'Which row of a key counts')),
    fields: Type.Record(Type.String(), valueSchema),
  },
  closed,
);

const common = {
  formatVersion: Type.Literal(1),
  encoding: Type.Optional(wordSchema(['utf-8', 'gb18030'], 'Encoding of the file')),
  delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
  time: Type.Object(
    {
      format: Type.String({ minLength: 1, description: "Luxon tokens, or 'iso', 'epochSeconds', 'epochMs'" }),
      zone: Type.String({ minLength: 1, description: 'IANA zone of times that name none' }),
    },
    closed,
  ),
  coordinateSystem: wordSchema(['WGS84', 'GCJ-02', 'BD-09'], 'Of the file'),
  coordinates: coordinatesSchema,
  mode: Type.Optional(modeSchema),
  tables: Type.Optional(
    Type.Record(Type.String(), Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  ),
};

/** What a mapping file says; docs/spec/import.md explains each word with an example. */
export const mappingSchema = Type.Union([
  Type.Object(
    { what: Type.Literal('events'), ...common, records: Type.Array(recordSchema, { minItems: 1 }) },
    closed,
  ),
  Type.Object(
    {
      what: Type.Literal('positions'),
      ...common,
      responderId: template,
      fixAt: template,
      speed: Type.Optional(valueSchema),
      course: Type.Optional(valueSchema),
      accuracy: Type.Optional(valueSchema),
      battery: Type.Optional(valueSchema),
    },
    closed,
  ),
]);

export type Mapping = Static<typeof mappingSchema>;
export type EventMapping = Extract<Mapping, { what: 'events' }>;
export type PositionMapping = Extract<Mapping, { what: 'positions' }>;
export type FieldValue = Static<typeof valueSchema>;

const parseShape = parserOf(mappingSchema);

/** Reads a mapping; the faults name the field that is wrong. What passes can be used on any row without a throw. */
export function parseMapping(value: unknown): Parsed<Mapping> {
  const parsed = parseShape(value);
  if (!parsed.ok) return parsed;
  const faults = meaningFaults(parsed.value);
  return faults.length === 0 ? parsed : { ok: false, faults };
}

/** What no schema can say: zones that exist, formats and patterns that can be read, a delimiter that delimits. */
function meaningFaults({ time, coordinates, delimiter }: Mapping): readonly Fault[] {
  const faults: Fault[] = [];
  const add = (field: string, reason: string): void =>
    void faults.push(fault('request.invalid', field, { reason }));
  if (!IANAZone.isValidZone(time.zone)) add('time.zone', `${time.zone} is not a time zone`);
  if (!CODED_TIMES.includes(time.format) && !isReadable(() => formatParserOf(time.format)))
    add('time.format', `${time.format} is not a form of times`);
  if ('pattern' in coordinates && !isReadable(() => new RegExp(coordinates.pattern)))
    add('coordinates.pattern', 'is not a regular expression');
  if (delimiter !== undefined && /["\r\n\ufeff]/.test(delimiter)) add('delimiter', 'cannot part cells');
  return faults;
}

const CODED_TIMES: readonly string[] = ['iso', 'epochSeconds', 'epochMs'];

/**
 * @throws when a time that is written in this form cannot be read back; Luxon itself would throw only at the first row
 * that fits (`HH a`: 24 hours and a half of the day)
 */
export function formatParserOf(format: string): ReturnType<typeof DateTime.buildFormatParser> {
  const locale = { locale: 'en-US' };
  const parser = DateTime.buildFormatParser(format, locale);
  const written = DateTime.utc(2026, 11, 23, 8, 30).toFormat(format, locale);
  if (!DateTime.fromFormatParser(written, parser, locale).isValid) throw new RangeError(format);
  return parser;
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
