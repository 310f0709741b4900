import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { Type } from '@maplewall/shared/domain/schema.ts';
import { noScreenCookie, screenCookie, screenTokenOf } from '../access/screen-cookie.ts';
import type { ScreenTokens } from '../access/screen-tokens.ts';
import type { Viewer, ViewerDoor } from '../access/viewer-door.ts';
import type { Clock } from '../clock.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { Pairing } from './pairing.ts';

export interface PairingParts {
  readonly pairing: Pairing;
  readonly screenTokens: ScreenTokens;
  readonly viewerDoor: ViewerDoor;
  readonly clock: Clock;
}

const tags = ['screens'];
const secret = Type.String({ pattern: '^[\\w-]{43}$' });
const closed = { additionalProperties: false } as const;
const isSecure = ({ headers }: FastifyRequest): boolean => headers['x-forwarded-proto'] === 'https';
const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } });

/**
 * What a page asks for that nobody has admitted yet. The page keeps its token, too, and can have its cookie set again: a
 * browser that lost its cookies stands there without anybody's help.
 */
export function pairingRoutes(app: FastifyInstance, parts: PairingParts): void {
  const { pairing, screenTokens, viewerDoor, clock } = parts;

  app.post(
    '/api/screens/pairing',
    {
      config: perMinute(60),
      bodyLimit: 1_024,
      schema: { summary: 'A code to show, by which an administrator admits this screen', tags },
    },
    (request, reply) => {
      const begun = pairing.begin(request.socket.remoteAddress ?? '', clock.now());
      return begun.ok ? reply.send(begun.value) : replyFault(reply, begun.fault);
    },
  );

  app.post<{ Body: { pairingId: string } }>(
    '/api/screens/pairing/collect',
    {
      config: perMinute(1_200),
      bodyLimit: 1_024,
      schema: {
        summary: 'Whether this screen was admitted; if so, its token and its cookie',
        tags,
        body: Type.Object({ pairingId: secret }, closed),
      },
    },
    (request, reply) => {
      const collected = pairing.collect(request.body.pairingId, clock.now());
      if (collected === undefined) return replyFault(reply, fault('screens.pairingOver'));
      if (collected.state === 'admitted')
        reply.header('set-cookie', screenCookie(collected.token, isSecure(request)));
      return reply.header('cache-control', 'no-store').send(collected);
    },
  );

  app.get(
    '/api/screens/session',
    { schema: { summary: 'Who this viewer is; sets its cookie anew', tags } },
    (request, reply) => {
      reply.header('cache-control', 'no-store');
      const viewer = viewerDoor.identify(request.raw);
      if (viewer === undefined) {
        if (request.headers.cookie !== undefined) reply.header('set-cookie', noScreenCookie());
        return replyFault(reply, fault('access.notPaired'));
      }
      const token = screenTokenOf(request.headers.cookie);
      if (viewer.role === 'screen' && token !== undefined)
        reply.header('set-cookie', screenCookie(token, isSecure(request)));
      return reply.send(toSession(viewer));
    },
  );

  app.post<{ Body: { token: string } }>(
    '/api/screens/session',
    {
      config: perMinute(600),
      bodyLimit: 1_024,
      schema: {
        summary: 'Sets the cookie of a screen that kept its token',
        tags,
        body: Type.Object({ token: secret }, closed),
      },
    },
    (request, reply) => {
      const screen = screenTokens.check(request.body.token);
      if (screen === undefined) return replyFault(reply, fault('access.notPaired', 'token'));
      return reply
        .header('cache-control', 'no-store')
        .header('set-cookie', screenCookie(request.body.token, isSecure(request)))
        .send(toSession({ role: 'screen', screen }));
    },
  );
}

const toSession = (viewer: Viewer) =>
  viewer.role === 'screen'
    ? { role: viewer.role, name: viewer.screen.name, layout: viewer.screen.layout ?? null }
    : { role: viewer.role, name: null, layout: null };
