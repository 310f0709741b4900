import { ORDER_STATES } from '../domain/order.ts';
import { INCIDENT_STAGES } from '../domain/incident.ts';
import type { World } from './world.ts';

const INCIDENT_TIMES = [...INCIDENT_STAGES, 'diverted', 'merged', 'cancelled'] as const;

/**
 * Two lanes of 32 bits; each value is multiplied in and the lanes are mixed at the end of an entry (the
 * finaliser is that of MurmurHash3). Not made against attackers: it finds worlds that drifted apart.
 */
class Mixer {
  #one = 0;
  #two = 0;
  /** Sum over the entries so far. A sum knows no order, so maps need no sorting. */
  #sumOne = 0;
  #sumTwo = 0;

  begin(kind: number): void {
    this.#one = 0x9e3779b9 ^ kind;
    this.#two = 0x85ebca6b + kind;
  }

  int(value: number): void {
    this.#one = Math.imul(this.#one ^ value, 0x5bd1e995);
    this.#one ^= this.#one >>> 15;
    this.#two = Math.imul((this.#two << 13) ^ (this.#two >>> 19) ^ value, 0x1b873593);
  }

  /** Any finite number; times are above 2^32, places in degrees are no integers. */
  number(value: number): void {
    if (Number.isInteger(value)) {
      this.int(value | 0);
      this.int(Math.floor(value / 4_294_967_296));
    } else this.text(String(value));
  }

  text(value: string): void {
    for (let i = 0; i < value.length; i += 1) this.int(value.charCodeAt(i));
    this.int(~value.length);
  }

  end(): void {
    this.#sumOne = (this.#sumOne + finish(this.#one ^ (this.#two >>> 7))) | 0;
    this.#sumTwo = (this.#sumTwo + finish(this.#two ^ Math.imul(this.#one, 0xcc9e2d51))) | 0;
  }

  digits(): string {
    const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
    return hex(finish(this.#sumOne)) + hex(finish(this.#sumTwo ^ this.#sumOne));
  }
}

function finish(lane: number): number {
  let mixed = lane ^ (lane >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Sixteen hex digits over all of a world's state. Equal worlds have equal hashes, in whatever order their
 * maps were filled; slots count, because frames speak of slots.
 */
export function worldHash(world: World): string {
  const mixer = new Mixer();
  mixer.begin(1);
  mixer.number(world.at);
  mixer.number(world.seq);
  mixer.end();
  hashIncidents(mixer, world);
  hashResponders(mixer, world);
  for (const [id, { lastReceivedAt, mode }] of world.sources) {
    mixer.begin(5);
    mixer.text(id);
    mixer.number(lastReceivedAt);
    mixer.text(mode);
    mixer.end();
  }
  for (const [index, gridId] of world.risks.gridIds.entries()) {
    mixer.begin(6);
    mixer.text(gridId);
    mixer.int(world.risks.levels[index] ?? 0);
    mixer.end();
  }
  for (const [id, { gridId, hazardType, lng, lat, dueAt }] of world.hazards) {
    mixer.begin(7);
    mixer.text(id);
    mixer.text(gridId);
    mixer.text(hazardType);
    mixer.number(lng);
    mixer.number(lat);
    mixer.number(dueAt);
    mixer.end();
  }
  for (const [hour, counts] of world.hours) {
    mixer.begin(8);
    mixer.int(hour);
    for (const value of counts) mixer.int(value);
    mixer.end();
  }
  return mixer.digits();
}

function hashIncidents(mixer: Mixer, world: World): void {
  for (const incident of world.incidents.values()) {
    mixer.begin(2);
    mixer.text(incident.id);
    mixer.text(incident.category);
    mixer.text(incident.subCategory);
    mixer.int(incident.priority);
    mixer.text(incident.state);
    mixer.number(incident.lng);
    mixer.number(incident.lat);
    mixer.text(incident.place);
    mixer.text(incident.precinctId);
    mixer.text(incident.gridId);
    mixer.text(incident.mode);
    for (const stage of INCIDENT_TIMES) mixer.number(incident.times[stage] ?? -1);
    mixer.text(incident.firstOnScene);
    for (const orderId of incident.orders) mixer.text(orderId);
    mixer.text(incident.divertedTo);
    mixer.text(incident.mergedInto);
    // Left out where there is none, so that worlds from before acknowledgements keep their hash.
    if (incident.acknowledgedAt !== undefined) {
      mixer.number(incident.acknowledgedAt);
      mixer.text(incident.acknowledgedBy);
    }
    if (incident.raisedAt !== undefined) {
      mixer.text('raised');
      mixer.number(incident.raisedAt);
    }
    mixer.end();
  }
  for (const order of world.orders.values()) {
    mixer.begin(3);
    mixer.text(order.id);
    mixer.text(order.incidentId);
    mixer.text(order.responderId);
    mixer.text(order.state);
    for (const state of ORDER_STATES) mixer.number(order.times[state] ?? -1);
    mixer.end();
  }
}

function hashResponders(mixer: Mixer, { responders, positions }: World): void {
  for (const responder of responders.values()) {
    const { slot } = responder;
    mixer.begin(4);
    mixer.text(responder.id);
    mixer.int(slot);
    mixer.text(responder.kind);
    mixer.text(responder.callSign);
    mixer.text(responder.teamId);
    mixer.text(responder.postId);
    mixer.text(responder.stationId);
    mixer.text(responder.state);
    mixer.text(responder.incidentId);
    mixer.number(responder.checkedInAt);
    mixer.int(positions.hasFix[slot] ?? 0);
    if (positions.hasFix[slot] === 1) {
      mixer.int(positions.lngE5[slot] ?? 0);
      mixer.int(positions.latE5[slot] ?? 0);
      mixer.number(positions.fixAtSeconds[slot] ?? 0);
    }
    mixer.int(positions.hasPrevious[slot] ?? 0);
    if (positions.hasPrevious[slot] === 1) {
      mixer.int(positions.previousLngE5[slot] ?? 0);
      mixer.int(positions.previousLatE5[slot] ?? 0);
      mixer.number(positions.previousFixAtSeconds[slot] ?? 0);
    }
    // Left out where nothing is said, so that worlds from before it could be said keep their hashes.
    if (responder.reportsThrough !== '') mixer.text(responder.reportsThrough);
    mixer.end();
  }
}
