import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import { PLATFORMS } from '@maplewall/shared/domain/incident.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './calendar.ts';
import type { PlannedIncident } from './incident-plan.ts';
import type { OrderTrack } from './order-track.ts';
import { gridAt, type LifePack } from './pack.ts';
import type { LifeEvent } from './records.ts';
import { callOut, type Response } from './response.ts';
import type { Stretch } from './stretch.ts';

/** 42.88 % of non-police incidents are handed on to the department that owns them (Longgang's own figure). */
const DIVERTED_SHARE = 0.4288;
/** Settled on the telephone or at a counter, by category group. */
const BY_TELEPHONE = { nonPolice: 0.75, fraud: 0.55, priority4: 0.62 } as const;
const CANCELLED_SHARE = 0.02;
const CALLED_OFF_SHARE = 0.015;
const REOPENED_SHARE = 0.015;

/** Tells one incident from its report to its end. People are sent from `crews`, whose patrols change with it. */
export function tellIncident(
  pack: LifePack,
  incident: PlannedIncident,
  crews: readonly Stretch[],
  seed: number,
): readonly LifeEvent[] {
  const random = seededRandom(seed, `story/${incident.id}`);
  const story = new Story(pack, incident, random);
  if (incident.sameAs !== undefined)
    story.tell(random.between(50, 200) * SECOND_MS, {
      kind: 'incident.merged',
      incidentId: story.incidentId,
      into: incident.sameAs as IncidentId,
    });
  else if (incident.category === 'nonPolice' && random.chance(DIVERTED_SHARE)) story.divert();
  else if (random.chance(CANCELLED_SHARE)) story.cancel(random.between(60, 420) * SECOND_MS);
  else if (random.chance(telephoneShare(incident))) story.close(random.between(3, 20) * MINUTE_MS);
  else story.respond(callOut(incident, crews, random));
  return story.events();
}

function telephoneShare({ category, priority }: PlannedIncident): number {
  if (category === 'nonPolice') return BY_TELEPHONE.nonPolice;
  if (category === 'fraud') return BY_TELEPHONE.fraud;
  return priority === 4 ? BY_TELEPHONE.priority4 : 0;
}

class Story {
  readonly incidentId: IncidentId;
  readonly #incident: PlannedIncident;
  readonly #random: Random;
  readonly #told: { readonly at: number; readonly event: CityEvent }[] = [];

  constructor(pack: LifePack, incident: PlannedIncident, random: Random) {
    this.#incident = incident;
    this.#random = random;
    this.incidentId = incident.id as IncidentId;
    const grid = gridAt(pack, incident.point);
    this.tell(0, {
      kind: 'incident.received',
      incidentId: this.incidentId,
      category: incident.category,
      ...(incident.subCategory === '' ? {} : { subCategory: incident.subCategory }),
      priority: incident.priority,
      lng: pack.map.lngOf(incident.point.x),
      lat: pack.map.latOf(incident.point.y),
      place: incident.place,
      ...(grid === undefined ? {} : { gridId: grid.id, precinctId: grid.precinctId }),
    });
  }

