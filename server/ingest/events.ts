import { eventSchemas, type CityEvent, type EventKind } from '@maplewall/shared/domain/event.ts';
import { fail, fault, faultSentence, ok, type Fault, type Result } from '@maplewall/shared/domain/fault.ts';
import { MODES, modeSchema, type Mode } from '@maplewall/shared/domain/mode.ts';
import type { EventDraft } from '@maplewall/shared/domain/record.ts';
import { parserOf, Type, type Parsed } from '@maplewall/shared/domain/schema.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { parseMoment, shown } from '@maplewall/shared/domain/moment.ts';
import type { Source } from '../access/source-keys.ts';
import { MAX_AHEAD_MS } from './checks.ts';
import { isId } from './ids.ts';

export const MAX_EVENTS = 5_000;
const MAX_KEY_LENGTH = 128;

/** For the OpenAPI page; the items are read one by one below, so that one bad item does not take the others along. */
export const eventsBodySchema = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          key: Type.String({
            minLength: 1,
            maxLength: MAX_KEY_LENGTH,
            description: 'Your own id of this event; sent again it is the same event',
          }),
          at: Type.Union([
            Type.Integer({ description: 'Milliseconds since 1970' }),
            Type.String({ maxLength: 40, description: 'RFC 3339 with a zone' }),
          ]),
          mode: Type.Optional(modeSchema),
          event: Type.Union(Object.values(eventSchemas)),
        },
        { additionalProperties: false },
      ),
      { maxItems: MAX_EVENTS },
    ),
  },
  { additionalProperties: false },
);

export interface RefusedEvent {
  readonly index: number;
  readonly code: string;
  readonly field: string;
  readonly reason: string;
}

export interface TakenEvent {
  readonly seq: number;
  readonly repeated: boolean;
}

export interface EventsAnswer {
  /** One for each item, in their order. */
  readonly results: readonly (TakenEvent | RefusedEvent)[];
  readonly taken: number;
  readonly refused: number;
}

const parsers = new Map<string, (value: unknown) => Parsed<CityEvent>>(
  (Object.keys(eventSchemas) as EventKind[]).map((kind) => [
    kind,
    parserOf(eventSchemas[kind]) as (value: unknown) => Parsed<CityEvent>,
  ]),
);

/** The items of a body, not looked into yet. */
export function parseEvents(body: unknown): Result<readonly unknown[]> {
  if (!isObject(body)) return fail('request.invalid', '', { reason: 'must be an object' });
  for (const name of Object.keys(body))
    if (name !== 'items')
      return fail('request.invalid', name.slice(0, 64), { reason: 'this field is not known' });
  const { items } = body;
  if (!Array.isArray(items)) return fail('request.invalid', 'items', { reason: 'must be an array' });
  return items.length > MAX_EVENTS
    ? fail('request.invalid', 'items', { reason: `must not have more than ${MAX_EVENTS} items` })
    : ok(items);
}

/** One item as a draft for the log. The first thing that is wrong with it is named. */
export function parseEvent(item: unknown, source: Source, now: EpochMs): Result<EventDraft> {
  if (!isObject(item)) return fail('request.invalid', '', { reason: 'must be an object' });
  for (const name of Object.keys(item))
    if (!ITEM_FIELDS.includes(name))
      return fail('request.invalid', name.slice(0, 64), { reason: 'this field is not known' });
  const { key, at, mode, event } = item;
  if (!isId(key, MAX_KEY_LENGTH))
    return fail('request.invalid', 'key', {
      reason: `must be 1 to ${MAX_KEY_LENGTH} characters without control characters`,
    });
  const moment = parseMoment(at);
  if (Number.isNaN(moment)) return fail('ingest.time.unreadable', 'at', { value: shown(at) });
  if (moment > now + MAX_AHEAD_MS) return fail('ingest.time.future', 'at');
  if (mode !== undefined && !isMode(mode))
    return fail('request.invalid', 'mode', { reason: `must be one of ${MODES.join(', ')}` });
  if (!isObject(event)) return fail('request.invalid', 'event', { reason: 'must be an object' });
  const parse = typeof event['kind'] === 'string' ? parsers.get(event['kind']) : undefined;
  if (parse === undefined)
    return fail('request.invalid', 'event.kind', {
      reason: `must be one of ${[...parsers.keys()].join(', ')}`,
    });
  const parsed = parse(event);
  if (!parsed.ok) return { ok: false, fault: insideEvent(parsed.faults[0]) };
  return ok({
    type: 'event',
    at: epochMs(moment),
    receivedAt: now,
    source: source.id,
    mode: mode ?? source.mode,
    key,
    event: parsed.value,
  });
}

export const toRefusedEvent = (index: number, given: Fault): RefusedEvent => ({
  index,
  code: given.code,
  field: given.field,
  reason: faultSentence(given, 'en'),
});

const ITEM_FIELDS: readonly string[] = ['key', 'at', 'mode', 'event'];

function insideEvent(first: Fault | undefined): Fault {
  if (first === undefined) return fault('request.invalid', 'event', { reason: 'is not valid' });
  const field = first.field === '' ? 'event' : `event.${first.field.slice(0, 64)}`;
  return fault(first.code, field, first.values);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMode = (value: unknown): value is Mode => (MODES as readonly unknown[]).includes(value);
