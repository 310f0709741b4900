import type { Random } from '../seeded-random.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type Calendar } from './calendar.ts';
import { distance, lengthOf, type Point } from './flat-map.ts';
import { Itinerary } from './itinerary.ts';
import { travelOf, type Person, type Vehicle } from './people.ts';
import { stroll } from './stroll.ts';
import type { StreetNet } from './street-net.ts';

/** Lengths of a stroll in metres, and the mean stop after it in seconds. */
const RHYTHM = {
  volunteer: { stroll: [250, 850], stop: 230 },
  sentry: { stroll: [40, 120], stop: 260 },
  officer: { stroll: [400, 1_000], stop: 330 },
  gridWorker: { stroll: [120, 420], stop: 540 },
} as const;
/** Wheels carry farther. */
const FARTHER = { none: 1, eBike: 2.2, car: 3.2 } as const satisfies Record<Vehicle, number>;
const LEAST_STROLL_METRES = 30;
/** Streets are longer than the straight line. */
const DETOUR = 1.45;
const MARGIN_MS = 2.5 * MINUTE_MS;

/** One who is called just before the check-out still goes, and checks out where he or she is. */
const BEFORE_CHECK_OUT_MS = MINUTE_MS;

/**
 * What somebody does on duty when nobody calls: goes round, stops, goes on, and is back at the base when the stretch
 * ends, without fail where the day turns. It is laid out only as far as it was asked for, because an incident may come between.
 */
export class Patrol {
  readonly itinerary: Itinerary;
  readonly #streets: StreetNet;
  readonly #calendar: Calendar;
  readonly #person: Person;
  readonly #to: number;
  readonly #endsAtBase: boolean;
  readonly #random: Random;
  #node: number;
  #isHome = false;

  constructor(
    place: { readonly streets: StreetNet; readonly calendar: Calendar },
    person: Person,
    time: { readonly from: number; readonly to: number; readonly endsAtBase: boolean },
    random: Random,
  ) {
    const { from, to } = time;
    this.#streets = place.streets;
    this.#calendar = place.calendar;
    this.#person = person;
    this.#to = to;
    this.#endsAtBase = time.endsAtBase;
    this.#random = random;
    this.#node = person.baseNode;
    this.itinerary = new Itinerary(from, person.base);
    this.itinerary.standUntil(Math.min(to, from + random.between(20, 240) * SECOND_MS));
  }

  /** Where the person is at a moment of the stretch. */
  whereabouts(at: number): Point {
    this.layOutUntil(at);
    return this.itinerary.whereabouts(at);
  }

