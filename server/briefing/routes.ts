import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { replyFault } from '../http/fault-reply.ts';
import { momentOf } from '../reach/http-words.ts';
import type { Briefing } from './briefing.ts';
import { shiftCard, type ShiftParts } from './shift.ts';

const tags = ['briefing'];

/** What briefings are made of, over HTTP: no sentences, but kinds and figures, which are said in the reader's language. */
export function briefingRoutes(
  app: FastifyInstance,
  { briefing, shift }: { readonly briefing: Briefing; readonly shift: ShiftParts },
): void {
  app.get<{ Querystring: { since: string } }>(
    '/api/briefing/shift',
    {
      schema: {
        summary: 'What changed since a moment, in six lines at most (docs/spec/briefing.md)',
        tags,
        querystring: Type.Object({
          since: Type.String({ maxLength: 40, description: 'A moment as 2026-11-20T20:00:00+08:00' }),
        }),
      },
    },
    async (request, reply) => {
      const since = momentOf(request.query.since);
      if (!since.ok || since.value === undefined)
        return replyFault(reply, fault('ingest.time.unreadable', 'since', { value: request.query.since }));
      const found = await shiftCard(shift, since.value);
      if (!found.ok) return replyFault(reply, found.fault);
      return reply.header('cache-control', 'no-cache').send(found.value);
    },
  );

  app.get<{ Params: { day: string } }>(
    '/api/briefing/:day/chapters',
    {
      schema: {
        summary: 'Up to eight chapters of a day, chosen by rule, 90 seconds at most (docs/spec/briefing.md)',
        tags,
        params: Type.Object({
          day: Type.String({ description: 'YYYY-MM-DD in the time zone of the city', maxLength: 20 }),
        }),
      },
    },
    async (request, reply) => {
      const found = await briefing.chapters(request.params.day);
      if (!found.ok) return replyFault(reply, found.fault);
      return reply.header('cache-control', 'no-cache').send(found.value);
    },
  );
}
