import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { Result } from '@maplewall/shared/domain/fault.ts';
import { briefingContentSchema, type BriefingContent } from '@maplewall/shared/domain/saved-briefing.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { BriefingStore } from './briefing-store.ts';

const tags = ['briefings'];
const BODY_LIMIT_BYTES = 1024 * 1024;
const params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const version = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'A version of the briefing' });
const change = { tags, security: [{ adminKey: [] }] };

/** Somebody may save at any moment, so every answer is asked for again. */
function send<T extends object>(reply: FastifyReply, found: Result<T>, code = 200): FastifyReply {
  return found.ok
    ? reply.code(code).header('cache-control', 'no-cache').send(found.value)
    : replyFault(reply, found.fault);
}

/** Briefings that people made. Viewers read them; rights are given by route-rights.ts. */
export function savedBriefingRoutes(
  app: FastifyInstance,
  { briefings }: { readonly briefings: BriefingStore },
): void {
  app.get<{ Querystring: { deleted?: boolean } }>(
    '/api/briefings',
    {
      schema: {
        summary: 'All briefings, by their newest version',
        tags,
        querystring: Type.Object({
          deleted: Type.Optional(Type.Boolean({ description: 'Those that were deleted as well' })),
        }),
      },
    },
    (request, reply) =>
      reply
        .header('cache-control', 'no-cache')
        .send({ briefings: briefings.list(request.query.deleted === true) }),
  );
  app.post<{ Body: BriefingContent }>(
    '/api/briefings',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: { ...change, summary: 'Keeps a new briefing', body: briefingContentSchema },
    },
    (request, reply) => send(reply, briefings.create(request.body), 201),
  );
  app.get<{ Params: { id: string }; Querystring: { version?: number } }>(
    '/api/briefings/:id',
    {
      schema: {
        summary: 'One briefing with its scenes: the newest version, or another one',
        tags,
        params,
        querystring: Type.Object({ version: Type.Optional(version) }),
      },
    },
    (request, reply) => send(reply, briefings.get(request.params.id, request.query.version)),
  );
  app.get<{ Params: { id: string } }>(
    '/api/briefings/:id/versions',
    { schema: { summary: 'All versions of a briefing, newest first, without their scenes', tags, params } },
    (request, reply) => {
      const { id } = request.params;
      const found = briefings.versions(id);
      return send(reply, found.ok ? { ok: true, value: { id, versions: found.value } } : found);
    },
  );
  app.put<{ Params: { id: string }; Body: BriefingContent & { readonly basedOn: number } }>(
    '/api/briefings/:id',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        ...change,
        summary: 'Keeps a new version of a briefing; refused unless it is based on the newest one',
        params,
        body: Type.Object(
          { ...briefingContentSchema.properties, basedOn: version },
          { additionalProperties: false },
        ),
      },
    },
    (request, reply) => {
      const { basedOn, title, scenes } = request.body;
      return send(reply, briefings.save(request.params.id, basedOn, { title, scenes }));
    },
  );
  app.delete<{ Params: { id: string }; Querystring: { basedOn: number } }>(
    '/api/briefings/:id',
    {
      schema: {
        ...change,
        summary: 'Takes a briefing off the list; its versions stay, and saving one of them brings it back',
        params,
        querystring: Type.Object({ basedOn: version }),
      },
    },
    (request, reply) => send(reply, briefings.remove(request.params.id, request.query.basedOn)),
  );
}
