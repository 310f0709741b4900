import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { Incident } from '@maplewall/shared/domain/incident.ts';
import {
  PRECINCT_COUNTER_INDEX,
  PRECINCT_COUNTERS,
  type PrecinctCounter,
} from '@maplewall/shared/domain/precinct-counts.ts';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { CityAreas } from './city-areas.ts';
import { localDayOf } from './local-day.ts';

/** Where and when something began; what follows from it is counted there. */
interface Origin {
  readonly day: string;
  readonly precinct: string;
}

/** Days of all time zones begin at a whole quarter of an hour. */
const QUARTER_MS = 900_000;
/** Requests that nobody ever settles are forgotten, oldest first, beyond so many. */
const MAX_OPEN_REQUESTS = 100_000;

/**
 * Counts by precinct and day of all that ever happened (PRECINCT_COUNTERS says what). It watches a fold of the events
 * in the order of event time and counts what that fold lets count, so both agree. Incidents belong to the precinct that
 * they name, else to that of their grid; hazards, requests and disputes to that of their grid; services to that of their
 * station.
 */
export class PrecinctFold {
  readonly #areas: CityAreas;
  readonly #days = new Map<string, Map<string, number[]>>();
  readonly #hazards = new Map<string, Origin>();
  readonly #requests = new Map<string, Origin>();
  readonly #dayOfQuarter = new Map<number, string>();
  readonly #changed = new Set<string>();

  constructor(areas: CityAreas) {
    this.#areas = areas;
  }

  /** Watches one event while `apply` folds it into the world; `apply` answers whether it changed anything. */
  take(world: World, record: EventRecord, apply: () => boolean): void {
    const { event, at } = record;
    switch (event.kind) {
      case 'hazard.found': {
        const isNew = !world.hazards.has(event.hazardId);
        apply();
        if (!isNew) return;
        const origin = this.#origin(at, this.#ofGrid(event.gridId));
        this.#hazards.set(event.hazardId, origin);
        this.#add(origin, 'hazard.found');
        return;
      }
      case 'hazard.resolved': {
        const dueAt = world.hazards.get(event.hazardId)?.dueAt;
        const origin = this.#hazards.get(event.hazardId);
        apply();
        if (dueAt === undefined || origin === undefined) return;
        this.#hazards.delete(event.hazardId);
        this.#add(origin, 'hazard.putRight');
        if (at <= dueAt) this.#add(origin, 'hazard.inTime');
        return;
      }
      case 'service.completed':
        apply();
        this.#add(this.#origin(at, this.#areas.precinctOfStation.get(event.stationId) ?? ''), 'service');
        return;
      case 'dispute.settled':
        apply();
        this.#add(this.#origin(at, this.#ofGrid(event.gridId)), 'dispute.settled');
        return;
      case 'request.received': {
        apply();
        const origin = this.#origin(at, this.#ofGrid(event.gridId));
        this.#add(origin, 'request.received');
        this.#requests.set(event.requestId, origin);
        const [oldest] = this.#requests.size > MAX_OPEN_REQUESTS ? this.#requests.keys() : [];
        if (oldest !== undefined) this.#requests.delete(oldest);
        return;
      }
      case 'request.settled': {
        apply();
        const origin = this.#requests.get(event.requestId);
        if (origin === undefined) return;
        this.#requests.delete(event.requestId);
        this.#add(origin, 'request.settled');
        return;
      }
      default:
        this.#takeIncident(world, event, apply);
    }
  }

  /** Days whose counts changed since the last call. */
  changed(): ReadonlyMap<string, Readonly<Record<string, readonly number[]>>> {
    const found = new Map<string, Readonly<Record<string, readonly number[]>>>();
    for (const day of this.#changed) found.set(day, Object.fromEntries(this.#days.get(day) ?? []));
    this.#changed.clear();
    return found;
  }

  #takeIncident(world: World, event: CityEvent, apply: () => boolean): void {
    const id = incidentOf(world, event);
    const before = id === undefined ? undefined : world.incidents.get(id);
    const hadArrived = before?.times.onScene !== undefined;
    const wasDiverted = before?.times.diverted !== undefined;
    const changed = apply();
    const incident = id === undefined || !changed ? undefined : world.incidents.get(id);
    if (incident?.times.received === undefined) return;
    const origin = this.#origin(
      incident.times.received,
      incident.precinctId || this.#ofGrid(incident.gridId),
    );
    if (event.kind === 'incident.received') {
      this.#add(origin, 'received');
      if (incident.category === 'nonPolice') this.#add(origin, 'nonPolice');
      if (incident.category === 'dispute') this.#add(origin, 'dispute.reported');
      return;
    }
    if (!hadArrived && incident.times.onScene !== undefined) this.#addArrival(origin, incident);
    const isDiverted = incident.times.diverted !== undefined;
    // Reopened, it is diverted no more, until it is diverted again.
    if (incident.category === 'nonPolice' && isDiverted !== wasDiverted)
      this.#add(origin, 'nonPolice.diverted', isDiverted ? 1 : -1);
  }

  #addArrival(origin: Origin, { times }: Incident): void {
    const seconds = Math.max(0, ((times.onScene ?? 0) - (times.received ?? 0)) / 1000);
    this.#add(origin, 'arrived');
    for (const edge of [30, 60, 180] as const) if (seconds <= edge) this.#add(origin, `arrived.${edge}`);
  }

  #add({ day, precinct }: Origin, counter: PrecinctCounter, by = 1): void {
    let precincts = this.#days.get(day);
    if (precincts === undefined) {
      precincts = new Map();
      this.#days.set(day, precincts);
    }
    let row = precincts.get(precinct);
    if (row === undefined) {
      row = PRECINCT_COUNTERS.map(() => 0);
      precincts.set(precinct, row);
    }
    const index = PRECINCT_COUNTER_INDEX.get(counter) ?? 0;
    row[index] = (row[index] ?? 0) + by;
    this.#changed.add(day);
  }

  #origin(at: EpochMs, precinct: string): Origin {
    const quarter = Math.floor(at / QUARTER_MS);
    let day = this.#dayOfQuarter.get(quarter);
    if (day === undefined) {
      ({ day } = localDayOf(epochMs(quarter * QUARTER_MS), this.#areas.timeZone));
      this.#dayOfQuarter.set(quarter, day);
    }
    return { day, precinct };
  }

  #ofGrid(gridId: string): string {
    return this.#areas.precinctOfGrid.get(gridId) ?? '';
  }
}

/** The incident that an event speaks of, by itself or through its order. */
function incidentOf(world: World, event: CityEvent): IncidentId | undefined {
  if ('incidentId' in event) return event.incidentId;
  return event.kind === 'order.stage' ? world.orders.get(event.orderId)?.incidentId : undefined;
}
