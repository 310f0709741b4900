import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { startOfMinute, type EpochMs } from '@maplewall/shared/domain/units.ts';
import {
  HORIZON_SECONDS,
  WEIGHTS,
  type CoverageAnswer,
  type CoverageCourse,
} from '@maplewall/shared/wire/coverage.ts';
import type { City } from '@maplewall/shared/domain/city.ts';
import type { AdviceAnswer, AdviceProperties } from '@maplewall/shared/wire/reach.ts';
import type { CityPack } from '../city/read-pack.ts';
import { replyFault } from '../http/fault-reply.ts';
import { partsOf } from './area-parts.ts';
import { AREA_KINDS, type Area } from './areas.ts';
import { feature, rightHanded, toTenths, type Feature } from './geo-json.ts';
import {
  area,
  collection,
  day,
  horizon,
  mode,
  moment,
  momentOf,
  place,
  placeIn,
  sendGeo,
  tags,
  typed,
  weight,
} from './http-words.ts';
import type { MovedPost } from './movers.ts';
import type { Advice, ReachReady, Shares } from './reach-messages.ts';
import type { Reach } from './reach.ts';

const coverageQuery = Type.Object({
  area,
  t: moment,
  by: typed<'none' | 'community' | 'grid'>(
    Type.String({
      enum: ['none', 'community', 'grid'],
      default: 'none',
      description: 'Parts of `area` to be drawn, each with its shares',
    }),
  ),
  post: Type.Optional(
    Type.String({ maxLength: 64, description: 'As it would be if this post were held, and stood at `to`' }),
  ),
  to: Type.Optional(place),
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
      const wanted = wantedOf(reach, request.query);
      if (!wanted.ok) return replyFault(reply, wanted.fault);
      const moved = movedPostOf(pack.city, request.query);
      if (!moved.ok) return replyFault(reply, moved.fault);
      const found = await reach.ask('shares', wanted.value.at, { moved: moved.value });
      return sendGeo(reply, found, (shares) =>
        coverageBody(pack, wanted.value, shares, request.query.by ?? 'none'),
      );
    },
  );

  app.get<{ Querystring: Static<typeof courseQuery> }>(
    '/api/coverage/course',
    {
      schema: {
        summary:
          'Coverage, and how many are on duty in the city, by the minute of a day; minutes that are missing are being worked out',
        tags,
        querystring: courseQuery,
      },
    },
    (request, reply) => {
      const wanted = wantedOf(reach, request.query);
      if (!wanted.ok) return replyFault(reply, wanted.fault);
      const points = reach.course(request.query.day, wanted.value.index);
      if (!points.ok) return replyFault(reply, points.fault);
      const course: CoverageCourse = {
        minutes: points.value.map(({ minute, shares, onDuty }) => ({
          at: startOfMinute(minute),
          ...shares,
          onDuty,
        })),
      };
      return reply.header('cache-control', 'no-cache').send(course);
    },
  );

  app.get<{ Querystring: Static<typeof gapsQuery> }>(
    '/api/coverage/gaps',
    {
      schema: {
        summary:
          'Places that nobody reaches in time, those first where most happens: 2,000 at most, `total` in all',
        tags,
        querystring: gapsQuery,
      },
    },
    async (request, reply) => {
      const { seconds = 30, weight: by = 'blocks' } = request.query;
      const wanted = wantedOf(reach, request.query);
      if (!wanted.ok) return replyFault(reply, wanted.fault);
      const { index, at } = wanted.value;
      const found = await reach.ask('gaps', at, { area: index, seconds, weight: by });
      return sendGeo(reply, found, ({ features, total }) =>
        collection(features, { total, isCut: features.length < total }),
      );
    },
  );

  app.get<{ Querystring: Static<typeof adviceQuery> }>(
    '/api/coverage/advice',
    {
      schema: {
        summary:
          'Where the next k would add most, which posts leave a hole when they are left, which two cover the same, and which shift ends open a hole',
        tags,
        querystring: adviceQuery,
      },
    },
    async (request, reply) => {
      const t = momentOf(request.query.t);
      if (!t.ok) return replyFault(reply, t.fault);
      const { k = 3, seconds = 30, mode: by = 'run', weight: counted = 'blocks' } = request.query;
      const found = await reach.ask('advice', t.value, { count: k, seconds, mode: by, weight: counted });
      return sendGeo(reply, found, (advice) => adviceBody(advice, { weight: counted, mode: by, seconds }));
    },
  );
}

