import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { City } from '@maplewall/shared/domain/city.ts';
import { fail, fault, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { PostId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { TRAVEL_MODES, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import { replyFault } from '../http/fault-reply.ts';
import { collection, day, moment, momentOf, place, placeIn, sendGeo, tags, typed } from './http-words.ts';
import type { Reach } from './reach.ts';
import type { Whose } from './standing.ts';

const idText = { minLength: 1, maxLength: 64 };
const reachQuery = Type.Object({
  at: Type.Optional(place),
  responder: typed<ResponderId>(
    Type.String({ ...idText, description: 'Instead of `at`: a responder on duty whose last fix is fresh' }),
  ),
  post: typed<PostId>(
    Type.String({
      ...idText,
      description: 'Instead of `at`: a post of the city, whether somebody holds it or not',
    }),
  ),
  to: Type.Optional({
    ...place,
    description: 'The way to this place and its seconds, instead of all that is reached',
  }),
  seconds: Type.Optional(
    Type.Number({ minimum: 1, maximum: 1_800, default: 30, description: 'Within how many seconds' }),
  ),
  mode: typed<TravelMode>(
    Type.String({
      enum: [...TRAVEL_MODES],
      description: 'How they get there; left out: as the responder does by their kind, else running',
    }),
  ),
  t: moment,
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
        summary:
          'The streets reached from a place, or by one responder or post, the area round them, and the circle as the crow flies; or the way to one place, and how long it takes',
        tags,
        querystring: reachQuery,
      },
    },
    async (request, reply) => {
      const from = fromOf(request.query, city);
      if (!from.ok) return replyFault(reply, from.fault);
      const { seconds = 30, mode: by } = request.query;
      const to = request.query.to === undefined ? undefined : placeIn(request.query.to, city);
      if (to === undefined && request.query.to !== undefined)
        return replyFault(reply, fault('ingest.position.outOfBounds', 'to'));
      if ('lng' in from.value) {
        const mode = by ?? 'run';
        const found =
          to === undefined
            ? await reach.reach({ ...from.value, seconds, mode })
            : await reach.way({ ...from.value, mode, to });
        return sendGeo(reply, found, collection);
      }
      const t = momentOf(request.query.t);
      const found = t.ok ? await reach.reachOf(from.value, t.value, { seconds, mode: by, to }) : t;
      return sendGeo(reply, found, ({ features, about }) => collection(features, about));
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
      return reply
        .header('cache-control', 'no-cache')
        .send({ ...ready.streets.counts, roads: ready.streets.roads });
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

/** From where: a place, or where a responder or a post stands. Just one of them has to be given, and only people move with time. */
function fromOf(
  { at, responder, post, t }: Static<typeof reachQuery>,
  city: City,
): Result<Whose | { readonly lng: number; readonly lat: number }> {
  if ([at, responder, post].filter((given) => given !== undefined).length !== 1)
    return fail('reach.oneOfThree', 'at');
  if (responder !== undefined) return ok({ responder });
  if (post !== undefined) return ok({ post });
  if (t !== undefined) return fail('reach.placeAtAnyTime', 't');
  const found = placeIn(at ?? '', city);
  return found === undefined ? fail('ingest.position.outOfBounds', 'at') : ok(found);
}
