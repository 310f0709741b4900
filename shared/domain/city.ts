import type { CommunityId, GridId, PostId, PrecinctId, SourceId, StationId, TeamId } from './ids.ts';
import { idSchema, textSchema, Type, wordSchema, type Static } from './schema.ts';
import { CATEGORIES } from './incident.ts';

const bilingual = Type.Object(
  { zh: textSchema(200, 'Chinese'), en: textSchema(200, 'English') },
  { additionalProperties: false },
);
const lngLat = {
  lng: Type.Number({ minimum: -180, maximum: 180 }),
  lat: Type.Number({ minimum: -90, maximum: 90 }),
};
const closed = { additionalProperties: false } as const;
const ages = {
  staleAfterSeconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
  ghostAfterSeconds: Type.Integer({ minimum: 2, maximum: 604_800 }),
};
const ageLimits = Type.Optional(Type.Object(ages, closed));
/** As many as the screens have room for beside the kinds. */
const MAX_AGEING_SOURCES = 32;

const metresPerSecond = Type.Number({ minimum: 0.5, maximum: 60 });
const source = textSchema(400, 'Where the figure comes from');
const speed = Type.Optional(Type.Object({ metresPerSecond, source }, closed));

/** The shape of `city.json` in a city pack; docs/spec/city-pack.md has the GeoJSON files beside it. */
export const citySchema = Type.Object(
  {
    formatVersion: Type.Literal(1),
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
    name: bilingual,
    centre: Type.Object(lngLat, closed),
    /** west, south, east, north: positions outside are refused. */
    bounds: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
    /** IANA name. */
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    coordinateSystem: wordSchema(['WGS84', 'GCJ-02', 'BD-09'], 'Coordinates of the files in this pack'),
    /** Said on the map; for a generated city it says what is generated. */
    notice: Type.Union([bilingual, Type.Null()]),
    attribution: Type.Optional(Type.String({ maxLength: 300 })),
    precincts: Type.Array(Type.Object({ id: idSchema<PrecinctId>('Precinct'), name: bilingual }, closed)),
    stations: Type.Array(
      Type.Object(
        {
          id: idSchema<StationId>('Station'),
          name: bilingual,
          precinctId: idSchema<PrecinctId>('Precinct'),
          ...lngLat,
        },
        closed,
      ),
    ),
    posts: Type.Array(
      Type.Object(
        {
          id: idSchema<PostId>('Post'),
          name: bilingual,
          precinctId: idSchema<PrecinctId>('Precinct'),
          ...lngLat,
          /** When it is held, by the clocks of the city: `08:00-20:00`; post-shift.ts reads them. */
          shifts: Type.Optional(
            Type.Array(textSchema(11, 'From and to, as 08:00-20:00'), { minItems: 1, maxItems: 24 }),
          ),
        },
        closed,
      ),
    ),
    teams: Type.Array(
      Type.Object(
        {
          id: idSchema<TeamId>('Team'),
          name: bilingual,
          members: Type.Integer({ minimum: 0 }),
          communityId: Type.Union([idSchema<CommunityId>('Community'), Type.Null()]),
        },
        closed,
      ),
    ),
    /**
     * Ages of the last fix from which a kind of responder is shown hollow, and as a ghost: 90 s and 600 s where nothing is
     * said. Fixes that come through one of `sources` age by its limits, whoever's they are.
     */
    ageing: Type.Optional(
      Type.Object(
        {
          volunteer: ageLimits,
          sentry: ageLimits,
          officer: ageLimits,
          gridWorker: ageLimits,
          sources: Type.Optional(
            Type.Array(Type.Object({ source: idSchema<SourceId>('Source'), ...ages }, closed), {
              maxItems: MAX_AGEING_SOURCES,
            }),
          ),
        },
        closed,
      ),
    ),
    /** How fast people get to an incident along the streets, each with its source; shared/rules/travel.ts where nothing is said. */
    travel: Type.Optional(
      Type.Object(
        {
          walk: speed,
          run: speed,
          eBike: speed,
          car: Type.Optional(
            Type.Object(
              {
                metresPerSecond: Type.Object(
                  {
                    motorway: metresPerSecond,
                    arterial: metresPerSecond,
                    street: metresPerSecond,
                    lane: metresPerSecond,
                  },
                  closed,
                ),
                source,
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
    subCategories: Type.Array(
      Type.Object(
        { code: textSchema(64, 'Code'), name: bilingual, category: wordSchema(CATEGORIES, 'Category') },
        closed,
      ),
    ),
  },
  closed,
);
export type City = Static<typeof citySchema>;

/** Kinds of water. */
export const WATER_KINDS = ['sea', 'river', 'lake'] as const;

/**
 * The GeoJSON files of a pack and what each feature's `properties` must hold. Names are `name` (Chinese) and
 * `nameEn`; either may be '' where there is none.
 *
 *   boundary     Polygon | MultiPolygon              name
 *   water        Polygon | MultiPolygon              kind: sea | river | lake
 *   roads        LineString | MultiLineString        class (ROAD_CLASSES), name, nameEn, level (LEAST_LEVEL … MOST_LEVEL, 0 if left out)
 *   blocks       Polygon                             id
 *   buildings    Polygon                             (optional file)
 *   communities  Polygon | MultiPolygon              id, name, nameEn, precinctId
 *   grids        Polygon | MultiPolygon              id, communityId, precinctId
 *   places       Point                               kind (school, market, park, hospital, government, transport, village, enterprise), name, nameEn
 */
export const PACK_FILES = [
  'boundary',
  'water',
  'roads',
  'blocks',
  'buildings',
  'communities',
  'grids',
  'places',
] as const;
export type PackFile = (typeof PACK_FILES)[number];
export const OPTIONAL_PACK_FILES: readonly PackFile[] = ['buildings'];
export type GridRef = {
  readonly id: GridId;
  readonly communityId: CommunityId;
  readonly precinctId: PrecinctId;
};
