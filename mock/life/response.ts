import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import { PLATFORMS } from '@maplewall/shared/domain/incident.ts';
import type { IncidentId, OrderId } from '@maplewall/shared/domain/ids.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import type { Duty } from './duty.ts';
import type { PlannedIncident } from './incident-plan.ts';
import { gridAt, type LifePack } from './pack.ts';
import type { Person } from './people.ts';
import type { LifeEvent } from './records.ts';
import { distance, type Point } from './street-net.ts';

/** A way to an incident, as the positions must show it. */
export interface Trip {
  readonly person: Person;
  readonly leaveAt: number;
  readonly arriveAt: number;
  /** When the person turns back; before `arriveAt` for one who is not needed any more. */
  readonly turnAt: number;
  readonly goal: Point;
}

export interface OnDuty {
  readonly person: Person;
  readonly duty: Duty;
}

/** Streets are longer than the straight line: 1.3 is the usual ratio of a town's walks. */
const DETOUR = 1.3;
const VOLUNTEERS_ASKED = 4;
const OFFER_LASTS_MS = 60_000;
/** 42.88 % of non-police incidents are handed on (Longgang's figure). */
const DIVERTED_SHARE = 0.4288;
const SECOND = 1_000;
const MINUTE = 60_000;

/**
 * What comes of one incident, and who goes. Of the volunteers asked 17–47 % answer, many never open the offer; they
 * walk at 1.8–2.3 m/s; half of those who turn back do so because somebody is there (sources: JMIR mHealth 2023
 * e41551, Resuscitation 2020 S0300-9572(20)30132-5, Critical Care cc13674).
 * @param free those on duty and not on another way, nearest first is not needed
 */
export function respond(
  pack: LifePack,
  incident: PlannedIncident,
  free: readonly OnDuty[],
  seed: number,
): { readonly events: readonly LifeEvent[]; readonly trips: readonly Trip[] } {
  const random = seededRandom(seed, `response/${incident.id}`);
  const story = new Story(pack, incident);
  if (incident.category === 'nonPolice' && random.chance(DIVERTED_SHARE)) {
    const platform = random.pick(PLATFORMS);
    story.tell(random.between(40, 240), {
      kind: 'incident.diverted',
      incidentId: story.incidentId,
      platform,
    });
    story.stage(random.between(2, 30) * 3_600, 'closed');
    return story;
  }
  if (incident.priority === 4 && random.chance(0.75)) {
    // Answered on the telephone.
    story.stage(random.between(120, 900), random.chance(0.1) ? 'cancelled' : 'closed');
    return story;
  }
  if (random.chance(0.02)) {
    story.stage(random.between(60, 400), 'cancelled');
    return story;
  }
  const near = (kind: Person['kind'], reachMetres: number): readonly OnDuty[] =>
    free
      .filter(
        ({ person }) => person.kind === kind && distance(person.homePoint, incident.point) < reachMetres,
      )
      .toSorted(
        (a, b) => distance(a.person.homePoint, incident.point) - distance(b.person.homePoint, incident.point),
      );

  const arrivals: number[] = [];
  const sentry = near('sentry', 150)[0];
  if (sentry !== undefined) arrivals.push(...sendSentry(story, sentry, random));
  for (const officer of near('officer', 9_000).slice(0, incident.priority <= 2 ? 2 : 1))
    arrivals.push(...sendOfficer(story, officer, random));
  const firstByOthers = Math.min(...arrivals, Infinity);
  if (incident.priority <= 3)
    for (const [rank, volunteer] of near('volunteer', 1_200).slice(0, VOLUNTEERS_ASKED).entries())
      arrivals.push(...askVolunteer(story, volunteer, rank, firstByOthers, random));

  const first = Math.min(...arrivals, Infinity);
  if (first === Infinity) {
    story.stage(random.between(20, 60) * 60, 'closed');
    return story;
  }
  const stable = first + random.between(40, 420);
  story.stage(stable, 'stable');
  const closed = Math.max(stable, ...arrivals) + random.between(3, 34) * 60;
  story.closeOrders(closed, random);
  story.stage(closed + 5, 'closed');
  if (random.chance(0.015)) {
    story.tell(closed + 600, { kind: 'incident.reopened', incidentId: story.incidentId });
    story.stage(closed + 2_400, 'closed');
  }
  if (incident.priority === 3 && random.chance(0.04))
    story.tell(first / 2, { kind: 'incident.reprioritised', incidentId: story.incidentId, priority: 2 });
  return story;
}

/** Guards hear it in their ear and run: 12–40 s. */
function sendSentry(story: Story, { person, duty }: OnDuty, random: Random): readonly number[] {
  const asked = random.between(2, 6);
  const order = story.offer(asked, person);
  if (random.chance(0.1)) {
    story.order(asked + 60, order, 'expired');
    return [];
  }
  const accepted = asked + random.between(2, 6);
  const metres = distance(person.homePoint, story.incident.point);
  const arrival = accepted + 2 + Math.max(6, (metres * 1.1) / random.between(2.2, 3));
  return story.go(order, person, duty, accepted, accepted + 2, arrival) ? [arrival] : [];
}

function sendOfficer(story: Story, { person, duty }: OnDuty, random: Random): readonly number[] {
  const asked = random.between(15, 50);
  const order = story.offer(asked, person);
  const accepted = asked + random.between(4, 15);
  const leave = accepted + random.between(10, 45);
  const metres = distance(person.homePoint, story.incident.point) * DETOUR;
  const speed = person.patrolMetresPerSecond > 3 ? random.between(7, 10) : random.between(2, 3);
  const arrival = leave + Math.max(25, metres / speed);
  return story.go(order, person, duty, accepted, leave, arrival) ? [arrival] : [];
}

