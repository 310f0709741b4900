import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify';
import type { Result } from '@maplewall/shared/domain/fault.ts';
import { fault } from '@maplewall/shared/domain/fault.ts';
import type { Source } from '../access/source-keys.ts';
import { replyFault } from '../http/fault-reply.ts';
import { BadBody, isFault, shownOnly, sourceOf } from './http-door.ts';
import type { Doors } from './doors.ts';

/** A route that takes a JSON batch of a source. The key is looked at before the body is read. */
export function batchRoute(
  app: FastifyInstance,
  { sourceKeys, ingest }: Doors,
  route: {
    readonly url: string;
    readonly schema: FastifySchema;
    readonly bodyLimit: number;
    take(source: Source, body: unknown): Promise<Result<object>>;
  },
): void {
  const sources = new WeakMap<FastifyRequest, Source>();
  app.post(route.url, {
    ...shownOnly(route.schema, route.bodyLimit),
    onRequest: (request, reply, done) => {
      const source = sourceOf(request, sourceKeys);
      if (isFault(source)) {
        void replyFault(reply, source);
        return;
      }
      sources.set(request, source);
      done();
    },
    handler: async (request, reply) => {
      const source = sources.get(request);
      if (source === undefined) throw new Error('a batch reached its handler without a source');
      const { body } = request;
      const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
      if (isForm === true) return replyFault(reply, fault('request.unsupportedType', 'content-type'));
      if (body instanceof BadBody) {
        ingest.count(source.id, body.fault.code);
        return replyFault(reply, body.fault);
      }
      const taken = await route.take(source, body);
      return taken.ok ? taken.value : replyFault(reply, taken.fault);
    },
  });
}
