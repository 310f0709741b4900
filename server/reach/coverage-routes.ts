import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type, type Static } from 'typebox';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { startOfMinute } from '@maplewall/shared/domain/units.ts';
import {
  HORIZON_SECONDS,
  WEIGHTS,
  type CoverageAnswer,
  type CoverageCourse,
} from '@maplewall/shared/wire/coverage.ts';
import type { CityPack } from '../city/read-pack.ts';
import { replyFault } from '../http/fault-reply.ts';
import { AREA_KINDS, type Area } from './areas.ts';
import type { Feature } from './geo-json.ts';
import {
  area,
  collection,
  day,
  horizon,
  mode,
  moment,
  momentOf,
  sendGeo,
  tags,
  typed,
  unanswered,
  unreadable,
  weight,
} from './http-words.ts';
import type { Reach } from './reach.ts';

const coverageQuery = Type.Object({
  area,
  t: moment,
  by: typed<'none' | 'community' | 'grid'>(
    Type.String({
      enum: ['none', 'community', 'grid'],
      default: 'none',
      description: 'Areas to be drawn, each with its shares',
    }),
  ),
});
const gapsQuery = Type.Object({ area, t: moment, seconds: horizon, weight });
const adviceQuery = Type.Object({
  k: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 3, description: 'How many more' })),
  t: moment,
  seconds: horizon,
  mode,
  weight,
});
const courseQuery = Type.Object({ day, area });

export interface CoverageRoutesParts {
  readonly reach: Reach;
  readonly pack: Pick<CityPack, 'city' | 'files'>;
}

