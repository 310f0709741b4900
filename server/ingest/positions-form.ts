import { fail, fault, ok, type Fault, type Result } from '@maplewall/shared/domain/fault.ts';
import { MODES, modeSchema, type Mode } from '@maplewall/shared/domain/mode.ts';
import { idSchema, Type } from '@maplewall/shared/domain/schema.ts';
import { parseMoment, shown } from '@maplewall/shared/domain/moment.ts';
import { toAccuracy, toBattery, toCourse, toSpeed, type FixRow } from './fix-row.ts';
import { isId } from './ids.ts';
import type { FixReader, PositionsBatch } from './positions.ts';

export const MAX_FIXES = 20_000;
const MAX_KEY_LENGTH = 128;

const LIMITS = { speed: 1_000, course: 360, accuracy: 1_000_000, battery: 100 } as const;

const closed = { additionalProperties: false } as const;
const momentSchema = Type.Union([
  Type.Integer({ description: 'Milliseconds since 1970' }),
  Type.String({ maxLength: 40, description: 'RFC 3339 with a zone' }),
]);
const fixSchema = Type.Object(
  {
    responderId: idSchema('Responder'),
    lng: Type.Number({ minimum: -180, maximum: 180, description: 'Degrees east, WGS84' }),
    lat: Type.Number({ minimum: -90, maximum: 90, description: 'Degrees north, WGS84' }),
    fixAt: momentSchema,
    deviceAt: Type.Optional(momentSchema),
    speed: Type.Optional(
      Type.Number({ minimum: 0, maximum: LIMITS.speed, description: 'Metres per second' }),
    ),
    course: Type.Optional(
      Type.Number({ minimum: 0, maximum: LIMITS.course, description: 'Degrees from north' }),
    ),
    accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: LIMITS.accuracy, description: 'Metres' })),
    battery: Type.Optional(Type.Number({ minimum: 0, maximum: LIMITS.battery, description: 'Per cent' })),
  },
  closed,
);
const head = {
  key: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: MAX_KEY_LENGTH,
      description: 'The same batch sent again is taken once',
    }),
  ),
  mode: Type.Optional(modeSchema),
};
const column = (description: string) =>
  Type.Array(Type.Union([Type.Number(), Type.Null()]), { maxItems: MAX_FIXES, description });

/** For the OpenAPI page; the bodies are read by hand below, because a schema library takes longer than all the rest. */
export const positionsBodySchema = Type.Union([
  Type.Object({ ...head, fixes: Type.Array(fixSchema, { maxItems: MAX_FIXES }) }, closed),
  Type.Object(
    {
      ...head,
      responders: Type.Array(idSchema('Responder'), { maxItems: MAX_FIXES }),
      who: column('For each fix: its responder’s index in `responders`'),
      lng: column('Degrees east'),
      lat: column('Degrees north'),
      fixAt: column('Milliseconds since 1970'),
      deviceAt: Type.Optional(column('Milliseconds since 1970; null: unknown')),
      speed: Type.Optional(column('Metres per second; null: unknown')),
      course: Type.Optional(column('Degrees from north; null: unknown')),
      accuracy: Type.Optional(column('Metres; null: unknown')),
      battery: Type.Optional(column('Per cent; null: unknown')),
    },
    closed,
  ),
]);

const invalid = (field: string, reason: string): { readonly ok: false; readonly fault: Fault } =>
  fail('request.invalid', field, { reason });

const COLUMNS = ['who', 'lng', 'lat', 'fixAt'] as const;
const OPTIONAL_COLUMNS = ['deviceAt', 'speed', 'course', 'accuracy', 'battery'] as const;
const FORM_FIELDS: readonly string[] = ['key', 'mode', 'fixes'];
const COLUMN_FORM_FIELDS: readonly string[] = ['key', 'mode', 'responders', ...COLUMNS, ...OPTIONAL_COLUMNS];

/** Reads the head of a batch in either form; its fixes are read one by one later. */
export function parsePositions(body: unknown): Result<PositionsBatch> {
  if (!isObject(body)) return invalid('', 'must be an object');
  const inColumns = 'responders' in body || 'who' in body;
  const known = inColumns ? COLUMN_FORM_FIELDS : FORM_FIELDS;
  for (const name of Object.keys(body))
    if (!known.includes(name)) return invalid(name.slice(0, 64), 'this field is not known');
  const { key = '', mode } = body;
  if ('key' in body && !isId(key, MAX_KEY_LENGTH))
    return invalid('key', `must be 1 to ${MAX_KEY_LENGTH} characters without control characters`);
  if (mode !== undefined && !isMode(mode)) return invalid('mode', `must be one of ${MODES.join(', ')}`);
  const fixes = inColumns ? columnReader(body) : rowReader(body['fixes']);
  return fixes.ok ? ok({ key: key as string, mode, fixes: fixes.value }) : fixes;
}

