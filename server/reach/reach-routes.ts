import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { City } from '@maplewall/shared/domain/city.ts';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { replyFault } from '../http/fault-reply.ts';
import {
  collection,
  day,
  mode,
  moment,
  momentOf,
  place,
  sendGeo,
  tags,
  unanswered,
  unreadable,
} from './http-words.ts';
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
      const found = await reach.reach({ ...at, seconds, mode: by });
      if (typeof found === 'string') return unanswered(reply, found);
      return sendGeo(reply, collection(found));
    },
  );

  app.get(
    '/api/reach/streets',
    {
      schema: { summary: "What came of the pack's roads: junctions, connected parts, what was mended", tags },
    },
    (_, reply) => {
      const { ready } = reach;
      if (ready === undefined) return unanswered(reply, 'away');
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
      if (t === 'unreadable') return unreadable(reply, request.query.t);
      const found = await reach.ask('posts', t, {});
      if (typeof found === 'string') return unanswered(reply, found);
      return sendGeo(reply, collection(found));
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
      if (t === 'unreadable') return unreadable(reply, request.query.t);
      const found = await reach.arrivals(t, at, request.query.limit ?? 5);
      if (typeof found === 'string') return unanswered(reply, found);
      return sendGeo(reply, collection(found));
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
      if (found === 'noSuchDay') return replyFault(reply, fault('history.day.invalid', 'day'));
      if (found === 'away') return unanswered(reply, 'away');
      return reply.header('cache-control', 'no-cache').send(found);
    },
  );
}

function placeIn(text: string, { bounds }: Pick<City, 'bounds'>): { lng: number; lat: number } | undefined {
  const [lng = Number.NaN, lat = Number.NaN] = text.split(',').map(Number);
  const [west = -180, south = -90, east = 180, north = 90] = bounds;
  return lng >= west && lng <= east && lat >= south && lat <= north ? { lng, lat } : undefined;
}