/** Coverage, its course, its gaps and what would mend them. Shapes are GeoJSON; figures stand beside the features. */
export function coverageRoutes(app: FastifyInstance, { reach, pack }: CoverageRoutesParts): void {
  const names = new Map(pack.city.posts.map(({ id, name }) => [String(id), name]));

  app.get<{ Querystring: Static<typeof coverageQuery> }>(
    '/api/coverage',
    {
      schema: {
        summary:
          'The share of places that somebody reaches in 30, 60, 180 and 300 s, now or at a past second',
        tags,
        querystring: coverageQuery,
      },
    },
    async (request, reply) => {
      const { ready } = reach;
      if (ready === undefined) return unanswered(reply, 'away');
      const index = indexOfArea(ready.areas, request.query.area ?? 'city');
      if (index === undefined) return unknownArea(reply, request.query.area);
      const t = momentOf(request.query.t);
      if (t === 'unreadable') return unreadable(reply, request.query.t);
      const found = await reach.ask('shares', t, {});
      if (typeof found === 'string') return unanswered(reply, found);
      const own = found.areas[index];
      if (own === undefined) return unanswered(reply, 'away');
      const { at, acceptSeconds, posts, people, offStreet } = found;
      const figures: CoverageAnswer = {
        at,
        shares: own.shares,
        totals: own.totals,
        blocksAre: ready.people,
        acceptSeconds,
        posts,
        responders: people,
        offStreet,
      };
      const { by = 'none' } = request.query;
      const drawn = by === 'none' ? [] : shapesOf(pack, by);
      const features = drawn.flatMap(({ id, geometry }): Feature[] => {
        const place = ready.areas.findIndex((one) => one.kind === by && one.id === id);
        const shares = found.areas[place]?.shares;
        if (shares === undefined) return [];
        const properties: Record<string, string | number | null> = { id };
        for (const name of WEIGHTS)
          for (const [horizonIndex, seconds] of HORIZON_SECONDS.entries())
            properties[`${name}${seconds}`] = shares[name][horizonIndex] ?? null;
        return [{ type: 'Feature', geometry, properties }];
      });
      return sendGeo(
        reply,
        collection(features, { area: ready.areas[index], seconds: HORIZON_SECONDS, ...figures }),
      );
    },
  );

  app.get<{ Querystring: Static<typeof courseQuery> }>(
    '/api/coverage/course',
    {
      schema: {
        summary: 'Coverage by the minute of a day; minutes that are missing are being worked out',
        tags,
        querystring: courseQuery,
      },
    },
    (request, reply) => {
      const { ready } = reach;
      if (ready === undefined) return unanswered(reply, 'away');
      const index = indexOfArea(ready.areas, request.query.area ?? 'city');
      const kind = index === undefined ? undefined : ready.areas[index]?.kind;
      if (index === undefined || (kind !== 'city' && kind !== 'precinct'))
        return unknownArea(reply, request.query.area);
      const points = reach.course(request.query.day, index);
      if (points === undefined) return replyFault(reply, fault('history.day.invalid', 'day'));
      const course: CoverageCourse = {
        minutes: points.map(({ minute, shares }) => ({ at: startOfMinute(minute), ...shares })),
      };
      return reply.header('cache-control', 'no-cache').send(course);
    },
  );

  app.get<{ Querystring: Static<typeof gapsQuery> }>(
    '/api/coverage/gaps',
    {
      schema: {
        summary: 'Places that nobody reaches in time, those first where most happens',
        tags,
        querystring: gapsQuery,
      },
    },
    async (request, reply) => {
      const { ready } = reach;
      if (ready === undefined) return unanswered(reply, 'away');
      const index = indexOfArea(ready.areas, request.query.area ?? 'city');
      if (index === undefined) return unknownArea(reply, request.query.area);
      const t = momentOf(request.query.t);
      if (t === 'unreadable') return unreadable(reply, request.query.t);
      const { seconds = 30, weight: by = 'blocks' } = request.query;
      const found = await reach.ask('gaps', t, { area: index, seconds, weight: by });
      if (typeof found === 'string') return unanswered(reply, found);
      return sendGeo(reply, collection(found));
    },
  );

  app.get<{ Querystring: Static<typeof adviceQuery> }>(
    '/api/coverage/advice',
    {
      schema: {
        summary:
          'Where the next k would add most, which posts leave a hole when they are left, and which two cover the same',
        tags,
        querystring: adviceQuery,
      },
    },
    async (request, reply) => {
      const t = momentOf(request.query.t);
      if (t === 'unreadable') return unreadable(reply, request.query.t);
      const { k = 3, seconds = 30, mode: by = 'run', weight: counted = 'blocks' } = request.query;
      const found = await reach.ask('advice', t, { count: k, seconds, mode: by, weight: counted });
      if (typeof found === 'string') return unanswered(reply, found);
      const spots = found.spots.map(({ lng, lat, gain }, index): Feature => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [Number(lng.toFixed(6)), Number(lat.toFixed(6))] },
        properties: {
          rank: index + 1,
          gain,
          gainPercent: (100 * gain) / Math.max(1, found.total),
          weight: counted,
          mode: by,
          seconds,
        },
      }));
      return sendGeo(
        reply,
        collection(spots, {
          total: found.total,
          lonePosts: found.lone.map(({ post, loss }) => ({ post, name: names.get(post), loss })),
          twinPosts: found.twins.map(({ posts, shared }) => ({
            posts,
            names: posts.map((post) => names.get(post)),
            shared,
          })),
        }),
      );
    },
  );
}

const unknownArea = (reply: FastifyReply, id = 'city'): FastifyReply =>
  replyFault(reply, fault('area.unknown', 'area', { area: id }));

function indexOfArea(areas: readonly Area[], id: string): number | undefined {
  if (id === 'city') return 0;
  for (const kind of AREA_KINDS) {
    const found = areas.findIndex((one) => one.kind === kind && one.id === id);
    if (found >= 0) return found;
  }
  return undefined;
}

const shapesOf = (
  { files }: Pick<CityPack, 'files'>,
  by: 'community' | 'grid',
): readonly { readonly id: string; readonly geometry: Feature['geometry'] }[] =>
  (files.get(by === 'grid' ? 'grids' : 'communities')?.features ?? []).map(({ properties, geometry }) => ({
    id: String(properties['id']),
    geometry,
  }));
