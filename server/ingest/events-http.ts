import type { FastifyInstance } from 'fastify';
import { Type } from '@maplewall/shared/domain/schema.ts';
import { batchRoute } from './batch-http.ts';
import { eventsBodySchema } from './events.ts';
import { faultBodySchema } from './http-door.ts';
import type { Doors } from './doors.ts';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

const answerSchema = Type.Object({
  results: Type.Array(
    Type.Union([
      Type.Object({ seq: Type.Integer({ description: 'Place in the log' }), repeated: Type.Boolean() }),
      Type.Object({
        index: Type.Integer({ description: 'Of the item, from 0' }),
        code: Type.String(),
        field: Type.String(),
        reason: Type.String(),
      }),
    ]),
    { description: 'One for each item, in their order' },
  ),
  taken: Type.Integer({ description: 'Items that are in the log, those sent before included' }),
  refused: Type.Integer(),
});

/** `POST /api/ingest/events` */
export function eventsRoute(app: FastifyInstance, doors: Doors): void {
  batchRoute(app, doors, {
    url: '/api/ingest/events',
    schema: {
      summary: 'Send events',
      description: 'Answered when they are on disk. One bad item is named; the others are taken.',
      tags: ['ingest'],
      security: [{ sourceKey: [] }],
      body: eventsBodySchema,
      response: { 200: answerSchema, '4xx': faultBodySchema, 503: faultBodySchema },
    },
    bodyLimit: BODY_LIMIT_BYTES,
    take: (source, body) => doors.ingest.takeEvents(source, body),
  });
}
