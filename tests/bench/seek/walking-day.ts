import { seededRandom, type Random } from '@maplewall/mock/seeded-random.ts';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import { UNKNOWN_U16, UNKNOWN_U8, type FixColumns } from '@maplewall/shared/domain/position.ts';
import { toE5 } from '@maplewall/shared/domain/units.ts';

const EVERY_SECONDS = 5;
const METRES_PER_DEGREE = 111_195;
const CENTRE = { lng: 120.553, lat: 27.578 };
const METRES_PER_LNG = METRES_PER_DEGREE * Math.cos((CENTRE.lat * Math.PI) / 180);
/** People turn back when they are so far from where they began. */
const ROAM_METRES = 1_500;

/** An error of 3 m each way that lasts about a minute (first-order Gauss–Markov), as of phones among houses. */
const SIGMA_METRES = 3;
const FADE = Math.exp(-EVERY_SECONDS / 60);
const FRESH_METRES = SIGMA_METRES * Math.sqrt(1 - FADE * FADE);

/** One per cent of the time a phone is silent, for a minute or so. */
const SILENCE_CHANCE = 0.01 * (EVERY_SECONDS / 70);

/** Fixes of one second, and who is at which place of `ids`. */
export type SecondOfFixes = Pick<FixColumns, 'count' | 'who' | 'lngE5' | 'latE5'> & {
  readonly fixAtSeconds: number;
};

/** Where everybody was last known to be, by place in `ids`; `fixAtSeconds` 0: nothing heard yet. */
export interface LastPlaces {
  readonly lngE5: Int32Array;
  readonly latE5: Int32Array;
  readonly fixAtSeconds: Uint32Array;
}

/**
 * People on their feet, on e-bikes and standing about, whose phones send a fix each five seconds all day long: 2,568 of
 * them send 44 million. The same seed gives the same day.
 */
export class WalkingDay {
  readonly ids: readonly ResponderId[];
  /** Kept up to date by `next`: the plain truth that any way to store the day must give back. */
  readonly last: LastPlaces;
  readonly #random: Random;
  readonly #walkers: Walker[];
  /** Who sends in which of the five seconds. */
  readonly #turns: readonly (readonly number[])[];
  #second: number;

  constructor(people: number, seed: number, startsAtSeconds: number) {
    const random = seededRandom(seed, 'walking day');
    this.#random = random;
    this.ids = Array.from({ length: people }, (_, i) => {
      const team = String(Math.floor(i / 25) + 1).padStart(3, '0');
      return `v${team}-${String((i % 25) + 1).padStart(2, '0')}` as ResponderId;
    });
    this.last = {
      lngE5: new Int32Array(people),
      latE5: new Int32Array(people),
      fixAtSeconds: new Uint32Array(people),
    };
    this.#walkers = this.ids.map(() => makeWalker(random));
    const turnOf = this.ids.map(() => random.below(EVERY_SECONDS));
    this.#turns = Array.from({ length: EVERY_SECONDS }, (_, turn) =>
      this.ids.map((_, i) => i).filter((i) => turnOf[i] === turn),
    );
    this.#second = startsAtSeconds;
  }

  /** The fixes of the next second. */
  next(): SecondOfFixes {
    const second = this.#second;
    this.#second += 1;
    const turn = this.#turns[second % EVERY_SECONDS] ?? [];
    const who = new Uint32Array(turn.length);
    const lngE5 = new Int32Array(turn.length);
    const latE5 = new Int32Array(turn.length);
    let count = 0;
    for (const i of turn) {
      const walker = this.#walkers[i];
      if (walker === undefined) continue;
      walk(walker, second, this.#random);
      if (second < walker.silentUntil) continue;
      const lng = toE5(CENTRE.lng + (walker.x + walker.errorX) / METRES_PER_LNG);
      const lat = toE5(CENTRE.lat + (walker.y + walker.errorY) / METRES_PER_DEGREE);
      who[count] = i;
      lngE5[count] = lng;
      latE5[count] = lat;
      this.last.lngE5[i] = lng;
      this.last.latE5[i] = lat;
      this.last.fixAtSeconds[i] = second;
      count += 1;
    }
    return {
      count,
      who: who.subarray(0, count),
      lngE5: lngE5.subarray(0, count),
      latE5: latE5.subarray(0, count),
      fixAtSeconds: second,
    };
  }

  /** A copy of where everybody is now. */
  truth(): LastPlaces {
    const { lngE5, latE5, fixAtSeconds } = this.last;
    return { lngE5: lngE5.slice(), latE5: latE5.slice(), fixAtSeconds: fixAtSeconds.slice() };
  }
}

/** The columns of a second as a record holds them. */
export function toColumns(fixes: SecondOfFixes, responders: readonly ResponderId[]): FixColumns {
  const { count, who, lngE5, latE5, fixAtSeconds } = fixes;
  const unknown = new Uint16Array(count).fill(UNKNOWN_U16);
  return {
    count,
    responders,
    who,
    lngE5,
    latE5,
    fixAtSeconds: new Uint32Array(count).fill(fixAtSeconds),
    deviceAtSeconds: new Uint32Array(count),
    speed: unknown,
    course: unknown,
    accuracy: unknown,
    battery: new Uint8Array(count).fill(UNKNOWN_U8),
  };
}

/** Metres from the city's centre; the error is what the phone adds. */
interface Walker {
  readonly homeX: number;
  readonly homeY: number;
  /** Metres a second when under way. */
  readonly pace: number;
  x: number;
  y: number;
  heading: number;
  isStanding: boolean;
  turnsAt: number;
  silentUntil: number;
  errorX: number;
  errorY: number;
}

function makeWalker(random: Random): Walker {
  const homeX = random.normal(0, 3_000);
  const homeY = random.normal(0, 3_000);
  return {
    homeX,
    homeY,
    pace: random.chance(0.15) ? random.between(3.4, 4.6) : random.between(1.1, 1.5),
    x: homeX,
    y: homeY,
    heading: random.between(0, 2 * Math.PI),
    isStanding: false,
    turnsAt: 0,
    silentUntil: 0,
    errorX: random.normal(0, SIGMA_METRES),
    errorY: random.normal(0, SIGMA_METRES),
  };
}

function walk(walker: Walker, second: number, random: Random): void {
  if (second >= walker.turnsAt) takeTurn(walker, second, random);
  if (!walker.isStanding) {
    walker.x += walker.pace * EVERY_SECONDS * Math.cos(walker.heading);
    walker.y += walker.pace * EVERY_SECONDS * Math.sin(walker.heading);
  }
  const radius = FRESH_METRES * Math.sqrt(-2 * Math.log(1 - random.next()));
  const angle = 2 * Math.PI * random.next();
  walker.errorX = FADE * walker.errorX + radius * Math.cos(angle);
  walker.errorY = FADE * walker.errorY + radius * Math.sin(angle);
  if (random.chance(SILENCE_CHANCE)) walker.silentUntil = second + random.between(20, 120);
}

/** At a corner straight on, left or right; a quarter of the time is spent standing. */
function takeTurn(walker: Walker, second: number, random: Random): void {
  walker.isStanding = random.chance(0.25);
  walker.turnsAt = second + random.between(40, 160);
  const awayX = walker.homeX - walker.x;
  const awayY = walker.homeY - walker.y;
  if (Math.hypot(awayX, awayY) > ROAM_METRES) walker.heading = Math.atan2(awayY, awayX);
  else walker.heading += (random.below(3) - 1) * (Math.PI / 2);
}
