import type { FastifyInstance } from 'fastify';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { Type } from '@maplewall/shared/domain/schema.ts';
import { layoutNameSchema } from '@maplewall/shared/domain/wall-layout.ts';
import { screenNameSchema, type ScreenTokens } from '../access/screen-tokens.ts';
import type { Clock } from '../clock.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { Layouts } from './layouts.ts';
import type { Pairing } from './pairing.ts';

export interface AdminParts {
  readonly pairing: Pairing;
  readonly screenTokens: ScreenTokens;
  readonly layouts: Layouts;
  readonly clock: Clock;
}

const about = { tags: ['screens'], security: [{ adminKey: [] }] };
const closed = { additionalProperties: false } as const;
const params = Type.Object({ id: Type.String({ maxLength: 64 }) });

/** What the administrator does with screens; everything under /api/admin needs the admin key. */
export function adminRoutes(app: FastifyInstance, parts: AdminParts): void {
  const { pairing, screenTokens, layouts, clock } = parts;
  const isKnownLayout = (name: string | undefined): boolean =>
    name === undefined || name === '' || layouts.get(name) !== undefined;

  app.get('/api/admin/screens', { schema: { ...about, summary: 'Admitted screens' } }, (_, reply) =>
    reply.header('cache-control', 'no-store').send({ screens: screenTokens.screens() }),
  );

  app.post<{ Body: { code: string; name: string; layout?: string } }>(
    '/api/admin/screens/admit',
    {
      bodyLimit: 4_096,
      schema: {
        ...about,
        summary: 'Admits the screen that shows this code',
        body: Type.Object(
          {
            code: Type.String({ minLength: 6, maxLength: 16 }),
            name: screenNameSchema,
            layout: Type.Optional(layoutNameSchema),
          },
          closed,
        ),
      },
    },
    async (request, reply) => {
      const { code, name, layout } = request.body;
      if (!isKnownLayout(layout)) return replyFault(reply, fault('layout.unknown', 'layout'));
      const waiting = pairing.find(code, clock.now());
      if (waiting === undefined) return replyFault(reply, fault('screens.codeUnknown', 'code'));
      const { screen, token } = await screenTokens.admit({ name, layout, at: clock.now() });
      waiting.give(token);
      return reply.code(201).send(screen);
    },
  );

  app.patch<{ Params: { id: string }; Body: { name?: string; layout?: string } }>(
    '/api/admin/screens/:id',
    {
      bodyLimit: 4_096,
      schema: {
        ...about,
        summary: 'Gives a screen another name or layout; an empty layout takes it away',
        params,
        body: Type.Object(
          {
            name: Type.Optional(screenNameSchema),
            layout: Type.Optional(Type.Union([layoutNameSchema, Type.Literal('')])),
          },
          closed,
        ),
      },
    },
    async (request, reply) => {
      if (!isKnownLayout(request.body.layout)) return replyFault(reply, fault('layout.unknown', 'layout'));
      const screen = await screenTokens.set(request.params.id, request.body);
      return screen === undefined ? replyFault(reply, fault('screens.unknown', 'id')) : reply.send(screen);
    },
  );

  app.delete<{ Params: { id: string } }>(
    '/api/admin/screens/:id',
    { schema: { ...about, summary: "Takes a screen's token away and closes its connections", params } },
    async (request, reply) =>
      (await screenTokens.revoke(request.params.id))
        ? reply.code(204).send()
        : replyFault(reply, fault('screens.unknown', 'id')),
  );
}
