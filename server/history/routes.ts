import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { isHeld } from '../http/conditional.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { History } from './history.ts';
import type { KnownHistory } from './known-history.ts';

const tags = ['history'];
const dayParam = Type.String({ description: 'YYYY-MM-DD in the time zone of the city', maxLength: 20 });

const minuteParams = Type.Object({
  day: dayParam,
  minute: Type.String({
    description: "HH:MM; '+1' behind a minute that a clock change repeats",
    maxLength: 20,
  }),
});
const versionQuery = Type.Object({
  version: Type.Optional(
    Type.String({
      description: 'The ETag that the day names for the minute: such an answer may be kept for good',
      maxLength: 64,
    }),
  ),
});
interface MinuteRequest {
  readonly Params: { readonly day: string; readonly minute: string };
  readonly Querystring: { readonly version?: string };
}

/** Past days over HTTP. Segments carry an ETag; one that is asked for by it need not be asked for again. */
export function historyRoutes(app: FastifyInstance, { history }: { readonly history: History }): void {
  asNowKnown(app, history);
  asThenKnown(app, history.known, history.calendarDay);
}

function asNowKnown(app: FastifyInstance, history: History): void {
  app.get(
    '/api/history/days',
    { schema: { summary: 'Days that history has something of, with their counts by hour', tags } },
    (_, reply) => reply.header('cache-control', 'no-cache').send(history.days()),
  );

  app.get<{ Querystring: { days?: number; until?: string } }>(
    '/api/history/precincts',
    {
      schema: {
        summary: 'Counts by precinct and day (docs/spec/indicators.md), for days up to now or to another day',
        tags,
        querystring: Type.Object({
          days: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 400, default: 31, description: 'How many days' }),
          ),
          until: Type.Optional(dayParam),
        }),
      },
    },
    (request, reply) => {
      const found = history.precincts(request.query.days ?? 31, request.query.until);
      if (found === undefined) return replyFault(reply, fault('history.day.invalid', 'until'));
      return reply.header('cache-control', 'no-cache').send(found);
    },
  );

  app.get<{ Params: { day: string } }>(
    '/api/history/:day',
    {
      schema: {
        summary: 'One day and its minutes',
        tags,
        params: Type.Object({ day: dayParam }),
      },
    },
    (request, reply) => {
      const found = history.day(request.params.day);
      if (found === undefined) return replyFault(reply, fault('history.day.invalid', 'day'));
      return reply.header('cache-control', 'no-cache').send(found);
    },
  );

  app.get<{ Params: { day: string } }>(
    '/api/history/:day/incidents',
    {
      schema: {
        summary: 'What came in on a day, in the order of time',
        tags,
        params: Type.Object({ day: dayParam }),
      },
    },
    (request, reply) => {
      const day = history.calendarDay(request.params.day);
      if (day === undefined) return replyFault(reply, fault('history.day.invalid', 'day'));
      return reply.header('cache-control', 'no-cache').send(history.incidents(day));
    },
  );

  app.get<{ Params: { day: string }; Querystring: { hour: number } }>(
    '/api/history/:day/usual-places',
    {
      schema: {
        summary:
          'Where incidents are usual round an hour of such a weekday: the median of the four weeks before',
        tags,
        params: Type.Object({ day: dayParam }),
        querystring: Type.Object({
          hour: Type.Integer({ minimum: 0, maximum: 23, description: "Hour of the city's day" }),
        }),
      },
    },
    (request, reply) => {
      const day = history.calendarDay(request.params.day);
      if (day === undefined) return replyFault(reply, fault('history.day.invalid', 'day'));
      return reply.header('cache-control', 'no-cache').send(history.usualPlaces(day, request.query.hour));
    },
  );

  app.get<MinuteRequest>(
    '/api/history/:day/:minute',
    {
      schema: {
        summary: 'The segment of one minute: a keyframe and the frames of its seconds (docs/spec/segment.md)',
        tags,
        params: minuteParams,
        querystring: versionQuery,
      },
    },
    async (request, reply) => {
      const day = history.calendarDay(request.params.day);
      if (day === undefined) return replyFault(reply, fault('history.day.invalid', 'day'));
      const found = await history.minute(day, request.params.minute);
      return replySegment(request, reply, found);
    },
  );
}

/** The same as the wall knew it: what came late is there from when it came. */
function asThenKnown(app: FastifyInstance, known: KnownHistory, calendarDay: History['calendarDay']): void {
  app.get(
    '/api/history/known/days',
    { schema: { summary: 'Days in which something arrived', tags } },
    (_, reply) => reply.header('cache-control', 'no-cache').send(known.days()),
  );

  app.get<{ Params: { day: string } }>(
    '/api/history/known/:day',
    {
      schema: {
        summary: 'One day as the wall knew it: its minutes, the running one included',
        tags,
        params: Type.Object({ day: dayParam }),
      },
    },
    (request, reply) => {
      const day = calendarDay(request.params.day);
      if (day === undefined) return replyFault(reply, fault('history.day.invalid', 'day'));
      return reply.header('cache-control', 'no-cache').send(known.day(day));
    },
  );

  app.get<MinuteRequest>(
    '/api/history/known/:day/:minute',
    {
      schema: {
        summary: 'The segment of one minute as the wall knew it; of the running one, up to a moment ago',
        tags,
        params: minuteParams,
        querystring: versionQuery,
      },
    },
    async (request, reply) => {
      const day = calendarDay(request.params.day);
      if (day === undefined) return replyFault(reply, fault('history.day.invalid', 'day'));
      return replySegment(request, reply, await known.minute(day, request.params.minute));
    },
  );
}

function replySegment(
  request: FastifyRequest<MinuteRequest>,
  reply: FastifyReply,
  found: Awaited<ReturnType<History['minute'] | KnownHistory['minute']>>,
): FastifyReply {
  if (found === 'noSuchMinute') return replyFault(reply, fault('history.minute.invalid', 'minute'));
  if (found === 'unavailable') return replyFault(reply, fault('server.unavailable'));
  if (found === 'gone') return replyFault(reply, fault('history.minute.gone', 'minute'));
  if (found === 'notYet') return replyFault(reply, fault('history.minute.notYet', 'minute'));
  if (found.etag === '') reply.header('cache-control', 'no-store');
  else {
    const etag = `"${found.etag}"`;
    // Whatever comes late makes another version, with another address.
    const isNamed = request.query.version === found.etag;
    reply
      .header('etag', etag)
      .header('cache-control', isNamed ? 'private, max-age=31536000, immutable' : 'no-cache');
    if (isHeld(request.headers['if-none-match'], etag)) return reply.code(304).send();
  }
  return reply.type('application/octet-stream').send(Buffer.from(found.bytes));
}
