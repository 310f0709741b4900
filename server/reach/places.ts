import type { OnStreet } from '@maplewall/shared/geo/nearest-street.ts';
import { WEIGHTS, type Weight } from '@maplewall/shared/wire/coverage.ts';
import type { Streets } from './streets.ts';

/** A place as it is known before it is joined to the streets. */
export interface RawPlace {
  readonly weight: Weight;
  readonly lng: number;
  readonly lat: number;
  /** How much it counts: incidents at the same place are one place. */
  readonly counts: number;
  /** Where people come in, if that is elsewhere: the corners of a building. The one nearest to a street counts. */
  readonly doors?: readonly (readonly [lng: number, lat: number])[];
}

/** All places of a city, joined to its streets, in columns by place. */
export interface Places {
  readonly count: number;
  readonly lng: Float64Array;
  readonly lat: Float64Array;
  /** Index in WEIGHTS. */
  readonly weight: Uint8Array;
  readonly counts: Float32Array;
  /** AREAS_PER_PLACE each: the areas that a place lies in, -1 where there is none. */
  readonly areas: Int32Array;
  readonly edge: Int32Array;
  readonly part: Float64Array;
  readonly offMetres: Float64Array;
  /** Places by edge, in both of its directions: those of edge e are `onEdge[firstOnEdge[e] … firstOnEdge[e + 1] - 1]`. */
  readonly firstOnEdge: Uint32Array;
  readonly onEdge: Uint32Array;
}

export const AREAS_PER_PLACE = 4;

/** A place with the areas in which it lies and where it is joined to the streets; undefined in a city without any. */
export interface JoinedPlace {
  readonly raw: RawPlace;
  readonly areas: readonly number[];
  readonly onStreet: OnStreet | undefined;
}

/** Joins a place to the street nearest to any of its doors. */
export function joinPlace(
  raw: RawPlace,
  streets: Streets,
  areasOf: (lng: number, lat: number) => readonly number[],
): JoinedPlace {
  const { lng, lat, doors } = raw;
  const onStreet = streets.atAny(doors ?? [[lng, lat]], 'onFoot');
  return { raw, areas: areasOf(lng, lat).slice(0, AREAS_PER_PLACE), onStreet };
}

/** Joins places to the streets, and puts them into columns. */
export const joinPlaces = (
  raw: readonly RawPlace[],
  streets: Streets,
  areasOf: (lng: number, lat: number) => readonly number[],
): Places =>
  inColumns(
    raw.map((place) => joinPlace(place, streets, areasOf)),
    streets,
  );

/** Puts joined places into columns; those that lie on no street are reached by nobody. */
export function inColumns(joined: readonly JoinedPlace[], streets: Streets): Places {
  const count = joined.length;
  const { edgeTo, firstEdge } = streets.graph;
  const places = {
    count,
    lng: Float64Array.from(joined, ({ raw }) => raw.lng),
    lat: Float64Array.from(joined, ({ raw }) => raw.lat),
    weight: Uint8Array.from(joined, ({ raw }) => WEIGHTS.indexOf(raw.weight)),
    counts: Float32Array.from(joined, ({ raw }) => raw.counts),
    areas: new Int32Array(count * AREAS_PER_PLACE).fill(-1),
    edge: new Int32Array(count).fill(-1),
    part: new Float64Array(count),
    offMetres: new Float64Array(count),
  };
  const back = new Int32Array(count).fill(-1);
  for (const [place, { areas, onStreet: best }] of joined.entries()) {
    places.areas.set(areas, place * AREAS_PER_PLACE);
    if (best === undefined) continue;
    places.edge[place] = best.edge;
    places.part[place] = best.part;
    places.offMetres[place] = best.offMetres;
    for (let edge = firstEdge[best.b] ?? 0; edge < (firstEdge[best.b + 1] ?? 0); edge++)
      if (edgeTo[edge] === best.a) back[place] = edge;
  }
  const firstOnEdge = new Uint32Array(edgeTo.length + 1);
  const count1 = (edge: number): void => {
    if (edge >= 0) firstOnEdge[edge + 1] = (firstOnEdge[edge + 1] ?? 0) + 1;
  };
  places.edge.forEach(count1);
  back.forEach(count1);
  for (let edge = 0; edge < edgeTo.length; edge++)
    firstOnEdge[edge + 1] = (firstOnEdge[edge + 1] ?? 0) + (firstOnEdge[edge] ?? 0);
  const next = firstOnEdge.slice();
  const onEdge = new Uint32Array(firstOnEdge[edgeTo.length] ?? 0);
  const put = (edge: number, place: number): void => {
    if (edge < 0) return;
    const index = next[edge] ?? 0;
    next[edge] = index + 1;
    onEdge[index] = place;
  };
  for (let place = 0; place < count; place++) {
    put(places.edge[place] ?? -1, place);
    put(back[place] ?? -1, place);
  }
  return { ...places, firstOnEdge, onEdge };
}