function rowReader(items: unknown): Result<FixReader> {
  if (!Array.isArray(items)) return invalid('fixes', 'must be an array');
  if (items.length > MAX_FIXES) return invalid('fixes', `must not have more than ${MAX_FIXES} items`);
  return ok({ count: items.length, read: (index, row) => readRow(items[index], row) });
}

function readRow(item: unknown, row: FixRow): Fault | undefined {
  if (!isObject(item)) return wrong('', 'must be an object');
  row.clear();
  let found: Fault | undefined;
  let missing = 0b1111;
  for (const name in item) {
    const value = item[name];
    switch (name) {
      case 'responderId':
        if (isId(value)) row.responderId = value;
        else found ??= wrong(name, 'must be 1 to 64 characters without control characters');
        missing &= 0b1110;
        break;
      case 'lng':
        if (typeof value === 'number') row.lng = value;
        else found ??= fault('ingest.position.notANumber', name);
        missing &= 0b1101;
        break;
      case 'lat':
        if (typeof value === 'number') row.lat = value;
        else found ??= fault('ingest.position.notANumber', name);
        missing &= 0b1011;
        break;
      case 'fixAt':
        row.fixAtMs = parseMoment(value);
        if (Number.isNaN(row.fixAtMs))
          found ??= fault('ingest.time.unreadable', name, { value: shown(value) });
        missing &= 0b0111;
        break;
      default:
        found ??= readOptional(name, value, row);
    }
  }
  return (
    found ??
    (missing === 0 ? undefined : wrong(NAMES[31 - Math.clz32(missing & -missing)] ?? '', 'is missing'))
  );
}

/** In the order of the bits above. */
const NAMES = ['responderId', 'lng', 'lat', 'fixAt'];

function readOptional(name: string, value: unknown, row: FixRow): Fault | undefined {
  switch (name) {
    case 'deviceAt': {
      const at = parseMoment(value);
      if (Number.isNaN(at)) return fault('ingest.time.unreadable', name, { value: shown(value) });
      row.deviceAtSeconds = Math.floor(at / 1_000);
      return undefined;
    }
    case 'speed':
      row.speed = toSpeed(value as number);
      break;
    case 'course':
      row.course = toCourse(value as number);
      break;
    case 'accuracy':
      row.accuracy = toAccuracy(value as number);
      break;
    case 'battery':
      row.battery = toBattery(value as number);
      break;
    default:
      return wrong(name.slice(0, 64), 'this field is not known');
  }
  const limit = LIMITS[name];
  return typeof value === 'number' && value >= 0 && value <= limit
    ? undefined
    : wrong(name, `must be a number from 0 to ${limit}`);
}

function columnReader(body: Readonly<Record<string, unknown>>): Result<FixReader> {
  const { responders } = body;
  if (!Array.isArray(responders)) return invalid('responders', 'must be an array');
  if (responders.length > MAX_FIXES)
    return invalid('responders', `must not have more than ${MAX_FIXES} items`);
  for (const [index, id] of responders.entries())
    if (!isId(id))
      return invalid(`responders.${index}`, 'must be 1 to 64 characters without control characters');
  const columns: Record<string, readonly unknown[] | undefined> = {};
  let count: number | undefined;
  for (const name of [...COLUMNS, ...OPTIONAL_COLUMNS]) {
    const values = body[name];
    if (values === undefined && (OPTIONAL_COLUMNS as readonly string[]).includes(name)) continue;
    if (!Array.isArray(values)) return invalid(name, 'must be an array');
    count ??= values.length;
    if (values.length !== count) return invalid(name, 'must be as long as the other columns');
    columns[name] = values;
  }
  if (count === undefined || count > MAX_FIXES)
    return invalid('who', `must not have more than ${MAX_FIXES} items`);
  const { who = [], lng = [], lat = [], fixAt = [], ...optional } = columns;
  const others = Object.entries(optional);
  return ok({
    count,
    read: (index, row) => {
      row.clear();
      const at = who[index];
      const responderId: unknown = typeof at === 'number' ? responders[at] : undefined;
      if (typeof responderId !== 'string') return wrong('who', 'must be an index in responders');
      row.responderId = responderId;
      const x = lng[index];
      const y = lat[index];
      if (typeof x !== 'number') return fault('ingest.position.notANumber', 'lng');
      if (typeof y !== 'number') return fault('ingest.position.notANumber', 'lat');
      row.lng = x;
      row.lat = y;
      row.fixAtMs = parseMoment(fixAt[index]);
      if (Number.isNaN(row.fixAtMs))
        return fault('ingest.time.unreadable', 'fixAt', { value: shown(fixAt[index]) });
      for (const [name, values] of others) {
        const value = values?.[index];
        if (value === null) continue;
        const found = readOptional(name, value, row);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  });
}

const wrong = (field: string, reason: string): Fault => fault('request.invalid', field, { reason });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMode = (value: unknown): value is Mode => (MODES as readonly unknown[]).includes(value);
