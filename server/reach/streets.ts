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
 * Who is further than that from a stray street, of which no way leads to the rest of the city, is led to the city's net
 * instead if that is not further than so many times: both are straight lines over open ground, and one of them leads somewhere.
 */
const MAIN_NET_TIMES = 1.3;
/** The largest of the connected parts. */
const MAIN_NET = 0;

/** The streets of a city, ready to be searched on foot and by car. */
export class Streets {
  readonly graph: StreetGraph;
  readonly speeds: TravelSpeeds;
  readonly #searches: Readonly<Record<Ground, StreetSearch>>;
  readonly #nearest: Readonly<Record<Ground, NearestStreet>>;

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
  }

  /** The street nearest to a place, however far, but MAIN_NET_TIMES; undefined in a city without streets. */
  at(lng: number, lat: number, ground: Ground): OnStreet | undefined {
    const { plane, component } = this.graph;
    const nearest = this.#nearest[ground];
    const x = planeX(plane, lng);
    const y = planeY(plane, lat);
    const found = nearest.anywhere(x, y);
    if (found === undefined || component[found.a] === MAIN_NET) return found;
    if (found.offMetres <= OFF_STREET_METRES) return found;
    return nearest.within(x, y, found.offMetres * MAIN_NET_TIMES, MAIN_NET) ?? found;
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