  /** In the order of time, with keys that say their place in it. */
  events(): readonly LifeEvent[] {
    return this.#told
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, event }, index) => ({
        source: 'demo-110',
        key: `${this.#incident.id}/${index}`,
        at,
        event,
      }));
  }

  /** `after`: milliseconds after the report. */
  tell(after: number, event: CityEvent): void {
    this.#told.push({ at: Math.round(this.#incident.at + after), event });
  }

  close(after: number): void {
    this.tell(after, { kind: 'incident.stage', incidentId: this.incidentId, stage: 'closed' });
    if (!this.#random.chance(REOPENED_SHARE)) return;
    // Within the hour in which the wall still knows it; later on a second report would be a new incident.
    const reopened = after + this.#random.between(10, 55) * MINUTE_MS;
    this.tell(reopened, { kind: 'incident.reopened', incidentId: this.incidentId });
    this.tell(reopened + this.#random.between(15, 60) * MINUTE_MS, {
      kind: 'incident.stage',
      incidentId: this.incidentId,
      stage: 'closed',
    });
  }

  cancel(after: number): void {
    this.tell(after, { kind: 'incident.cancelled', incidentId: this.incidentId });
  }

  divert(): void {
    const after = this.#random.between(40, 240) * SECOND_MS;
    this.tell(after, {
      kind: 'incident.diverted',
      incidentId: this.incidentId,
      platform: this.#random.pick(PLATFORMS),
    });
    this.tell(after + this.#random.between(2, 30) * HOUR_MS, {
      kind: 'incident.stage',
      incidentId: this.incidentId,
      stage: 'closed',
    });
  }

  respond({ orders, firstThereAt }: Response): void {
    const { at } = this.#incident;
    const callOffAt = at + this.#random.between(60, 420) * SECOND_MS;
    const isCalledOff = this.#random.chance(CALLED_OFF_SHARE);
    if (isCalledOff) for (const order of orders) order.callOff(callOffAt);
    for (const { id, stretch, offeredAt, stages } of orders) {
      if (isCalledOff && offeredAt >= callOffAt) continue;
      this.tell(offeredAt - at, {
        kind: 'order.offered',
        orderId: id,
        incidentId: this.incidentId,
        responderId: stretch.person.id,
      });
      for (const { stage, at: reachedAt } of stages)
        this.tell(reachedAt - at, { kind: 'order.stage', orderId: id, stage });
    }
    if (isCalledOff) this.cancel(callOffAt - at + SECOND_MS);
    else if (firstThereAt === undefined) this.close(this.#random.between(20, 60) * MINUTE_MS);
    else this.#settle({ orders, firstThereAt });
  }

  #settle({
    orders,
    firstThereAt,
  }: {
    readonly orders: Response['orders'];
    readonly firstThereAt: number;
  }): void {
    const { at, priority } = this.#incident;
    const first = orders.find((order) => order.timeOf('onScene') === Math.round(firstThereAt));
    const kind = first?.stretch.person.kind;
    const calm = kind === 'sentry' ? this.#random.between(25, 150) : this.#random.between(60, 480);
    const lastEnd = Math.max(...orders.flatMap(({ stages }) => stages.map((reached) => reached.at)));
    // An incident is not stable before somebody is there, nor after the last one has gone.
    const stableAt = Math.min(firstThereAt + calm * SECOND_MS, lastEnd);
    const teller = whoIsThere(orders, stableAt) ?? first;
    this.tell(stableAt - at, {
      kind: 'incident.stage',
      incidentId: this.incidentId,
      stage: 'stable',
      ...(teller === undefined ? {} : { responderId: teller.stretch.person.id }),
    });
    this.#reassess(priority, firstThereAt - at, stableAt - at);
    this.close(lastEnd - at + this.#random.between(2, 40) * SECOND_MS);
  }

  /** It is worse than the caller said, or better than it looked. */
  #reassess(priority: number, there: number, stable: number): void {
    const { incidentId } = this;
    if (priority === 3 && this.#random.chance(0.04))
      this.tell(there * this.#random.between(0.3, 0.9), {
        kind: 'incident.reprioritised',
        incidentId,
        priority: 2,
      });
    else if (priority === 2 && this.#random.chance(0.04))
      this.tell(there + 20 * SECOND_MS, { kind: 'incident.reprioritised', incidentId, priority: 1 });
    else if (priority === 2 && this.#random.chance(0.08))
      this.tell(stable + 30 * SECOND_MS, { kind: 'incident.reprioritised', incidentId, priority: 3 });
  }
}

/** Of those on the spot at a moment, the one who came first: whoever has gone home tells nothing any more. */
function whoIsThere(orders: readonly OrderTrack[], at: number): OrderTrack | undefined {
  return orders
    .filter((order) => (order.timeOf('onScene') ?? Infinity) <= at && (order.timeOf('done') ?? 0) >= at)
    .toSorted((a, b) => (a.timeOf('onScene') ?? 0) - (b.timeOf('onScene') ?? 0))[0];
}
