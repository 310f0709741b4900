import { planeX, planeY } from '@maplewall/shared/geo/local-plane.ts';
import { NearestStreet, type OnStreet } from '@maplewall/shared/geo/nearest-street.ts';
import type { StreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { StreetSearch } from '@maplewall/shared/geo/street-search.ts';
import {
  costPerSecond,
  groundCosts,
  groundOf,
  offStreetCost,
  type Ground,
  type TravelMode,
  type TravelSpeeds,
} from '@maplewall/shared/rules/travel.ts';

/** Who is further from any street is led to it in a straight line, and marked so. */
export const OFF_STREET_METRES = 30;

/**
 * Who is further than that from a stray street, of which no way leads to the rest of the city, is led to a net instead if that
 * is not further than so many times: both are straight lines over open ground, and one of them leads somewhere.
 */
const NET_TIMES = 1.3;

/**
 * A connected part with less street than this is a stray one. Who runs for five minutes, the longest time that is asked about,
 * gets 900 m to either side along a single street: of anything smaller they have seen the end. What is larger is a net
 * of its own, as each bank of a river is.
 */
const STRAY_METRES = 1_800;

/** The streets of a city, ready to be searched on foot and by car. */
export class Streets {
  readonly graph: StreetGraph;
  readonly speeds: TravelSpeeds;
  readonly #searches: Readonly<Record<Ground, StreetSearch>>;
  readonly #nearest: Readonly<Record<Ground, NearestStreet>>;
  /** By connected part. */
  readonly #isStray: Uint8Array;

  constructor(graph: StreetGraph, speeds: TravelSpeeds) {
    this.graph = graph;
    this.speeds = speeds;
    const onFoot = groundCosts(graph, 'onFoot', speeds);
    this.#searches = {
      onFoot: new StreetSearch(graph, onFoot),
      byCar: new StreetSearch(graph, groundCosts(graph, 'byCar', speeds)),
    };
    this.#nearest = {
      onFoot: new NearestStreet(graph, (edge) => onFoot[edge] !== Infinity),
      byCar: new NearestStreet(graph),
    };
    this.#isStray = strayParts(graph);
  }

  /** The street nearest to a place, however far, but NET_TIMES; undefined in a city without streets. */
  at(lng: number, lat: number, ground: Ground): OnStreet | undefined {
    return this.atAny([[lng, lat]], ground);
  }

  /** The same of whatever may be entered at several doors: by the best of them. */
  atAny(doors: readonly (readonly [lng: number, lat: number])[], ground: Ground): OnStreet | undefined {
    const { plane, component } = this.graph;
    const nearest = this.#nearest[ground];
    const found = nearestOf(doors, (lng, lat) => nearest.anywhere(planeX(plane, lng), planeY(plane, lat)));
    if (found === undefined || this.#isStray[component[found.a] ?? 0] === 0) return found;
    if (found.offMetres <= OFF_STREET_METRES) return found;
    const reach = found.offMetres * NET_TIMES;
    const onNet = nearestOf(doors, (lng, lat) =>
      nearest.within(planeX(plane, lng), planeY(plane, lat), reach, (part) => this.#isStray[part] === 0),
    );
    return onNet ?? found;
  }

  /** What it costs to get from a place beside the streets onto them. */
  offCost(at: OnStreet, mode: TravelMode): number {
    return at.offMetres * offStreetCost(mode, this.speeds);
  }

  perSecond(mode: TravelMode): number {
    return costPerSecond(mode, this.speeds);
  }

  /** Searches from a place as far as a mode gets in so many seconds; what was found stands until the next search on its ground. */
  searchFrom(at: OnStreet, mode: TravelMode, seconds: number): StreetSearch {
    const search = this.#searches[groundOf(mode)];
    search.run([{ at, cost: this.offCost(at, mode) }], Math.max(0, seconds) * this.perSecond(mode));
    return search;
  }
}

function nearestOf(
  doors: readonly (readonly [lng: number, lat: number])[],
  from: (lng: number, lat: number) => OnStreet | undefined,
): OnStreet | undefined {
  let best: OnStreet | undefined;
  for (const [lng, lat] of doors) {
    const found = from(lng, lat);
    if (found !== undefined && found.offMetres < (best?.offMetres ?? Infinity)) best = found;
  }
  return best;
}

/** 1 for each connected part with less than STRAY_METRES of street. The largest is none, however small: there is no other net. */
function strayParts({ firstEdge, edgeMetres, component, faults }: StreetGraph): Uint8Array {
  const metres = new Float64Array(faults.components);
  for (const [node, part] of component.entries())
    for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge++)
      // Each edge is there in both directions.
      metres[part] = (metres[part] ?? 0) + (edgeMetres[edge] ?? 0) / 2;
  return Uint8Array.from(metres, (sum, part) => (part !== LARGEST && sum < STRAY_METRES ? 1 : 0));
}

/** Connected parts are numbered by their size. */
const LARGEST = 0;
