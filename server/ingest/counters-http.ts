import type { FastifyInstance } from 'fastify';
import { Type } from '@maplewall/shared/domain/schema.ts';
import { replyFault } from '../http/fault-reply.ts';
import { faultBodySchema, isFault, shownOnly, sourceOf } from './http-door.ts';
import type { Doors } from './doors.ts';

/** `GET /api/ingest/counters`: what became of everything that this source sent since the gateway started. */
export function countersRoute(app: FastifyInstance, { ingest, sourceKeys }: Doors): void {
  app.get(
    '/api/ingest/counters',
    shownOnly(
      {
        summary: 'What became of what this source sent, by reason, since the gateway started',
        tags: ['ingest'],
        security: [{ sourceKey: [] }],
        response: {
          200: Type.Object({ source: Type.String(), counts: Type.Record(Type.String(), Type.Integer()) }),
          '4xx': faultBodySchema,
        },
      },
      1_024,
    ),
    async (request, reply) => {
      const source = sourceOf(request, sourceKeys);
      if (isFault(source)) return replyFault(reply, source);
      return { source: source.id, counts: ingest.counters.of(source.id) };
    },
  );
}