function askVolunteer(
  story: Story,
  { person, duty }: OnDuty,
  rank: number,
  firstByOthers: number,
  random: Random,
): readonly number[] {
  const asked = 3 + rank * random.between(0, 2);
  const order = story.offer(asked, person);
  const answer = random.pickIndex([33, 12, 55]);
  if (answer === 2) {
    story.order(asked + OFFER_LASTS_MS / SECOND, order, 'expired');
    return [];
  }
  const opened = asked + random.between(4, 40);
  if (answer === 1) {
    story.order(opened, order, 'declined');
    return [];
  }
  const leave = opened + random.between(5, 30);
  const metres = distance(person.homePoint, story.incident.point) * DETOUR;
  const arrival = leave + metres / random.between(1.8, 2.3);
  if (arrival > firstByOthers + 60 && random.chance(0.5)) {
    story.turnBack(order, person, duty, opened, leave, arrival, firstByOthers + random.between(5, 60));
    return [];
  }
  return story.go(order, person, duty, opened, leave, arrival) ? [arrival] : [];
}

/** Events and ways of one incident as they are told; seconds count from its report. */
class Story {
  readonly events: LifeEvent[] = [];
  readonly trips: Trip[] = [];
  readonly incident: PlannedIncident;
  readonly incidentId: IncidentId;
  readonly #going: { readonly order: OrderId; readonly trip: number; readonly arrival: number }[] = [];
  #orders = 0;

  constructor(pack: LifePack, incident: PlannedIncident) {
    this.incident = incident;
    this.incidentId = incident.id as IncidentId;
    const [lng, lat] = pack.map.toLngLat(incident.point);
    const area = gridAt(pack, incident.point);
    this.tell(0, {
      kind: 'incident.received',
      incidentId: this.incidentId,
      category: incident.category,
      ...(incident.subCategory === '' ? {} : { subCategory: incident.subCategory }),
      priority: incident.priority,
      lng: round(lng) as never,
      lat: round(lat) as never,
      place: incident.place,
      ...(area === undefined ? {} : area),
    });
  }

  tell(seconds: number, event: CityEvent): void {
    this.events.push({
      source: 'demo-110',
      key: `${this.incident.id}/${this.events.length}`,
      at: Math.round(this.incident.at + seconds * SECOND),
      event,
    });
  }

  stage(seconds: number, stage: 'stable' | 'closed' | 'cancelled'): void {
    this.tell(
      seconds,
      stage === 'cancelled'
        ? { kind: 'incident.cancelled', incidentId: this.incidentId }
        : { kind: 'incident.stage', incidentId: this.incidentId, stage },
    );
  }

  offer(seconds: number, person: Person): OrderId {
    this.#orders += 1;
    const orderId = `${this.incident.id}-${this.#orders}` as OrderId;
    this.tell(seconds, {
      kind: 'order.offered',
      orderId,
      incidentId: this.incidentId,
      responderId: person.id,
    });
    return orderId;
  }

  order(
    seconds: number,
    orderId: OrderId,
    stage: Extract<CityEvent, { kind: 'order.stage' }>['stage'],
  ): void {
    this.tell(seconds, { kind: 'order.stage', orderId, stage });
  }

  /** False when the person's duty ends before; then nothing is told. */
  go(
    orderId: OrderId,
    person: Person,
    duty: Duty,
    accepted: number,
    leave: number,
    arrival: number,
  ): boolean {
    if (this.incident.at + arrival * SECOND > duty.to - 2 * MINUTE) {
      this.order(accepted, orderId, 'declined');
      return false;
    }
    this.order(accepted, orderId, 'accepted');
    this.order(leave, orderId, 'enRoute');
    this.order(arrival, orderId, 'onScene');
    this.#going.push({ order: orderId, trip: this.trips.length, arrival });
    this.#trip(person, leave, arrival, arrival);
    return true;
  }

  turnBack(
    orderId: OrderId,
    person: Person,
    duty: Duty,
    accepted: number,
    leave: number,
    arrival: number,
    turn: number,
  ): void {
    this.order(accepted, orderId, 'accepted');
    if (turn <= leave || this.incident.at + turn * SECOND > duty.to - 2 * MINUTE) {
      this.order(Math.max(accepted + 5, Math.min(turn, accepted + 20)), orderId, 'released');
      return;
    }
    this.order(leave, orderId, 'enRoute');
    this.order(turn, orderId, 'released');
    this.#trip(person, leave, arrival, turn);
  }

  /** Ends the orders of those who came, one after another, before the incident is closed. */
  closeOrders(closed: number, random: Random): void {
    for (const { order, trip, arrival } of this.#going) {
      const end = Math.max(arrival + 30, closed - random.between(0, 120));
      this.order(Math.min(end, closed), order, 'done');
      const known = this.trips[trip];
      if (known !== undefined)
        this.trips[trip] = {
          ...known,
          turnAt: Math.round(this.incident.at + Math.min(end, closed) * SECOND),
        };
    }
  }

  #trip(person: Person, leave: number, arrival: number, turn: number): void {
    this.trips.push({
      person,
      leaveAt: Math.round(this.incident.at + leave * SECOND),
      arriveAt: Math.round(this.incident.at + arrival * SECOND),
      turnAt: Math.round(this.incident.at + turn * SECOND),
      goal: this.incident.point,
    });
  }
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
