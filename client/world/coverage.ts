import type { City } from '@maplewall/shared/domain/city.ts';
import type { PostId } from '@maplewall/shared/domain/ids.ts';
import { fromE5, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { ageLimitsOf, fixAge, type AgeLimitsByKind } from '@maplewall/shared/rules/fix-age.ts';

/** Somebody trained walks and runs 2.0 m/s, and needs 5 s to set off: so far a post reaches in half a minute. */
export const HALF_MINUTE_METRES = 2.0 * (30 - 5);

export interface Place {
  readonly lng: number;
  readonly lat: number;
}

/** How many blocks are reached, of how many, and from where. */
export interface Reach {
  readonly covered: number;
  readonly blocks: number;
  /** Posts that somebody holds. */
  readonly posts: number;
  /** Free responders with a fresh fix; those who hold a post are among them. */
  readonly people: number;
}

const EARTH_METRES_PER_DEGREE = 111_320;
const MAX_CELLS = 1_000_000;

/**
 * Which blocks somebody can be at within half a minute, now: those whose centre lies within HALF_MINUTE_METRES of a
 * staffed post or of an available responder whose fix is fresh. Straight lines, so an upper bound: streets are longer.
 *
 * Centres lie in a grid of cells no smaller than the reach, so each place looks at nine cells.
 */
export class Coverage {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  /** Centres by cell: those of cell c are `#order[#starts[c] … #starts[c + 1] - 1]`. */
  readonly #starts: Int32Array;
  readonly #order: Int32Array;
  readonly #columns: number;
  readonly #rows: number;
  readonly #cell: number;
  readonly #left: number;
  readonly #bottom: number;
  readonly #metresPerLng: number;
  readonly #posts: City['posts'];
  readonly #ageLimits: AgeLimitsByKind;
  readonly #reached: Uint8Array;

  constructor(centres: readonly Place[], city: Pick<City, 'centre' | 'posts' | 'ageing'>) {
    const { centre, posts } = city;
    this.#posts = posts;
    this.#ageLimits = ageLimitsOf(city);
    this.#metresPerLng = EARTH_METRES_PER_DEGREE * Math.cos((centre.lat * Math.PI) / 180);
    this.#x = Float64Array.from(centres, ({ lng }) => lng * this.#metresPerLng);
    this.#y = Float64Array.from(centres, ({ lat }) => lat * EARTH_METRES_PER_DEGREE);
    this.#reached = new Uint8Array(centres.length);
    this.#left = least(this.#x);
    this.#bottom = least(this.#y);
    const width = greatest(this.#x) - this.#left;
    const height = greatest(this.#y) - this.#bottom;
    this.#cell = Math.max(HALF_MINUTE_METRES, Math.sqrt((width * height) / MAX_CELLS));
    this.#columns = Math.floor(width / this.#cell) + 1;
    this.#rows = Math.floor(height / this.#cell) + 1;
    this.#starts = new Int32Array(this.#columns * this.#rows + 1);
    this.#order = new Int32Array(centres.length);
    this.#fillCells();
  }

  measure(world: World, at: EpochMs): Reach {
    this.#reached.fill(0);
    let people = 0;
    const held = new Set<PostId>();
    const { positions } = world;
    for (const { slot, kind, state, postId } of world.responders.values()) {
      if (postId !== '') held.add(postId);
      if (state !== 'available' || positions.hasFix[slot] !== 1) continue;
      const ageSeconds = at / 1000 - (positions.fixAtSeconds[slot] ?? 0);
      if (fixAge(ageSeconds, this.#ageLimits[kind]) !== 'fresh') continue;
      people += 1;
      this.#reach(fromE5(positions.lngE5[slot] ?? 0), fromE5(positions.latE5[slot] ?? 0));
    }
    let posts = 0;
    for (const { id, lng, lat } of this.#posts) {
      if (!held.has(id)) continue;
      posts += 1;
      this.#reach(lng, lat);
    }
    let covered = 0;
    for (const reached of this.#reached) covered += reached;
    return { covered, blocks: this.#reached.length, posts, people };
  }

  #reach(lng: number, lat: number): void {
    const x = lng * this.#metresPerLng;
    const y = lat * EARTH_METRES_PER_DEGREE;
    const column = Math.floor((x - this.#left) / this.#cell);
    const row = Math.floor((y - this.#bottom) / this.#cell);
    for (let r = Math.max(0, row - 1); r <= Math.min(this.#rows - 1, row + 1); r += 1) {
      const from = Math.max(0, column - 1);
      const to = Math.min(this.#columns - 1, column + 1);
      if (from > to) return;
      const last = this.#starts[r * this.#columns + to + 1] ?? 0;
      for (let place = this.#starts[r * this.#columns + from] ?? 0; place < last; place += 1) {
        const block = this.#order[place] ?? 0;
        if (Math.hypot((this.#x[block] ?? 0) - x, (this.#y[block] ?? 0) - y) <= HALF_MINUTE_METRES)
          this.#reached[block] = 1;
      }
    }
  }

  #cellOf(block: number): number {
    const column = Math.floor(((this.#x[block] ?? 0) - this.#left) / this.#cell);
    const row = Math.floor(((this.#y[block] ?? 0) - this.#bottom) / this.#cell);
    return row * this.#columns + column;
  }

  /** Counting sort by cell. */
  #fillCells(): void {
    const starts = this.#starts;
    for (let block = 0; block < this.#order.length; block += 1) {
      const next = this.#cellOf(block) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let cell = 1; cell < starts.length; cell += 1)
      starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
    const next = starts.slice();
    for (let block = 0; block < this.#order.length; block += 1) {
      const cell = this.#cellOf(block);
      const place = next[cell] ?? 0;
      this.#order[place] = block;
      next[cell] = place + 1;
    }
  }
}

const least = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => Math.min(a, b));
const greatest = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => Math.max(a, b));
