import type { FastifyInstance } from 'fastify';
import { Type } from '@maplewall/shared/domain/schema.ts';
import { batchRoute } from './batch-http.ts';
import { faultBodySchema } from './http-door.ts';
import { positionsBodySchema } from './positions-form.ts';
import type { Doors } from './doors.ts';

const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

const answerSchema = Type.Object({
  taken: Type.Integer(),
  refused: Type.Array(
    Type.Object({
      index: Type.Integer({ description: 'Of the fix, from 0' }),
      code: Type.String(),
      field: Type.String(),
      reason: Type.String(),
    }),
  ),
  counts: Type.Record(Type.String(), Type.Integer(), {
    description: 'How many of each reason; `late` ones are among those taken',
  }),
});

/** `POST /api/ingest/positions` */
export function positionsRoute(app: FastifyInstance, doors: Doors): void {
  batchRoute(app, doors, {
    url: '/api/ingest/positions',
    schema: {
      summary: 'Send positions, as rows or as columns',
      description:
        'Answered when they are on disk. Fixes younger than ten minutes are taken only of responders on duty.',
      tags: ['ingest'],
      security: [{ sourceKey: [] }],
      body: positionsBodySchema,
      response: { 200: answerSchema, '4xx': faultBodySchema, 503: faultBodySchema },
    },
    bodyLimit: BODY_LIMIT_BYTES,
    take: (source, body) => doors.ingest.takePositions(source, body),
  });
}
