import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { City } from '@maplewall/shared/domain/city.ts';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { replyFault } from '../http/fault-reply.ts';
import { collection, day, mode, moment, momentOf, place, placeIn, sendGeo, tags } from './http-words.ts';
import type { Reach } from './reach.ts';

const reachQuery = Type.Object({
  at: place,
  seconds: Type.Optional(Type.Number({ minimum: 1, maximum: 1_800, default: 30 })),
  mode,
});
const postsQuery = Type.Object({ t: moment });
const arrivalsQuery = Type.Object({
  at: place,
  t: moment,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 5 })),
});
const truthQuery = Type.Object({ day });

export interface ReachRoutesParts {
  readonly reach: Reach;
  readonly city: City;
}

/** Who reaches what, who comes first, and whether it came true. Shapes are GeoJSON, which QGIS opens. */
export function reachRoutes(app: FastifyInstance, { reach, city }: ReachRoutesParts): void {
  app.get<{ Querystring: Static<typeof reachQuery> }>(
    '/api/reach',
    {
      schema: {
        summary: 'The streets reached from a place, the area round them, and the circle as the crow flies',
        tags,
        querystring: reachQuery,
      },
    },
    async (request, reply) => {
      const at = placeIn(request.query.at, city);
      if (at === undefined) return replyFault(reply, fault('ingest.position.outOfBounds', 'at'));
      const { seconds = 30, mode: by = 'run' } = request.query;
      return sendGeo(reply, await reach.reach({ ...at, seconds, mode: by }), collection);
    },
  );

  app.get(
    '/api/reach/streets',
    {
      schema: { summary: "What came of the pack's roads: junctions, connected parts, what was mended", tags },
    },
    (_, reply) => {
      const { ready } = reach;
      if (ready === undefined) return replyFault(reply, fault('server.unavailable'));
      return reply.header('cache-control', 'no-cache').send(ready.streets);
    },
  );

  app.get<{ Querystring: Static<typeof postsQuery> }>(
    '/api/reach/posts',
    {
      schema: {
        summary:
          'What each post that somebody holds reaches in half a minute: its streets, and the area round them',
        tags,
        querystring: postsQuery,
      },
    },
    async (request, reply) => {
      const t = momentOf(request.query.t);
      return sendGeo(reply, t.ok ? await reach.ask('posts', t.value, {}) : t, collection);
    },
  );

  app.get<{ Querystring: Static<typeof arrivalsQuery> }>(
    '/api/reach/arrivals',
    {
      schema: {
        summary: 'Who could be at a place first, by which way, in how many seconds',
        tags,
        querystring: arrivalsQuery,
      },
    },
    async (request, reply) => {
      const at = placeIn(request.query.at, city);
      if (at === undefined) return replyFault(reply, fault('ingest.position.outOfBounds', 'at'));
      const t = momentOf(request.query.t);
      const found = t.ok ? await reach.arrivals(t.value, at, request.query.limit ?? 5) : t;
      return sendGeo(reply, found, collection);
    },
  );

  app.get<{ Querystring: Static<typeof truthQuery> }>(
    '/api/reach/truth',
    {
      schema: {
        summary:
          'Each incident of a day: expected and actual first arrival, MET or MISSED and why; shares by precinct',
        tags,
        querystring: truthQuery,
      },
    },
    async (request, reply) => {
      const found = await reach.truth(request.query.day);
      if (!found.ok) return replyFault(reply, found.fault);
      return reply.header('cache-control', 'no-cache').send(found.value);
    },
  );
}
