import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { replyFault } from '../http/fault-reply.ts';
import type { Briefing } from './briefing.ts';

const tags = ['briefing'];

/** What briefings are made of, over HTTP: no sentences, but kinds and figures, which are said in the reader's language. */
export function briefingRoutes(app: FastifyInstance, { briefing }: { readonly briefing: Briefing }): void {
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