  layOutUntil(at: number): void {
    while (this.itinerary.end < Math.min(at, this.#to)) this.#goOn();
  }

  /** The last moment at which the person may leave a place. */
  mustLeave(from: Point): number {
    return this.#to - (this.#endsAtBase ? this.#wayHomeMs(from) : BEFORE_CHECK_OUT_MS);
  }

  /** About how long the person needs from a place back to the base, in milliseconds, with something to spare. */
  #wayHomeMs(from: Point): number {
    return (distance(from, this.#person.base) * DETOUR * SECOND_MS) / this.#slowest() + MARGIN_MS;
  }

  /**
   * Leaves the patrol for a goal. `metresPerSecond` holds on foot and e-bike; for a car it is a factor on the streets'
   * own speed. A sentry runs straight across the yard.
   * @returns when the person is there
   */
  goTo(goal: Point, leaveAt: number, speed: number): number {
    this.layOutUntil(leaveAt);
    this.itinerary.cut(leaveAt);
    this.#isHome = false;
    if (this.#person.kind === 'sentry') this.#moveStraight(goal, speed);
    else this.#followStreets(goal, speed);
    return this.itinerary.end;
  }

  /** Turns back, or ends a stay, at a moment; patrol goes on from there. */
  release(at: number): void {
    this.itinerary.cut(at);
    this.itinerary.standUntil(at);
    this.#node = this.#streets.nearest(this.itinerary.last, travelOf(this.#person));
  }

  /** One more stroll with the stop after it, or the way home. */
  #goOn(): void {
    const { itinerary } = this;
    const left = this.#to - itinerary.end;
    const here = itinerary.last;
    if (this.#isHome) {
      itinerary.standUntil(this.#to);
      return;
    }
    const rhythm = RHYTHM[this.#person.kind];
    const [shortest, longest] = rhythm.stroll;
    // Out and back again must fit into what is left.
    const fits = ((left - this.#wayHomeMs(here)) * this.#slowest()) / ((1 + DETOUR) * SECOND_MS);
    if (fits < LEAST_STROLL_METRES) {
      this.#goHome(left);
      return;
    }
    const wanted = this.#random.between(shortest, longest) * FARTHER[this.#person.vehicle];
    const metres = Math.min(fits, wanted);
    if (this.#person.kind === 'sentry') this.#goRound(metres);
    else if (distance(here, this.#person.base) > 1.5 * this.#person.roamMetres) this.#goBackToGround();
    else this.#strollOn(metres);
    const rest = this.#to - itinerary.end - this.#wayHomeMs(itinerary.last);
    const stop = (20 + this.#random.exponential(rhythm.stop)) * this.#tired(itinerary.end) * SECOND_MS;
    itinerary.standUntil(itinerary.end + Math.max(SECOND_MS, Math.min(stop, rest)));
  }

  #strollOn(metres: number): void {
    const way = stroll(this.#streets, this.#person, this.#node, metres, this.#random);
    this.#walk([this.#node, ...way], this.#person.pace * this.#random.between(0.93, 1.06));
  }

  /** From gate to gate in the yard: a sentry's ground is no street. */
  #goRound(metres: number): void {
    const { base, roamMetres, pace } = this.#person;
    let left = metres;
    while (left > 0) {
      const angle = this.#random.between(0, 2 * Math.PI);
      const away = roamMetres * Math.sqrt(this.#random.next());
      const next = { x: base.x + Math.cos(angle) * away, y: base.y + Math.sin(angle) * away };
      left -= Math.max(1, distance(this.itinerary.last, next));
      this.#moveStraight(next, pace);
    }
  }

  /** After an incident far away: along the shortest way until the own ground is reached. */
  #goBackToGround(): void {
    const way = this.#streets.route(this.#node, this.#person.baseNode, travelOf(this.#person)) ?? [];
    const near = way.findIndex(
      (node) => distance(this.#streets.node(node), this.#person.base) < this.#person.roamMetres,
    );
    this.#walk(way.slice(0, near === -1 ? undefined : near + 1), this.#person.pace);
  }

  #goHome(left: number): void {
    const { base } = this.#person;
    if (distance(this.itinerary.last, base) > 1) {
      const from = this.itinerary.end;
      const before = this.itinerary.last;
      if (this.#person.kind === 'sentry') this.#moveStraight(base, this.#person.pace);
      else this.#followStreets(base, this.#person.pace);
      if (this.itinerary.end > from + left) this.#beLate(from, left, before);
    }
    this.#isHome = true;
  }

  /** The way was longer than expected, or began late: checked out on it, unless the day turns; then by a short cut. */
  #beLate(from: number, left: number, before: Point): void {
    if (!this.#endsAtBase) {
      this.itinerary.cut(this.#to);
      return;
    }
    const { base } = this.#person;
    this.itinerary.cut(from);
    const shortCutMs = (distance(before, base) * SECOND_MS) / this.#slowest();
    this.itinerary.moveTo(base.x, base.y, from + Math.min(left, shortCutMs));
  }

  #followStreets(goal: Point, speed: number): void {
    const travel = travelOf(this.#person);
    const from = this.#streets.nearest(this.itinerary.last, travel);
    const to = this.#streets.nearest(goal, travel);
    const way = this.#streets.route(from, to, travel) ?? [];
    this.#walk(way, speed);
    this.#moveStraight(goal, this.#person.vehicle === 'car' ? 3 * speed : speed);
    this.#node = to;
  }

  #walk(way: readonly number[], speed: number): void {
    const { xs, ys } = this.#streets;
    const isDriving = this.#person.vehicle === 'car';
    let { x, y } = this.itinerary.last;
    let at = this.itinerary.end;
    let from = -1;
    for (const node of way) {
      const nextX = xs[node] ?? x;
      const nextY = ys[node] ?? y;
      const metresPerSecond = isDriving ? speed * this.#carSpeed(from, node) : speed;
      at += (lengthOf(nextX - x, nextY - y) * SECOND_MS) / metresPerSecond;
      this.itinerary.moveTo(nextX, nextY, at);
      x = nextX;
      y = nextY;
      from = node;
    }
    this.#node = way.at(-1) ?? this.#node;
  }

  #carSpeed(from: number, to: number): number {
    const { firstEdge, edgeTo } = this.#streets;
    if (from !== -1)
      for (let edge = firstEdge[from] ?? 0; edge < (firstEdge[from + 1] ?? 0); edge += 1)
        if (edgeTo[edge] === to) return this.#streets.carSpeed(edge);
    return 4;
  }

  #moveStraight(goal: Point, metresPerSecond: number): void {
    const { itinerary } = this;
    const ms = (distance(itinerary.last, goal) * SECOND_MS) / metresPerSecond;
    itinerary.moveTo(goal.x, goal.y, itinerary.end + ms);
  }

  #slowest(): number {
    return this.#person.vehicle === 'car' ? 5 : this.#person.pace * 0.93;
  }

  /** Longer stops at night. */
  #tired(at: number): number {
    const hour = this.#calendar.hourOf(at + HOUR_MS / 2);
    return hour < 6 ? 1.8 : 1;
  }
}
