import type { City } from '@maplewall/shared/domain/city.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { areaOf, type FlatRing } from '@maplewall/shared/geo/contour.ts';
import { localPlane } from '@maplewall/shared/geo/local-plane.ts';
import type { OnStreet } from '@maplewall/shared/geo/nearest-street.ts';
import { reachedArea } from '@maplewall/shared/geo/reached-area.ts';
import { reachedStreets } from '@maplewall/shared/geo/reached-streets.ts';
import type { StreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { fastestOf, groundOf, lostToAge, speedsOf, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import {
  HORIZON_SECONDS,
  WEIGHTS,
  type CoverageShares,
  type HorizonSeconds,
  type Weight,
} from '@maplewall/shared/wire/coverage.ts';
import type { ShiftEndAnswer } from '@maplewall/shared/wire/reach.ts';
import type { CityPack } from '../city/read-pack.ts';
import { lonePosts, twinPosts } from './advice.ts';
import { Areas } from './areas.ts';
import { arrivalsAt } from './arrivals.ts';
import { Candidates } from './candidates-for-more.ts';
import { Coverage } from './coverage.ts';
import { gapsOf, type Gaps } from './gaps.ts';
import { feature, toTenths, type Feature } from './geo-json.ts';
import { FIRST_POST, isPost, type Movers } from './movers.ts';
import { incidentPlaces, packPlaces } from './pack-places.ts';
import type { IncidentYear, Spot } from './past-incidents.ts';
import { inColumns, joinPlace, type JoinedPlace, type Places, type RawPlace } from './places.ts';
import { shiftEnds } from './shift-ends.ts';
import type { ReachOfOne, Standing } from './standing.ts';
import { closedRing, placeOf } from './on-plane.ts';
import { OFF_STREET_METRES, Streets } from './streets.ts';
import { wayFeature, wayTo, type LngLat } from './ways.ts';

/** Days whose places are kept. */
const YEARS_KEPT = 4;

/** What the engine is asked about one moment. */
export interface Moment {
  readonly at: EpochMs;
  readonly movers: Movers;
  readonly acceptSeconds: number;
}

export interface ReachQuestion {
  readonly lng: number;
  readonly lat: number;
  readonly seconds: number;
  readonly mode: TravelMode;
}

interface ReachOfQuestion {
  readonly seconds: number;
  readonly acceptSeconds: number;
  /** As they go by their kind, if it is left out. */
  readonly mode: TravelMode | undefined;
  /** The way there instead of all that is reached in so many seconds. */
  readonly to?: LngLat | undefined;
}

export interface AdviceQuestion {
  readonly at: EpochMs;
  readonly count: number;
  readonly seconds: HorizonSeconds;
  readonly mode: TravelMode;
  readonly weight: Weight;
}

/** Everything about reach in one city: it knows no clock and no log, and is told what it has to know. */
export class ReachEngine {
  readonly areas: Areas;
  readonly streets: Streets;
  readonly #city: City;
  readonly #people: 'buildings' | 'blocks';
  readonly #packPlaces: readonly JoinedPlace[];
  #places: Places;
  #live: Coverage;
  /** Places by the incidents of a year, the last asked for at the end. */
  readonly #years = new Map<string, Places>();
  #past: Coverage | undefined;
  #supposed: Coverage | undefined;
  #candidates: { readonly of: Places; readonly key: string; readonly candidates: Candidates } | undefined;

  constructor(pack: Pick<CityPack, 'city' | 'files'>, graph: StreetGraph) {
    this.#city = pack.city;
    this.areas = new Areas(pack);
    this.streets = new Streets(graph, speedsOf(pack.city));
    this.#packPlaces = this.#join(packPlaces(pack));
    this.#people = (pack.files.get('buildings')?.features.length ?? 0) > 0 ? 'buildings' : 'blocks';
    this.#places = this.#withIncidents([]);
    this.#live = this.#newCoverage(this.#places);
  }

  /** What stands for where people are: the pack's buildings, or its blocks for want of them. */
  get people(): 'buildings' | 'blocks' {
    return this.#people;
  }

  /** Counts the present by other incidents from now on. */
  setIncidents(spots: readonly Spot[]): void {
    this.#places = this.#withIncidents(spots);
    this.#live = this.#newCoverage(this.#places);
  }

  /** Coverage now: moments follow one another, so most of it stands from the last one. */
  live({ movers, acceptSeconds }: Moment): Coverage {
    this.#live.update(movers, acceptSeconds);
    return this.#live;
  }

  /** Coverage at another moment, counted by the incidents of another year, without disturbing the present. */
  past({ movers, acceptSeconds }: Moment, year: IncidentYear): Coverage {
    this.#past = this.#asOf(this.#past, this.#placesOfYear(year));
    this.#past.update(movers, acceptSeconds);
    return this.#past;
  }

  /**
   * Coverage as it would be: somebody drags a post about, so that most of it stands from the last supposition.
   * @param year whose incidents count; the present's where it is left out
   */
  supposed({ movers, acceptSeconds }: Moment, year?: IncidentYear): Coverage {
    const places = year === undefined ? this.#places : this.#placesOfYear(year);
    this.#supposed = this.#asOf(this.#supposed, places);
    this.#supposed.update(movers, acceptSeconds);
    return this.#supposed;
  }

  sharesOf(coverage: Coverage, area: number): CoverageShares {
    const of = (weight: Weight): readonly (number | null)[] =>
      HORIZON_SECONDS.map((_, horizon) => coverage.share(area, WEIGHTS.indexOf(weight), horizon) ?? null);
    return { blocks: of('blocks'), places: of('places'), incidents: of('incidents') };
  }

  /** The streets reached, the area round them, and for comparison the circle as the crow flies. */
  reach({ lng, lat, seconds, mode }: ReachQuestion): readonly Feature[] {
    const at = this.streets.at(lng, lat, groundOf(mode));
    if (at === undefined) return [];
    const about = { seconds, mode, offStreet: at.offMetres > OFF_STREET_METRES };
    const crowMetres = seconds * fastestOf(mode, this.streets.speeds);
    return [...this.#reached(at, mode, seconds, about), circleRound(lng, lat, crowMetres, about)];
  }

  /** What one responder or post reaches in so many seconds, those to accept and those lost to the age of the fix taken off. */
  reachOf(
    { lng, lat, ageSeconds, about, ...by }: Standing,
    { seconds, acceptSeconds, mode = by.mode, to }: ReachOfQuestion,
  ): ReachOfOne {
    if (to !== undefined) {
      const setting = { streets: this.streets, acceptSeconds };
      const features = wayTo(setting, { lng, lat, ageSeconds, mode }, to);
      return { features, about: { ...about, lng, lat, mode, acceptSeconds: toTenths(acceptSeconds) } };
    }
    const waySeconds = toTenths(Math.max(0, seconds - acceptSeconds - lostToAge(ageSeconds)));
    const features = waySeconds === 0 ? [] : this.reach({ lng, lat, seconds: waySeconds, mode });
    return {
      features,
      about: { ...about, lng, lat, mode, seconds, acceptSeconds: toTenths(acceptSeconds), waySeconds },
    };
  }

  /** What each post that somebody holds reaches in half a minute. */
  posts(coverage: Coverage): readonly Feature[] {
    const seconds = HORIZON_SECONDS[0] - coverage.acceptSeconds;
    return [...coverage.movers.values()].flatMap(({ key, at, mode }) =>
      isPost(key) ? this.#reached(at, mode, seconds, { post: this.#postOf(key) }) : [],
    );
  }

  #reached(
    at: OnStreet,
    mode: TravelMode,
    seconds: number,
    about: Feature['properties'],
  ): readonly Feature[] {
    const { plane } = this.streets.graph;
    const pieces = reachedStreets(this.streets.searchFrom(at, mode, seconds));
    const areas = reachedArea(pieces);
    const ring = (flat: FlatRing): [number, number][] => closedRing(plane, flat);
    const metres = pieces.reduce((sum, { x1, y1, x2, y2 }) => sum + Math.hypot(x2 - x1, y2 - y1), 0);
    return [
      feature(
        {
          type: 'MultiLineString',
          // What a position of six digits cannot tell from a point would be no line.
          coordinates: pieces
            .map(({ x1, y1, x2, y2 }) => [placeOf(plane, x1, y1), placeOf(plane, x2, y2)])
            .filter(([from, to]) => String(from) !== String(to)),
        },
        { ...about, what: 'streets', metres: Math.round(metres) },
      ),
      feature(
        {
          type: 'MultiPolygon',
          coordinates: areas.map(({ outer, holes }) => [ring(outer), ...holes.map(ring)]),
        },
        {
          ...about,
          what: 'area',
          squareMetres: Math.round(areas.reduce((sum, area) => sum + areaOf(area), 0)),
        },
      ),
    ];
  }

  /**
   * The first to be at a place, each with the way, but those who stand there; `key` is a slot of the world's columns, or a post
   * by FIRST_POST.
   */
  arrivals(coverage: Coverage, lng: number, lat: number, most: number): readonly Feature[] {
    return arrivalsAt(coverage, lng, lat)
      .slice(0, most)
      .map((arrival) => {
        const { key } = arrival.mover;
        return wayFeature(coverage, { lng, lat }, arrival, { key, post: this.#postOf(key) });
      });
  }

  /** The way from one place to another, and how long somebody takes; empty where no way leads. */
  wayFrom(from: Omit<ReachQuestion, 'seconds'>, to: LngLat): readonly Feature[] {
    return wayTo({ streets: this.streets, acceptSeconds: 0 }, { ...from, ageSeconds: 0 }, to);
  }

  /** Where more would help most, which posts nobody could do without, which do the same, and whose shift ends open a hole. */
  advice(coverage: Coverage, { at, count, seconds, mode, weight }: AdviceQuestion) {
    const horizon = HORIZON_SECONDS.indexOf(seconds);
    const index = WEIGHTS.indexOf(weight);
    // In whole seconds: the median moves with every acceptance, and all that could be reached is not looked up anew for that.
    const waySeconds = Math.floor(seconds - coverage.acceptSeconds);
    const key = `${mode} ${waySeconds}`;
    if (this.#candidates?.key !== key || this.#candidates.of !== coverage.places) {
      const hasParts = this.areas.list.length > 1 + this.#city.precincts.length;
      const isInside = (lng: number, lat: number): boolean => !hasParts || this.areas.at(lng, lat).length > 1;
      this.#candidates = {
        of: coverage.places,
        key,
        candidates: new Candidates(coverage, mode, waySeconds, isInside),
      };
    }
    const total = coverage.total(0, index);
    return {
      spots: this.#candidates.candidates.best(coverage, horizon, index, count),
      total,
      acceptSeconds: coverage.acceptSeconds,
      waySeconds: Math.max(0, waySeconds),
      lone: lonePosts(coverage, horizon, index).map(({ post, loss }) => ({
        post: this.#city.posts[post]?.id ?? '',
        loss,
      })),
      twins: twinPosts(coverage, horizon).map(({ posts: [one, other], shared }) => ({
        posts: [this.#city.posts[one]?.id ?? '', this.#city.posts[other]?.id ?? ''] as const,
        shared,
      })),
      shiftEnds: this.#shiftEnds(coverage, { at, horizon, seconds, weight: index }),
    };
  }

  #shiftEnds(
    coverage: Coverage,
    asked: { at: EpochMs; horizon: number; seconds: number; weight: number },
  ): readonly ShiftEndAnswer[] {
    const { list } = this.areas;
    const kind = list.some((area) => area.kind === 'community') ? 'community' : 'precinct';
    const isNamed = (area: number): boolean => list[area]?.kind === kind;
    return shiftEnds(coverage, this.#city, { ...asked, isNamed }).map(({ post, at, lost, area }) => {
      const shareOf = (weight: Weight): number => {
        const index = WEIGHTS.indexOf(weight);
        return (lost[index] ?? 0) / Math.max(1, coverage.total(0, index));
      };
      return {
        post: this.#city.posts[post]?.id ?? '',
        at,
        lost: { blocks: shareOf('blocks'), places: shareOf('places'), incidents: shareOf('incidents') },
        area: list[area]?.id ?? '',
      };
    });
  }

  /** Places that nobody reaches in time. */
  gaps(
    coverage: Coverage,
    { area, seconds, weight }: { area: number; seconds: HorizonSeconds; weight: Weight },
  ): Gaps {
    return gapsOf(coverage, this.areas, {
      area,
      horizon: HORIZON_SECONDS.indexOf(seconds),
      weight: WEIGHTS.indexOf(weight),
    });
  }

  #postOf(key: number): string | null {
    return isPost(key) ? (this.#city.posts[key - FIRST_POST]?.id ?? null) : null;
  }

  #join(raw: readonly RawPlace[]): readonly JoinedPlace[] {
    return raw.map((place) => joinPlace(place, this.streets, this.areas.at));
  }

  #withIncidents(spots: readonly Spot[]): Places {
    return inColumns([...this.#packPlaces, ...this.#join(incidentPlaces(spots))], this.streets);
  }

  /** A day is asked about many times, and two are compared: those of the last few are kept. */
  #placesOfYear({ key, spots }: IncidentYear): Places {
    const places = this.#years.get(key) ?? this.#withIncidents(spots());
    this.#years.delete(key);
    this.#years.set(key, places);
    const [oldest] = this.#years.keys();
    if (this.#years.size > YEARS_KEPT && oldest !== undefined) this.#years.delete(oldest);
    return places;
  }

  #asOf(known: Coverage | undefined, places: Places): Coverage {
    return known?.places === places ? known : this.#newCoverage(places);
  }

  #newCoverage(places: Places): Coverage {
    return new Coverage(this.streets, places, this.areas.list.length);
  }
}

const CIRCLE_CORNERS = 64;

/** What half of all maps would draw: everything within so many metres, as if there were no houses and no water. */
function circleRound(lng: number, lat: number, metres: number, about: Feature['properties']): Feature {
  const plane = localPlane({ lng, lat });
  const circle = Array.from({ length: CIRCLE_CORNERS }, (_, corner) => {
    const angle = (corner / CIRCLE_CORNERS) * 2 * Math.PI;
    return [metres * Math.cos(angle), metres * Math.sin(angle)];
  });
  return feature(
    { type: 'Polygon', coordinates: [closedRing(plane, circle.flat())] },
    { ...about, what: 'asTheCrowFlies', squareMetres: Math.round(Math.PI * metres * metres) },
  );
}
