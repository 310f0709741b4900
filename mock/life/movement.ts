import { seededRandom } from '../seeded-random.ts';
import type { Life } from './day.ts';
import { gpsNoise } from './gps-noise.ts';
import type { Person } from './people.ts';
import { Polyline } from './polyline.ts';
import type { OnDuty, Trip } from './response.ts';
import { distance, type Point, type StreetNet } from './street-net.ts';

/** Where somebody is, and whether he or she moves. */
export interface Whereabouts {
  readonly point: Point;
  readonly moving: boolean;
}

/** Length of a patrol's round by kind, in metres; a sentry keeps to the gate. */
const ROUND_METRES = { volunteer: 1_400, sentry: 90, officer: 3_200, gridWorker: 1_100 } as const;
/** Seconds of walking and of standing that follow each other on patrol. */
const RHYTHM = {
  volunteer: [420, 300],
  sentry: [60, 840],
  officer: [500, 260],
  gridWorker: [200, 420],
} as const;
const WAY_BACK_METRES_PER_SECOND = 1.5;

/** One person's duty as a way through the city; any moment of it can be asked for, in any order. */
export class DutyWalk {
  readonly #person: Person;
  readonly #seed: number;
  readonly #from: number;
  readonly #streets: StreetNet;
  readonly #round: Polyline;
  readonly #walkSeconds: number;
  readonly #standSeconds: number;
  readonly #trips: readonly PlacedTrip[];

  constructor(life: Life, { person, duty }: OnDuty, trips: readonly Trip[]) {
    this.#person = person;
    this.#seed = life.seed;
    this.#from = duty.from;
    this.#streets = life.pack.streets;
    const random = seededRandom(life.seed, `round/${person.id}/${duty.from}`);
    this.#round = new Polyline(roundFrom(this.#streets, person.home, ROUND_METRES[person.kind], random.next));
    const [walk, stand] = RHYTHM[person.kind];
    this.#walkSeconds = walk * random.between(0.8, 1.3);
    this.#standSeconds = stand * random.between(0.7, 1.4);
    this.#trips = this.#placeTrips(trips.filter(({ leaveAt }) => leaveAt >= duty.from && leaveAt < duty.to));
  }

  /** The true place, without the noise of a phone. */
  trueAt(at: number): Whereabouts {
    for (const trip of this.#trips) if (at >= trip.leaveAt && at < trip.backAt) return onTrip(trip, at);
    return this.#onPatrol(at);
  }

  /** What the phone would say. */
  seenAt(at: number): Whereabouts {
    const { point, moving } = this.trueAt(at);
    const noise = gpsNoise(this.#seed, this.#person.id, at);
    return { point: { x: point.x + noise.x, y: point.y + noise.y }, moving };
  }

  /** Patrol stands still in time while its person is on a trip, and goes on where it was left. */
  #onPatrol(at: number): Whereabouts {
    let seconds = (at - this.#from) / 1_000;
    for (const { leaveAt, backAt } of this.#trips) if (backAt <= at) seconds -= (backAt - leaveAt) / 1_000;
    const cycle = this.#walkSeconds + this.#standSeconds;
    const cycles = Math.floor(seconds / cycle);
    const within = seconds - cycles * cycle;
    const walked = cycles * this.#walkSeconds + Math.min(within, this.#walkSeconds);
    const length = this.#round.metres;
    const metres = walked * this.#person.patrolMetresPerSecond;
    return {
      point: this.#round.at(length > 0 ? metres % length : 0),
      moving: length > 0 && within < this.#walkSeconds,
    };
  }

  #placeTrips(trips: readonly Trip[]): readonly PlacedTrip[] {
    const placed: PlacedTrip[] = [];
    for (const trip of trips.toSorted((a, b) => a.leaveAt - b.leaveAt)) {
      if ((placed.at(-1)?.backAt ?? 0) > trip.leaveAt) continue;
      const start = this.#patrolPoint(trip.leaveAt, placed);
      const route = this.#streets.route(this.#streets.nearest(start), this.#streets.nearest(trip.goal)) ?? [];
      const straight = distance(start, trip.goal);
      const alongStreets = new Polyline([start, ...route, trip.goal]);
      // A way much longer than the time allows is cut across: yards and parks are no part of the streets.
      const path =
        alongStreets.metres > Math.max(30, straight * 1.6) ? new Polyline([start, trip.goal]) : alongStreets;
      const share = Math.min(1, (trip.turnAt - trip.leaveAt) / Math.max(1, trip.arriveAt - trip.leaveAt));
      const back =
        (path.metres * share * 1_000) /
        Math.max(WAY_BACK_METRES_PER_SECOND, this.#person.patrolMetresPerSecond);
      placed.push({ ...trip, path, share, backAt: trip.turnAt + back });
    }
    return placed;
  }

  #patrolPoint(at: number, before: readonly PlacedTrip[]): Point {
    let seconds = (at - this.#from) / 1_000;
    for (const { leaveAt, backAt } of before) seconds -= (backAt - leaveAt) / 1_000;
    const cycle = this.#walkSeconds + this.#standSeconds;
    const cycles = Math.floor(seconds / cycle);
    const walked = cycles * this.#walkSeconds + Math.min(seconds - cycles * cycle, this.#walkSeconds);
    const length = this.#round.metres;
    return this.#round.at(length > 0 ? (walked * this.#person.patrolMetresPerSecond) % length : 0);
  }
}

interface PlacedTrip extends Trip {
  readonly path: Polyline;
  /** How much of the way was gone before turning back. */
  readonly share: number;
  readonly backAt: number;
}

function onTrip(trip: PlacedTrip, at: number): Whereabouts {
  const { path, leaveAt, arriveAt, turnAt, backAt, share } = trip;
  const reached = path.metres * share;
  if (at < turnAt) {
    const gone = ((at - leaveAt) / Math.max(1, arriveAt - leaveAt)) * path.metres;
    return { point: path.at(Math.min(gone, reached)), moving: gone < reached };
  }
  const left = 1 - (at - turnAt) / Math.max(1, backAt - turnAt);
  return { point: path.at(reached * left), moving: true };
}

/** A walk from a node along the streets, turning back as seldom as may be, out and home again. */
function roundFrom(streets: StreetNet, home: number, metres: number, next: () => number): readonly Point[] {
  const out: Point[] = [streets.node(home)];
  let node = home;
  let before = -1;
  let gone = 0;
  while (gone < metres / 2) {
    const ways = streets.neighbours(node);
    const onward = ways.filter(({ to }) => to !== before);
    const choice = onward.length > 0 ? onward : ways;
    const way = choice[Math.floor(next() * choice.length)];
    if (way === undefined) break;
    before = node;
    node = way.to;
    gone += way.metres;
    out.push(streets.node(node));
  }
  return [...out, ...out.slice(0, -1).toReversed()];
}
