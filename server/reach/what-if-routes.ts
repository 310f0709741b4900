import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { City } from '@maplewall/shared/domain/city.ts';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { replyFault } from '../http/fault-reply.ts';
import { boundOf, place, placeIn, tags } from './http-words.ts';
import type { Reach } from './reach.ts';

const moment = (what: string) =>
  Type.String({ maxLength: 40, description: `${what}, as 2026-11-20T20:30:00+08:00` });
const whatIfQuery = Type.Object({
  from: moment('From this moment'),
  to: moment('Up to this moment, a day later at most'),
  offers: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 20,
      description: 'So many are asked at once; as it was done if it is left out',
    }),
  ),
  substitute: Type.Optional(
    Type.Integer({
      minimum: 10,
      maximum: 600,
      description:
        'Another one is asked whenever nobody has accepted for so many seconds; nobody if it is left out',
    }),
  ),
  post: Type.Optional(place),
});
type WhatIfQuery = Static<typeof whatIfQuery>;

/** What would have been with another policy. */
export function whatIfRoutes(
  app: FastifyInstance,
  { reach, city }: { readonly reach: Reach; readonly city: City },
): void {
  app.get<{ Querystring: WhatIfQuery }>(
    '/api/what-if',
    {
      schema: {
        summary:
          'The incidents of a range with more offers, substitutes or one post more: seconds won, extra alerts; computed (docs/spec/what-if.md)',
        tags,
        querystring: whatIfQuery,
      },
    },
    async (request, reply) => {
      const asked = parsed(request.query, city);
      if (!asked.ok) return replyFault(reply, asked.fault);
      const { from, to, post } = asked.value;
      const { offers, substitute: substituteSeconds } = request.query;
      const found = await reach.whatIf(from, to, { offers, substituteSeconds, post });
      if (!found.ok) return replyFault(reply, found.fault);
      return reply.header('cache-control', 'no-cache').send(found.value);
    },
  );
}

function parsed(
  query: WhatIfQuery,
  city: City,
): Result<{
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly post: { readonly lng: number; readonly lat: number } | undefined;
}> {
  const from = boundOf(query.from, 'from');
  if (!from.ok) return from;
  const to = boundOf(query.to, 'to');
  if (!to.ok) return to;
  const post = query.post === undefined ? undefined : placeIn(query.post, city);
  if (query.post !== undefined && post === undefined) return fail('ingest.position.outOfBounds', 'post');
  return ok({ from: from.value, to: to.value, post });
}
