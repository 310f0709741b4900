import type { FastifyInstance } from 'fastify';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { Type } from '@maplewall/shared/domain/schema.ts';
import { layoutNameSchema, wallLayoutSchema, type WallLayout } from '@maplewall/shared/domain/wall-layout.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { Layouts } from './layouts.ts';

const tags = ['screens'];
const params = Type.Object({ name: layoutNameSchema });

/** Saved layouts. Viewers read them; rights are given by route-rights.ts. */
export function layoutRoutes(app: FastifyInstance, { layouts }: { readonly layouts: Layouts }): void {
  app.get('/api/layouts', { schema: { summary: 'All saved layouts', tags } }, (_, reply) =>
    reply.header('cache-control', 'no-cache').send({ layouts: layouts.all() }),
  );
  app.get<{ Params: { name: string } }>(
    '/api/layouts/:name',
    { schema: { summary: 'One layout', tags, params } },
    (request, reply) => {
      const found = layouts.get(request.params.name);
      if (found === undefined) return replyFault(reply, fault('layout.unknown', 'name'));
      return reply.header('cache-control', 'no-cache').send(found);
    },
  );
  app.put<{ Params: { name: string }; Body: WallLayout }>(
    '/api/layouts/:name',
    {
      bodyLimit: 8_192,
      schema: {
        summary: 'Keeps a layout under its name',
        tags,
        security: [{ adminKey: [] }],
        params,
        body: wallLayoutSchema,
      },
    },
    async (request, reply) => {
      if (request.body.name !== request.params.name)
        return replyFault(
          reply,
          fault('request.invalid', 'name', { reason: 'must be the name in the address' }),
        );
      const kept = await layouts.put(request.body);
      return kept.ok ? reply.send(kept.value) : replyFault(reply, kept.fault);
    },
  );
  app.delete<{ Params: { name: string } }>(
    '/api/layouts/:name',
    { schema: { summary: 'Takes a layout away', tags, security: [{ adminKey: [] }], params } },
    async (request, reply) =>
      (await layouts.remove(request.params.name))
        ? reply.code(204).send()
        : replyFault(reply, fault('layout.unknown', 'name')),
  );
}
