import { eventSchemas, type EventKind } from '@maplewall/shared/domain/event.ts';
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

/** Reads a mapping; the faults name the field that is wrong. */
export const parseMapping: (value: unknown) => Parsed<Mapping> = parserOf(mappingSchema);
