import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type, type Static, type TSchema, type TUnsafe } from 'typebox';
import type { City } from '@maplewall/shared/domain/city.ts';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { epochMs, startOfMinute, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { TRAVEL_MODES } from '@maplewall/shared/rules/travel.ts';
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
import type { Reach, Unanswered } from './reach.ts';

const tags = ['reach'];
const place = Type.String({
  pattern: '^-?\\d{1,3}(\\.\\d{1,12})?,-?\\d{1,2}(\\.\\d{1,12})?$',
  description: 'Longitude,latitude in degrees (WGS84)',
});
const moment = Type.Optional(
  Type.String({
    maxLength: 40,
    description: 'A moment as 2026-11-20T20:30:00+08:00; now if it is left out',
  }),
);
/** What may be left out; the validator fills nothing in, so whoever answers does (`usual`). */
const typed = <T>(schema: TSchema) => Type.Optional(schema as TUnsafe<T>);
const word = <const T extends readonly string[]>(words: T, usual: T[number], description: string) =>
  typed<T[number]>(Type.String({ enum: [...words], default: usual, description }));
const horizon = typed<(typeof HORIZON_SECONDS)[number]>(
  Type.Integer({ enum: [...HORIZON_SECONDS], default: 30, description: 'Within how many seconds' }),
);
const weight = word(
  WEIGHTS,
  'blocks',
  'What counts: buildings (or blocks), key places, incidents of the last year',
);
const mode = word(TRAVEL_MODES, 'run', 'How somebody gets there');
const area = Type.Optional(
  Type.String({
    default: 'city',
    maxLength: 64,
    description: "'city', or the id of a precinct, community or grid",
  }),
);

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
const day = Type.String({ maxLength: 20, description: 'YYYY-MM-DD in the time zone of the city' });
const truthQuery = Type.Object({ day });
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

export interface ReachRoutesParts {
  readonly reach: Reach;
  readonly pack: Pick<CityPack, 'city' | 'files'>;
}

const collection = (features: readonly Feature[], about: object = {}): object => ({
  type: 'FeatureCollection',
  ...about,
  features,
});

/** Reach, coverage and advice as GeoJSON, which QGIS opens; figures stand beside the features. */
export function reachRoutes(app: FastifyInstance, { reach, pack }: ReachRoutesParts): void {
  const { city } = pack;
  const names = new Map(city.posts.map(({ id, name }) => [String(id), name]));
  const sendGeo = (reply: FastifyReply, body: object): FastifyReply =>
    reply
      .header('cache-control', 'no-cache')
      .type('application/geo+json; charset=utf-8')
      .send(JSON.stringify(body));

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

function placeIn(text: string, { bounds }: Pick<City, 'bounds'>): { lng: number; lat: number } | undefined {
  const [lng = Number.NaN, lat = Number.NaN] = text.split(',').map(Number);
  const [west = -180, south = -90, east = 180, north = 90] = bounds;
  return lng >= west && lng <= east && lat >= south && lat <= north ? { lng, lat } : undefined;
}

function momentOf(text: string | undefined): EpochMs | undefined | 'unreadable' {
  if (text === undefined) return undefined;
  // Without an offset it would be a moment of the gateway's own time zone.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return 'unreadable';
  const at = Date.parse(text);
  return Number.isNaN(at) ? 'unreadable' : epochMs(at);
}

const unreadable = (reply: FastifyReply, value: string | undefined): FastifyReply =>
  replyFault(reply, fault('ingest.time.unreadable', 't', { value: value ?? '' }));

const unknownArea = (reply: FastifyReply, id = 'city'): FastifyReply =>
  replyFault(reply, fault('area.unknown', 'area', { area: id }));

const unanswered = (reply: FastifyReply, why: Unanswered): FastifyReply =>
  replyFault(reply, why === 'away' ? fault('server.unavailable') : fault('history.minute.notYet', 't'));

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