/** What a question about coverage is about. */
interface Wanted {
  readonly ready: ReachReady;
  readonly index: number;
  readonly at: EpochMs | undefined;
}

function wantedOf(
  { ready }: Pick<Reach, 'ready'>,
  { area: id = 'city', t }: { readonly area?: string; readonly t?: string },
): Result<Wanted> {
  if (ready === undefined) return fail('server.unavailable');
  const index = indexOfArea(ready.areas, id);
  if (index === undefined) return fail('area.unknown', 'area', { area: id });
  const at = momentOf(t);
  return at.ok ? ok({ ready, index, at: at.value }) : at;
}

/** The post that is supposed to stand elsewhere; undefined if none is. */
function movedPostOf(
  city: City,
  { post: id, to }: { readonly post?: string; readonly to?: string },
): Result<MovedPost | undefined> {
  if (id === undefined && to === undefined) return ok(undefined);
  if (id === undefined || to === undefined)
    return fail('coverage.postAndPlace', id === undefined ? 'post' : 'to');
  const post = city.posts.findIndex((one) => one.id === id);
  if (post === -1) return fail('post.unknown', 'post', { post: id });
  const at = placeIn(to, city);
  return at === undefined ? fail('ingest.position.outOfBounds', 'to') : ok({ post, ...at });
}

function coverageBody(
  pack: CoverageRoutesParts['pack'],
  { ready, index }: Wanted,
  found: Shares,
  by: 'none' | 'community' | 'grid',
): object {
  const own = found.areas[index];
  if (own === undefined) throw new Error(`the thread of reach told nothing of area ${index}`);
  const { at, acceptSeconds, posts, people, offStreet } = found;
  const figures: CoverageAnswer = {
    at,
    shares: own.shares,
    totals: own.totals,
    blocksAre: ready.people,
    acceptSeconds: toTenths(acceptSeconds),
    posts,
    responders: people,
    offStreet,
  };
  const asked = ready.areas[index];
  const drawn = by === 'none' || asked === undefined ? [] : partsOf(pack, asked, by);
  const features = drawn.flatMap(({ id, geometry }): Feature[] => {
    const place = ready.areas.findIndex((one) => one.kind === by && one.id === id);
    const shares = found.areas[place]?.shares;
    if (shares === undefined) return [];
    const properties: Record<string, string | number | null> = { id };
    for (const name of WEIGHTS)
      for (const [horizonIndex, seconds] of HORIZON_SECONDS.entries())
        properties[`${name}${seconds}`] = shares[name][horizonIndex] ?? null;
    return [feature(rightHanded(geometry), properties)];
  });
  return collection(features, { area: asked, seconds: HORIZON_SECONDS, ...figures });
}

function adviceBody(
  { spots, total, acceptSeconds, waySeconds, lone, twins, shiftEnds }: Advice,
  asked: Pick<AdviceProperties, 'weight' | 'mode' | 'seconds'>,
): AdviceAnswer {
  return {
    type: 'FeatureCollection',
    total,
    acceptSeconds: toTenths(acceptSeconds),
    waySeconds,
    lonePosts: lone,
    twinPosts: twins,
    shiftEnds,
    features: spots.map(({ lng, lat, gain }, index) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [Number(lng.toFixed(6)), Number(lat.toFixed(6))] },
      properties: {
        rank: index + 1,
        gain,
        gainPercent: toTenths((100 * gain) / Math.max(1, total)),
        ...asked,
      },
    })),
  };
}

function indexOfArea(areas: readonly Area[], id: string): number | undefined {
  if (id === 'city') return 0;
  for (const kind of AREA_KINDS) {
    const found = areas.findIndex((one) => one.kind === kind && one.id === id);
    if (found >= 0) return found;
  }
  return undefined;
}
