import type { FastifyReply } from 'fastify';
import type { City } from '@maplewall/shared/domain/city.ts';
import { Type, type TSchema, type TUnsafe } from 'typebox';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { parseMoment } from '@maplewall/shared/domain/moment.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { TRAVEL_MODES } from '@maplewall/shared/rules/travel.ts';
import { HORIZON_SECONDS, WEIGHTS } from '@maplewall/shared/wire/coverage.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { Feature } from './geo-json.ts';

/** What the routes of reach and of coverage have in common: their query words, and how they answer. */

export const tags = ['reach'];
export const place = Type.String({
  pattern: '^-?\\d{1,3}(\\.\\d{1,12})?,-?\\d{1,2}(\\.\\d{1,12})?$',
  description: 'Longitude,latitude in degrees (WGS84)',
});
/** What `place` says; undefined outside of the city's bounds. */
export function placeIn(
  text: string,
  { bounds }: Pick<City, 'bounds'>,
): { lng: number; lat: number } | undefined {
  const [lng = Number.NaN, lat = Number.NaN] = text.split(',').map(Number);
  const [west = -180, south = -90, east = 180, north = 90] = bounds;
  return lng >= west && lng <= east && lat >= south && lat <= north ? { lng, lat } : undefined;
}

export const moment = Type.Optional(
  Type.String({
    maxLength: 40,
    description: 'A moment as 2026-11-20T20:30:00+08:00; now if it is left out',
  }),
);
/** What may be left out; the validator fills nothing in, so whoever answers does (`usual`). */
export const typed = <T>(schema: TSchema) => Type.Optional(schema as TUnsafe<T>);
export const word = <const T extends readonly string[]>(words: T, usual: T[number], description: string) =>
  typed<T[number]>(Type.String({ enum: [...words], default: usual, description }));
export const horizon = typed<(typeof HORIZON_SECONDS)[number]>(
  Type.Integer({ enum: [...HORIZON_SECONDS], default: 30, description: 'Within how many seconds' }),
);
export const weight = word(
  WEIGHTS,
  'blocks',
  'What counts: buildings (or blocks), key places, incidents of the last year',
);
export const mode = word(TRAVEL_MODES, 'run', 'How somebody gets there');
export const area = Type.Optional(
  Type.String({
    default: 'city',
    maxLength: 64,
    description: "'city', or the id of a precinct, community or grid",
  }),
);
export const day = Type.String({ maxLength: 20, description: 'YYYY-MM-DD in the time zone of the city' });

export const collection = (features: readonly Feature[], about: object = {}): object => ({
  type: 'FeatureCollection',
  ...about,
  features,
});

/** Sends GeoJSON, or what speaks against it; whoever asks again gets what is so then. */
export function sendGeo<T>(
  reply: FastifyReply,
  found: Result<T>,
  toBody: (value: T) => object,
): FastifyReply {
  if (!found.ok) return replyFault(reply, found.fault);
  return reply
    .header('cache-control', 'no-cache')
    .type('application/geo+json; charset=utf-8')
    .send(JSON.stringify(toBody(found.value)));
}

const WITHOUT_SECONDS = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/;

/** The moment that `t` names; undefined is now. Without an offset it would be one of the gateway's own time zone. */
export function momentOf(text: string | undefined): Result<EpochMs | undefined> {
  if (text === undefined) return ok(undefined);
  const at = parseMoment(text.replace(WITHOUT_SECONDS, '$1:00$2'));
  return Number.isNaN(at) ? fail('ingest.time.unreadable', 't', { value: text }) : ok(epochMs(at));
}

/** A moment that has to be given, as the field of that name says it. */
export function boundOf(text: string, field: string): Result<EpochMs> {
  const found = momentOf(text);
  return found.ok && found.value !== undefined
    ? ok(found.value)
    : fail('ingest.time.unreadable', field, { value: text });
}
