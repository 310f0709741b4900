import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';

/** What the gateway says of itself. */
export interface Health {
  readonly version: string;
  readonly build: string;
  readonly startedAt: number;
  readonly serverTime: number;
  readonly seq: number;
  readonly frame: number;
  readonly viewers: number;
  readonly viewersBehind: number;
  readonly refusedMessages: number;
  readonly heapMiB: number;
}

const healthSchema = Type.Object({
  version: Type.String(),
  build: Type.String(),
  startedAt: Type.Number(),
  serverTime: Type.Number(),
  seq: Type.Number({ description: 'Records in the log' }),
  frame: Type.Number({ description: 'Newest frame of this run' }),
  viewers: Type.Number(),
  viewersBehind: Type.Number({ description: 'Viewers that have not answered three frames' }),
  refusedMessages: Type.Number(),
  heapMiB: Type.Number(),
});

export function healthRoutes(app: FastifyInstance, { health }: { readonly health: () => Health }): void {
  app.get(
    '/api/health',
    { schema: { summary: 'Is the gateway well?', tags: ['gateway'], response: { 200: healthSchema } } },
    () => health(),
  );
}
