import { eventSchemas, type EventKind } from '@maplewall/shared/domain/event.ts';
import { modeSchema } from '@maplewall/shared/domain/mode.ts';
import { Type, wordSchema, type Static } from '@maplewall/shared/domain/schema.ts';

const closed = { additionalProperties: false } as const;
const template = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'Text; {Column} is filled from the row',
});

const fromTable = Type.Object({ table: Type.String(), of: template }, closed);
const fromNumber = Type.Object({ number: template, times: Type.Optional(Type.Number()) }, closed);

/** How one field of an event is made from a row. */
export const valueSchema = Type.Union([
  template,
  fromTable,
  fromNumber,
  Type.Object({ coordinate: wordSchema(['lng', 'lat'], 'Which coordinate') }, closed),
]);

/** How a figure of a fix is made; a text would never be one. */
export const figureSchema = Type.Union([fromNumber, fromTable]);

export const coordinatesSchema = Type.Union([
  Type.Object({ lng: template, lat: template }, closed),
  Type.Object(
    { of: template, pattern: Type.String({ description: 'Regular expression with groups <lng> and <lat>' }) },
    closed,
  ),
]);

/** What a code of a table means. */
export const meaningSchema = Type.Union([Type.String(), Type.Number()]);

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
  encoding: Type.Optional(
    Type.String({ description: "Of the file, as the WHATWG's standard labels it: utf-8, gb18030, big5 …" }),
  ),
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
  tables: Type.Optional(Type.Record(Type.String(), Type.Record(Type.String(), meaningSchema))),
};

/** What a mapping file says; docs/spec/import.md explains each word with an example. */
export const eventMappingSchema = Type.Object(
  { what: Type.Literal('events'), ...common, records: Type.Array(recordSchema, { minItems: 1 }) },
  closed,
);
export const positionMappingSchema = Type.Object(
  {
    what: Type.Literal('positions'),
    ...common,
    responderId: template,
    fixAt: template,
    speed: Type.Optional(figureSchema),
    course: Type.Optional(figureSchema),
    accuracy: Type.Optional(figureSchema),
    battery: Type.Optional(figureSchema),
  },
  closed,
);

/** What a device may say besides its place. */
export const FIGURES = ['speed', 'course', 'accuracy', 'battery'] as const;

export type EventMapping = Static<typeof eventMappingSchema>;
export type PositionMapping = Static<typeof positionMappingSchema>;
export type Mapping = EventMapping | PositionMapping;
export type FieldValue = Static<typeof valueSchema>;
