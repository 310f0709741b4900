import type { FastifyInstance, FastifyRequest } from 'fastify';
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
  serverTime: Type.Number(),
  startedAt: Type.Optional(Type.Number()),
  seq: Type.Optional(Type.Number({ description: 'Newest place in the log' })),
  frame: Type.Optional(Type.Number({ description: 'Newest frame of this run' })),
  viewers: Type.Optional(Type.Number()),
  viewersBehind: Type.Optional(
    Type.Number({ description: 'Viewers that owe so many answers that they get no more frames' }),
  ),
  refusedMessages: Type.Optional(Type.Number()),
  heapMiB: Type.Optional(Type.Number()),
});

/** Whoever may not look hears that the gateway is there, and no more. */
export function healthRoutes(
  app: FastifyInstance,
  {
    health,
    mayLook,
  }: { readonly health: () => Health; readonly mayLook: (request: FastifyRequest) => boolean },
): void {
  app.get(
    '/api/health',
    { schema: { summary: 'Is the gateway well?', tags: ['gateway'], response: { 200: healthSchema } } },
    (request) => {
      const all = health();
      return mayLook(request) ? all : { version: all.version, build: all.build, serverTime: all.serverTime };
    },
  );
}
