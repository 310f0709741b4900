import { DAY_MS, dutyOf, type Calendar } from './duty.ts';
import { everydayEvents } from './everyday.ts';
import { planIncidents } from './incident-plan.ts';
import type { LifePack } from './pack.ts';
import type { Person } from './people.ts';
import type { LifeEvent } from './records.ts';
import { respond, type OnDuty, type Trip } from './response.ts';
import { riskEvents } from './risk.ts';

/** One day of the city: all that is told, and who was where to do what. */
export interface LifeDay {
  readonly day: number;
  /** In the order of time; some lie on the days after. */
  readonly events: readonly LifeEvent[];
  readonly duties: readonly OnDuty[];
  readonly tripsOf: ReadonlyMap<Person, readonly Trip[]>;
}

export interface Life {
  readonly pack: LifePack;
  readonly people: readonly Person[];
  readonly calendar: Calendar;
  readonly seed: number;
}

const RISK_EVERY_MS = 15 * 60_000;

/**
 * Lives one day; the same day of the same seed is always the same, whatever was asked before. Duties that began the
 * evening before are taken along, so that nobody is missing at midnight.
 */
export function liveDay(life: Life, day: number): LifeDay {
  const { pack, people, calendar, seed } = life;
  const events: LifeEvent[] = [];
  const duties: OnDuty[] = [];
  const fromYesterday: OnDuty[] = [];
  for (const person of people) {
    const duty = dutyOf(person, day, calendar, seed);
    const before = dutyOf(person, day - 1, calendar, seed);
    const overlaps = duty !== undefined && before !== undefined && before.to > duty.from - 60_000;
    // Who works through is checked out when the next duty begins, not before.
    if (before !== undefined && before.to > calendar.startOf(day))
      fromYesterday.push({ person, duty: overlaps ? { ...before, to: duty.from - 60_000 } : before });
    if (duty === undefined) continue;
    const next = dutyOf(person, day + 1, calendar, seed);
    const to = next !== undefined && duty.to > next.from - 60_000 ? next.from - 60_000 : duty.to;
    if (to - duty.from < 600_000) continue;
    duties.push({ person, duty: { from: duty.from, to } });
    const key = `duty/${person.id}/${day}`;
    events.push({
      source: 'demo-110',
      key: `${key}/in`,
      at: duty.from,
      event: {
        kind: 'responder.checkedIn',
        responderId: person.id,
        responderKind: person.kind,
        callSign: person.callSign,
        ...(person.teamId === undefined ? {} : { teamId: person.teamId }),
        ...(person.postId === undefined ? {} : { postId: person.postId }),
        ...(person.stationId === undefined ? {} : { stationId: person.stationId }),
      },
    });
    events.push({
      source: 'demo-110',
      key: `${key}/out`,
      at: to,
      event: { kind: 'responder.checkedOut', responderId: person.id },
    });
  }
  const incidents = planIncidents(pack, day, calendar, seed);
  const tripsOf = new Map<Person, Trip[]>();
  const busyUntil = new Map<Person, number>();
  const present = [...fromYesterday, ...duties];
  for (const incident of incidents) {
    const free = present.filter(
      ({ person, duty }) =>
        duty.from < incident.at - 120_000 &&
        duty.to > incident.at + 600_000 &&
        (busyUntil.get(person) ?? 0) < incident.at,
    );
    const { events: told, trips } = respond(pack, incident, free, seed);
    events.push(...told);
    for (const trip of trips) {
      // Twice the way: nobody is sent out again before being back.
      busyUntil.set(trip.person, trip.turnAt + (trip.turnAt - trip.leaveAt) + 120_000);
      const known = tripsOf.get(trip.person);
      if (known === undefined) tripsOf.set(trip.person, [trip]);
      else known.push(trip);
    }
  }
  events.push(...everydayEvents(pack, day, calendar, seed));
  events.push(...riskEvents(pack, day, calendar, incidents, seed, RISK_EVERY_MS));
  return {
    day,
    events: events.toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)),
    duties: present.filter(
      ({ duty }) => duty.to > calendar.startOf(day) && duty.from < calendar.startOf(day) + DAY_MS,
    ),
    tripsOf,
  };
}
