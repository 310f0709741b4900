import type { OrderId } from '@maplewall/shared/domain/ids.ts';
import type { Priority } from '@maplewall/shared/domain/incident.ts';
import type { Random } from '../seeded-random.ts';
import { MINUTE_MS, SECOND_MS } from './calendar.ts';
import { distance } from './flat-map.ts';
import type { PlannedIncident } from './incident-plan.ts';
import { OrderTrack } from './order-track.ts';
import type { Vehicle } from './people.ts';
import type { Stretch } from './stretch.ts';

/**
 * Who is asked to go to an incident, who answers, and who gets there. People behave as measured elsewhere: 17–47 % of
 * the volunteers asked answer, many never open the offer (JMIR mHealth 2023 e41551); lay responders walk at 1.8–2.3 m/s
 * (Resuscitation 2020, S0300-9572(20)30132-5); of those who set out three in ten do not arrive, half of them because
 * somebody is there already (Critical Care cc13674). Companies' guards are on the spot within half a minute.
 */
export interface Response {
  readonly orders: readonly OrderTrack[];
  /** When the first one was there; undefined when nobody came. */
  readonly firstThereAt: number | undefined;
}

/** The thirty-second circle: guards of posts within it are asked first, and run. */
const CIRCLE_METRES = 105;
const VOLUNTEER_REACH_METRES = 1_000;
const VOLUNTEERS_ASKED: Readonly<Record<Priority, number>> = { 1: 8, 2: 6, 3: 4, 4: 0 };
const SECOND_ROUND_AFTER_SECONDS = 75;
const SECOND_ROUND_ASKED = 4;
const OFFER_LASTS_SECONDS = 60;
const DECLINING_SHARE = 0.09;
const TURNING_BACK_SHARE = 0.38;
/** Metres a second by which officers are compared; streets decide how long the way really takes. */
const OFFICER_SPEED = { none: 2.1, eBike: 5, car: 8.5 } as const satisfies Record<Vehicle, number>;
/** An officer who is nearly done elsewhere may still be the quickest. */
const NEXT_FREE_MS = 12 * MINUTE_MS;
const DETOUR = 1.4;
const LEAST_TIME_ON_SPOT_MS = 2 * MINUTE_MS;

/** Sends people; their patrols are changed accordingly. `crews` are those on duty, each at most once at a time. */
export function callOut(incident: PlannedIncident, crews: readonly Stretch[], random: Random): Response {
  const call = new Call(incident, crews, random);
  call.askSentries();
  call.askOfficers();
  call.askVolunteers();
  call.workOnTheSpot();
  return { orders: call.orders, firstThereAt: call.firstThereAt };
}

class Call {
  readonly orders: OrderTrack[] = [];
  readonly #incident: PlannedIncident;
  readonly #free: readonly Stretch[];
  readonly #random: Random;
  readonly #onTheWay: { readonly order: OrderTrack; readonly arrivesAt: number }[] = [];

