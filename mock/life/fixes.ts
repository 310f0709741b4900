import type { Life, LifeDay } from './day.ts';
import { DutyWalk } from './movement.ts';
import type { Person } from './people.ts';
import type { OnDuty, Trip } from './response.ts';

/** Fixes in columns, as the positions API takes them. */
export interface FixBatch {
  readonly responders: string[];
  readonly who: number[];
  readonly lng: number[];
  readonly lat: number[];
  readonly fixAt: number[];
}

export const emptyBatch = (): FixBatch => ({ responders: [], who: [], lng: [], lat: [], fixAt: [] });

/** A phone app sends every five seconds while its owner moves, and once a minute while not. */
const MOVING_EVERY_SECONDS = 5;
const STANDING_EVERY_SECONDS = 60;
/** In one of so many stretches of five minutes a phone sleeps or has no signal. */
const GAP_ONE_IN = 60;
const GAP_SECONDS = 300;

interface Walker {
  readonly onDuty: OnDuty;
  readonly index: number;
  walk: DutyWalk | undefined;
}

/** The phones of everybody on duty on one day. */
export class Phones {
  readonly #life: Life;
  readonly #walkers: readonly Walker[];
  readonly #tripsOf: (person: Person) => readonly Trip[];
  /** Places of the responders in the batch that is being filled. */
  #placeIn: { readonly batch: FixBatch | undefined; readonly of: Map<string, number> } = {
    batch: undefined,
    of: new Map(),
  };

  /** `before` is the day before, for duties that began on it. */
  constructor(life: Life, day: LifeDay, before: LifeDay | undefined) {
    this.#life = life;
    this.#walkers = day.duties.map((onDuty, index) => ({ onDuty, index, walk: undefined }));
    this.#tripsOf = (person) => [...(before?.tripsOf.get(person) ?? []), ...(day.tripsOf.get(person) ?? [])];
  }

  /** Adds the fixes of one second to a batch: what the phones send by themselves. */
  addSecond(second: number, batch: FixBatch): void {
    for (const walker of this.#walkers) this.#addIfDue(walker, second, batch, MOVING_EVERY_SECONDS);
  }

  /** Adds one fix a minute of each phone, for days whose every second would be too much. */
  addMinute(minuteStartSecond: number, batch: FixBatch): void {
    for (const walker of this.#walkers) {
      const second = minuteStartSecond + walker.onDuty.person.phase;
      if (isOnDuty(walker.onDuty, second)) this.#add(walker, second, batch);
    }
  }

  #addIfDue(walker: Walker, second: number, batch: FixBatch, movingEvery: number): void {
    const { onDuty } = walker;
    const { person } = onDuty;
    if ((second + person.phase) % movingEvery !== 0 || !isOnDuty(onDuty, second)) return;
    if (isGap(person.phase, walker.index, second)) return;
    const walk = this.#walkOf(walker);
    if ((second + person.phase) % STANDING_EVERY_SECONDS !== 0 && !walk.trueAt(second * 1_000).moving) return;
    this.#add(walker, second, batch);
  }

  #add(walker: Walker, second: number, batch: FixBatch): void {
    const { point } = this.#walkOf(walker).seenAt(second * 1_000);
    const [lng, lat] = this.#life.pack.map.toLngLat(point);
    const { id } = walker.onDuty.person;
    let who = this.#placeIn.batch === batch ? this.#placeIn.of.get(id) : undefined;
    if (this.#placeIn.batch !== batch) this.#placeIn = { batch, of: new Map() };
    if (who === undefined) {
      who = batch.responders.length;
      batch.responders.push(id);
      this.#placeIn.of.set(id, who);
    }
    batch.who.push(who);
    batch.lng.push(Math.round(lng * 1e6) / 1e6);
    batch.lat.push(Math.round(lat * 1e6) / 1e6);
    batch.fixAt.push(second * 1_000);
  }

  #walkOf(walker: Walker): DutyWalk {
    walker.walk ??= new DutyWalk(this.#life, walker.onDuty, this.#tripsOf(walker.onDuty.person));
    return walker.walk;
  }
}

const isOnDuty = ({ duty }: OnDuty, second: number): boolean =>
  second * 1_000 >= duty.from && second * 1_000 < duty.to;

function isGap(phase: number, index: number, second: number): boolean {
  const stretch = Math.floor(second / GAP_SECONDS);
  return (Math.imul(stretch * 2_654_435 + index * 97 + phase, 0x9e3779b1) >>> 0) % GAP_ONE_IN === 0;
}
