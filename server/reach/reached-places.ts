import type { StreetSearch } from '@maplewall/shared/geo/street-search.ts';
import { offStreetCost, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import type { OnStreet } from '@maplewall/shared/geo/nearest-street.ts';
import type { Places } from './places.ts';
import type { Streets } from './streets.ts';

/** Places are counted below this in a key; milliseconds stand above. */
const PLACE_SPACE = 2 ** 24;

/** Places and after how many seconds each is reached, soonest first. */
export interface Reached {
  readonly places: Uint32Array;
  readonly seconds: Float32Array;
}

/** Finds which places somebody reaches in how many seconds. It keeps its columns, so it does one at a time. */
export class ReachedPlaces {
  readonly #streets: Streets;
  readonly #places: Places;
  readonly #cost: Float64Array;
  readonly #found: Uint32Array;
  readonly #keys: Float64Array;
  #foundCount = 0;

  constructor(streets: Streets, places: Places) {
    if (places.count > PLACE_SPACE) throw new Error(`more than ${PLACE_SPACE} places`);
    this.#streets = streets;
    this.#places = places;
    this.#cost = new Float64Array(places.count).fill(Infinity);
    this.#found = new Uint32Array(places.count);
    this.#keys = new Float64Array(places.count);
  }

  /** All places that a mode reaches from a street in `seconds`. */
  from(at: OnStreet, mode: TravelMode, seconds: number): Reached {
    const search = this.#streets.searchFrom(at, mode, seconds);
    const perSecond = this.#streets.perSecond(mode);
    this.#foundCount = 0;
    this.#alongTheOwnStreet(search, mode);
    const { firstEdge } = this.#streets.graph;
    const off = offStreetCost(mode, this.#streets.speeds);
    const { firstOnEdge, onEdge, part, edge: edgeOfPlace, offMetres } = this.#places;
    for (let index = 0; index < search.reachedCount; index++) {
      const node = search.reached[index] ?? 0;
      const cost = search.costAt(node);
      const last = firstEdge[node + 1] ?? 0;
      for (let edge = firstEdge[node] ?? 0; edge < last; edge++) {
        const lastPlace = firstOnEdge[edge + 1] ?? 0;
        let at = firstOnEdge[edge] ?? 0;
        if (at === lastPlace) continue;
        const whole = search.edgeCost[edge] ?? Infinity;
        for (; at < lastPlace; at++) {
          const place = onEdge[at] ?? 0;
          const along = edgeOfPlace[place] === edge ? (part[place] ?? 0) : 1 - (part[place] ?? 0);
          this.#offer(place, cost + along * whole + (offMetres[place] ?? 0) * off, search.limit);
        }
      }
    }
    return this.#taken(perSecond);
  }

  /** A place and its milliseconds go into one number: numbers are sorted fast, and sort by time. */
  #taken(perSecond: number): Reached {
    const keys = this.#keys.subarray(0, this.#foundCount);
    for (let index = 0; index < keys.length; index++) {
      const place = this.#found[index] ?? 0;
      // Rounded up, so that nobody is said to be there sooner.
      keys[index] = Math.ceil(((this.#cost[place] ?? 0) / perSecond) * 1_000) * PLACE_SPACE + place;
      this.#cost[place] = Infinity;
    }
    keys.sort();
    const places = new Uint32Array(keys.length);
    const seconds = new Float32Array(keys.length);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? 0;
      const milliseconds = Math.floor(key / PLACE_SPACE);
      places[index] = key - milliseconds * PLACE_SPACE;
      seconds[index] = milliseconds / 1_000;
    }
    return { places, seconds };
  }

  #alongTheOwnStreet(search: StreetSearch, mode: TravelMode): void {
    const off = offStreetCost(mode, this.#streets.speeds);
    const { firstOnEdge, onEdge, part, edge: edgeOfPlace, offMetres } = this.#places;
    for (const { at, cost } of search.starts) {
      const whole = search.edgeCost[at.edge] ?? Infinity;
      if (whole === Infinity) continue;
      for (let index = firstOnEdge[at.edge] ?? 0; index < (firstOnEdge[at.edge + 1] ?? 0); index++) {
        const place = onEdge[index] ?? 0;
        const along = edgeOfPlace[place] === at.edge ? (part[place] ?? 0) : 1 - (part[place] ?? 0);
        this.#offer(
          place,
          cost + Math.abs(along - at.part) * whole + (offMetres[place] ?? 0) * off,
          search.limit,
        );
      }
    }
  }

  #offer(place: number, cost: number, limit: number): void {
    const known = this.#cost[place] ?? Infinity;
    if (cost > limit || cost >= known) return;
    if (known === Infinity) this.#found[this.#foundCount++] = place;
    this.#cost[place] = cost;
  }
}