  constructor(incident: PlannedIncident, crews: readonly Stretch[], random: Random) {
    this.#incident = incident;
    this.#random = random;
    this.#free = crews.filter(
      ({ person, from, busyUntil }) =>
        from < incident.at - 2 * MINUTE_MS &&
        busyUntil < incident.at + (person.kind === 'officer' ? NEXT_FREE_MS : 0),
    );
  }

  get firstThereAt(): number | undefined {
    const first = Math.min(...this.#onTheWay.map(({ arrivesAt }) => arrivesAt));
    return first === Infinity ? undefined : first;
  }

  /** They hear it in their ear and run, 12–40 s from the report to the spot. */
  askSentries(): void {
    const { point, at, priority } = this.#incident;
    const near = this.#nearest('sentry', CIRCLE_METRES).slice(0, priority <= 2 ? 2 : 1);
    for (const { stretch } of near) {
      const order = this.#offer(stretch, this.#random.between(1, 3));
      const acceptedAt = order.offeredAt + this.#random.between(1.5, 4) * SECOND_MS;
      const metres = distance(stretch.patrol.whereabouts(acceptedAt), point);
      const longest = (at + 37 * SECOND_MS - acceptedAt) / SECOND_MS;
      const speed = Math.max(this.#random.between(3, 4.4), metres / longest);
      const leaveAt = Math.max(
        acceptedAt + this.#random.between(0.5, 2) * SECOND_MS,
        at + this.#random.between(13, 16) * SECOND_MS - (metres / speed) * SECOND_MS,
      );
      this.#go(order, acceptedAt, leaveAt, speed);
    }
  }

  askOfficers(): void {
    const { point, priority } = this.#incident;
    const wanted = priority <= 2 ? 2 : 1;
    const isUrgent = priority <= 2;
    const { at } = this.#incident;
    const ranked = this.#nearest('officer', Infinity)
      .map(({ stretch, metres }) => {
        const waitSeconds = Math.max(0, stretch.busyUntil - at) / SECOND_MS;
        const roadSeconds = (metres / OFFICER_SPEED[stretch.person.vehicle]) * DETOUR;
        return { stretch, waitSeconds, seconds: waitSeconds + roadSeconds };
      })
      .toSorted((a, b) => a.seconds - b.seconds);
    let sent = 0;
    for (const { stretch, waitSeconds, seconds } of ranked) {
      if (sent === wanted) break;
      const dispatchSeconds = waitSeconds + this.#random.between(isUrgent ? 8 : 14, isUrgent ? 25 : 50);
      const expectedAt = at + (dispatchSeconds + 60 + seconds - waitSeconds) * SECOND_MS;
      if (expectedAt + LEAST_TIME_ON_SPOT_MS > stretch.patrol.mustLeave(point)) continue;
      const order = this.#offer(stretch, dispatchSeconds);
      const answeredAt = order.offeredAt + this.#random.between(4, 15) * SECOND_MS;
      if (this.#random.chance(0.03)) {
        order.reach('declined', answeredAt);
        stretch.busyUntil = answeredAt;
        continue;
      }
      const leaveAt = answeredAt + this.#random.between(8, isUrgent ? 25 : 55) * SECOND_MS;
      this.#go(order, answeredAt, leaveAt, this.#officerSpeed(stretch.person.vehicle, isUrgent));
      sent += 1;
    }
  }

  askVolunteers(): void {
    const { priority, category } = this.#incident;
    if (category === 'fraud' || category === 'nonPolice') return;
    const most = priority === 4 && category === 'help' ? 2 : VOLUNTEERS_ASKED[priority];
    if (most === 0) return;
    const near = this.#nearest('volunteer', VOLUNTEER_REACH_METRES);
    // Once somebody is there, open offers for ordinary matters are taken back.
    const withdrawnAt = priority <= 2 ? Infinity : (this.firstThereAt ?? Infinity) + 2 * SECOND_MS;
    const willing = this.#askRound(near.slice(0, most), this.#random.between(3, 9), withdrawnAt);
    if (willing === 0 && this.#onTheWay.length === 0)
      this.#askRound(near.slice(most, most + SECOND_ROUND_ASKED), SECOND_ROUND_AFTER_SECONDS, withdrawnAt);
    this.#letSomeTurnBack();
  }

  /** Ends the orders of those who came, the helpers' before the officers'. */
  workOnTheSpot(): void {
    const { priority, point } = this.#incident;
    const officers = this.#onTheWay.filter(({ order }) => order.stretch.person.kind === 'officer');
    const officerThereAt = Math.min(...officers.map(({ arrivesAt }) => arrivesAt));
    const [least, most] = TIME_ON_SPOT_MINUTES[priority];
    for (const { order, arrivesAt } of this.#onTheWay) {
      const { kind } = order.stretch.person;
      const handover = Math.max(arrivesAt, officerThereAt === Infinity ? arrivesAt : officerThereAt);
      const wanted =
        kind === 'officer'
          ? arrivesAt + this.#random.between(least, most) * MINUTE_MS
          : kind === 'sentry'
            ? handover + this.#random.between(1.5, 6) * MINUTE_MS
            : handover + this.#random.between(2, 12) * MINUTE_MS;
      const end = Math.min(wanted, order.stretch.patrol.mustLeave(point));
      order.finish(Math.max(end, arrivesAt + MINUTE_MS));
    }
  }

  #askRound(
    near: readonly { readonly stretch: Stretch; readonly metres: number }[],
    afterSeconds: number,
    withdrawnAt: number,
  ): number {
    let willing = 0;
    for (const { stretch, metres } of near) {
      const order = this.#offer(stretch, afterSeconds + this.#random.between(0, 1.5));
      if (order.offeredAt > withdrawnAt) {
        this.orders.pop();
        continue;
      }
      const expiresAt = order.offeredAt + OFFER_LASTS_SECONDS * SECOND_MS;
      const answer = this.#random.next();
      const answeredAt = order.offeredAt + this.#random.between(4, 45) * SECOND_MS;
      const likely = stretch.person.answers * (1.12 - metres / 2_500);
      if (answer >= likely + DECLINING_SHARE || answeredAt >= withdrawnAt)
        order.letLapse(expiresAt, withdrawnAt);
      else if (answer >= likely) {
        order.reach('declined', answeredAt);
        stretch.busyUntil = answeredAt;
      } else {
        willing += 1;
        const speed =
          stretch.person.vehicle === 'none' ? this.#random.between(1.8, 2.3) : this.#random.between(4, 5.5);
        this.#go(order, answeredAt, answeredAt + this.#random.between(8, 60) * SECOND_MS, speed);
      }
    }
    return willing;
  }

  /** Of the volunteers who set out; those nearest arrive first, and are what the others turn back for. */
  #letSomeTurnBack(): void {
    const going = this.#onTheWay.toSorted((a, b) => a.arrivesAt - b.arrivesAt);
    let firstThereAt = Infinity;
    for (const trip of going) {
      const { order, arrivesAt } = trip;
      const releasedAt =
        order.stretch.person.kind === 'volunteer'
          ? this.#turnsBackAt(order, arrivesAt, firstThereAt)
          : undefined;
      if (releasedAt === undefined) firstThereAt = Math.min(firstThereAt, arrivesAt);
      else this.#turnBack(trip, releasedAt);
    }
  }

  #turnsBackAt(order: OrderTrack, arrivesAt: number, firstThereAt: number): number | undefined {
    const leftAt = order.timeOf('enRoute') ?? arrivesAt;
    if (!this.#random.chance(TURNING_BACK_SHARE)) return undefined;
    const hearsAt = Math.max(firstThereAt, leftAt) + this.#random.between(5, 50) * SECOND_MS;
    if (hearsAt < arrivesAt && this.#random.chance(0.55)) return hearsAt;
    return this.#random.chance(0.62)
      ? leftAt + (arrivesAt - leftAt) * this.#random.between(0.1, 0.85)
      : undefined;
  }

  #turnBack(trip: { readonly order: OrderTrack; readonly arrivesAt: number }, at: number): void {
    this.#onTheWay.splice(this.#onTheWay.indexOf(trip), 1);
    trip.order.dropArrival();
    trip.order.release(at);
  }

  #go(order: OrderTrack, acceptedAt: number, leaveAt: number, speed: number): void {
    const { stretch } = order;
    const { point } = this.#incident;
    order.reach('accepted', acceptedAt);
    order.reach('enRoute', leaveAt);
    const arrivesAt = stretch.patrol.goTo(point, leaveAt, speed);
    if (arrivesAt + MINUTE_MS > stretch.patrol.mustLeave(point)) {
      order.release(leaveAt + 20 * SECOND_MS);
      return;
    }
    stretch.patrol.itinerary.standUntil(arrivesAt + MINUTE_MS);
    order.reach('onScene', arrivesAt);
    stretch.busyUntil = Infinity;
    this.#onTheWay.push({ order, arrivesAt });
  }

  #offer(stretch: Stretch, seconds: number): OrderTrack {
    const number = String(this.orders.length + 1).padStart(2, '0');
    const id = `${this.#incident.id}-${number}` as OrderId;
    const order = new OrderTrack(id, stretch, Math.round(this.#incident.at + seconds * SECOND_MS));
    this.orders.push(order);
    return order;
  }

  /** Those free within reach, nearest first; of sentries those whose post is. */
  #nearest(
    kind: Stretch['person']['kind'],
    within: number,
  ): readonly { readonly stretch: Stretch; readonly metres: number }[] {
    const { point, at } = this.#incident;
    const found: { readonly stretch: Stretch; readonly metres: number }[] = [];
    for (const stretch of this.#free) {
      const { person, patrol } = stretch;
      if (person.kind !== kind) continue;
      const isSentry = kind === 'sentry';
      if (distance(person.base, point) > within + (isSentry ? 0 : person.roamMetres)) continue;
      const metres = distance(patrol.whereabouts(at), point);
      if (!isSentry) {
        const seconds = 130 + (metres * DETOUR) / (kind === 'officer' ? 5 : 1.8);
        if (metres > within) continue;
        if (at + seconds * SECOND_MS + LEAST_TIME_ON_SPOT_MS > stretch.patrol.mustLeave(point)) continue;
      }
      found.push({ stretch, metres });
    }
    return found.toSorted(
      (a, b) => a.metres - b.metres || (a.stretch.person.id < b.stretch.person.id ? -1 : 1),
    );
  }

  #officerSpeed(vehicle: Vehicle, isUrgent: boolean): number {
    switch (vehicle) {
      case 'car':
        return this.#random.between(1, 1.25) * (isUrgent ? 1.3 : 1);
      case 'eBike':
        return this.#random.between(4.8, 6.2);
      case 'none':
        return this.#random.between(1.9, 2.5);
    }
  }
}

const TIME_ON_SPOT_MINUTES: Readonly<Record<Priority, readonly [number, number]>> = {
  1: [40, 95],
  2: [22, 55],
  3: [9, 34],
  4: [5, 16],
};
