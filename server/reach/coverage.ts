import type { OnStreet } from '@maplewall/shared/geo/nearest-street.ts';
import { fromE5 } from '@maplewall/shared/domain/units.ts';
import { groundOf, lostToAge, TRAVEL_MODES, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import { HORIZON_SECONDS, WEIGHTS } from '@maplewall/shared/wire/coverage.ts';
import { isPost, NO_POST, type Movers } from './movers.ts';
import { AREAS_PER_PLACE, type Places } from './places.ts';
import { ReachedPlaces, type Reached } from './reached-places.ts';
import { OFF_STREET_METRES, type Streets } from './streets.ts';

const LONGEST_SECONDS = 300;

/** Somebody who could set out, with what they reach from their last fix, soonest first. */
export interface Mover {
  readonly key: number;
  readonly mode: TravelMode;
  readonly lngE5: number;
  readonly latE5: number;
  readonly at: OnStreet;
  readonly reached: Reached;
  /** How many of `reached` are counted, by horizon. */
  readonly counted: Uint32Array;
  ageSeconds: number;
  /** The post that they hold, by its place in the pack, or NO_POST; of a post, itself. */
  post: number;
  seen: number;
}

/**
 * Which places are reached in time, by how many, now: kept from one moment to the next. Only who has moved is searched
 * anew; who only grew older reaches a little less of what was found before.
 */
export class Coverage {
  readonly streets: Streets;
  readonly places: Places;
  /** By horizon, how many reach each place. */
  readonly reachedBy: readonly Uint16Array[];
  readonly movers = new Map<number, Mover>();
  readonly #finder: ReachedPlaces;
  readonly #areas: number;
  /** By horizon: what counts as covered, by area and weight. */
  readonly #covered: readonly Float64Array[];
  readonly #total: Float64Array;
  #updates = 0;
  #acceptSeconds = 0;
  #offStreet = 0;
  #onDuty = 0;

  constructor(streets: Streets, places: Places, areas: number) {
    this.streets = streets;
    this.places = places;
    this.#areas = areas;
    this.#finder = new ReachedPlaces(streets, places);
    this.reachedBy = HORIZON_SECONDS.map(() => new Uint16Array(places.count));
    this.#covered = HORIZON_SECONDS.map(() => new Float64Array(areas * WEIGHTS.length));
    this.#total = new Float64Array(areas * WEIGHTS.length);
    for (let place = 0; place < places.count; place++) this.#addTo(this.#total, place, 1);
  }

  get acceptSeconds(): number {
    return this.#acceptSeconds;
  }

  /** Brings everything to another moment: who can set out then, and how long it takes them to accept. */
  update(now: Movers, acceptSeconds: number): void {
    this.#updates += 1;
    this.#acceptSeconds = acceptSeconds;
    this.#onDuty = now.onDuty;
    for (let index = 0; index < now.count; index++) {
      const key = now.keys[index] ?? 0;
      const lngE5 = now.lngE5[index] ?? 0;
      const latE5 = now.latE5[index] ?? 0;
      const mode = TRAVEL_MODES[now.modes[index] ?? 0] ?? 'walk';
      let mover = this.movers.get(key);
      if (mover === undefined || mover.lngE5 !== lngE5 || mover.latE5 !== latE5 || mover.mode !== mode) {
        if (mover !== undefined) this.#forget(mover);
        mover = this.#place(key, lngE5, latE5, mode);
        if (mover === undefined) continue;
      }
      mover.seen = this.#updates;
      mover.ageSeconds = now.ageSeconds[index] ?? 0;
      mover.post = now.posts[index] ?? NO_POST;
      this.#count(mover, acceptSeconds + lostToAge(mover.ageSeconds));
    }
    for (const mover of this.movers.values()) if (mover.seen !== this.#updates) this.#forget(mover);
  }

  /** The share of what lies in an area that is covered, 0 … 1; undefined where nothing of that weight lies. */
  share(area: number, weight: number, horizon: number): number | undefined {
    const index = area * WEIGHTS.length + weight;
    const total = this.#total[index] ?? 0;
    return total === 0 ? undefined : (this.#covered[horizon]?.[index] ?? 0) / total;
  }

  total(area: number, weight: number): number {
    return this.#total[area * WEIGHTS.length + weight] ?? 0;
  }

  /** Movers and posts that count, how many of the movers are far from any street, and everybody on duty. */
  counts(): {
    readonly posts: number;
    readonly people: number;
    readonly offStreet: number;
    readonly onDuty: number;
  } {
    let posts = 0;
    for (const key of this.movers.keys()) if (isPost(key)) posts += 1;
    return { posts, people: this.movers.size - posts, offStreet: this.#offStreet, onDuty: this.#onDuty };
  }

  #place(key: number, lngE5: number, latE5: number, mode: TravelMode): Mover | undefined {
    const at = this.streets.at(fromE5(lngE5), fromE5(latE5), groundOf(mode));
    if (at === undefined) return undefined;
    const reached = this.#finder.from(at, mode, LONGEST_SECONDS);
    const mover: Mover = {
      key,
      mode,
      lngE5,
      latE5,
      at,
      reached,
      counted: new Uint32Array(HORIZON_SECONDS.length),
      ageSeconds: 0,
      post: NO_POST,
      seen: 0,
    };
    this.movers.set(key, mover);
    if (at.offMetres > OFF_STREET_METRES) this.#offStreet += 1;
    return mover;
  }

  #forget(mover: Mover): void {
    this.#count(mover, Infinity);
    this.movers.delete(mover.key);
    if (mover.at.offMetres > OFF_STREET_METRES) this.#offStreet -= 1;
  }

  /** Counts what a mover reaches when so many seconds of each horizon are lost before setting out. */
  #count({ reached: { places, seconds }, counted }: Mover, lostSeconds: number): void {
    for (let horizon = 0; horizon < HORIZON_SECONDS.length; horizon++) {
      const budget = (HORIZON_SECONDS[horizon] ?? 0) - lostSeconds;
      let upTo = counted[horizon] ?? 0;
      while (upTo < places.length && (seconds[upTo] ?? 0) <= budget)
        this.#step(horizon, places[upTo++] ?? 0, 1);
      while (upTo > 0 && (seconds[upTo - 1] ?? 0) > budget) this.#step(horizon, places[--upTo] ?? 0, -1);
      counted[horizon] = upTo;
    }
  }

  #step(horizon: number, place: number, by: 1 | -1): void {
    const reachedBy = this.reachedBy[horizon];
    const covered = this.#covered[horizon];
    if (reachedBy === undefined || covered === undefined) return;
    const before = reachedBy[place] ?? 0;
    reachedBy[place] = before + by;
    if (before === 0 || before + by === 0) this.#addTo(covered, place, by);
  }

  #addTo(sums: Float64Array, place: number, sign: 1 | -1): void {
    const weight = this.places.weight[place] ?? 0;
    const counts = this.places.counts[place] ?? 0;
    for (let at = place * AREAS_PER_PLACE; at < (place + 1) * AREAS_PER_PLACE; at++) {
      const area = this.places.areas[at] ?? -1;
      if (area < 0 || area >= this.#areas) continue;
      const index = area * WEIGHTS.length + weight;
      sums[index] = (sums[index] ?? 0) + sign * counts;
    }
  }
}
