import { seededRandom } from '../seeded-random.ts';
import type { Calendar } from './calendar.ts';
import { Crowd } from './crowd.ts';
import { dutyOf } from './duty.ts';
import { everydayEvents } from './everyday.ts';
import { planIncidents, type PlannedIncident } from './incident-plan.ts';
import type { LifePack } from './pack.ts';
import { Patrol } from './patrol.ts';
import { makePeople, type Person } from './people.ts';
import { byTime, type LifeEvent } from './records.ts';
import { RiskField } from './risk.ts';
import { tellIncident } from './story.ts';
import type { Stretch } from './stretch.ts';

/** One day of the city, from four in the morning on. */
export interface LifeDay {
  readonly day: number;
  /** What begins on this day, in the order of time; some of it ends on the days after. */
  readonly events: readonly LifeEvent[];
  /** Everybody who is on duty within the day, in the order in which it begins. */
  readonly stretches: readonly Stretch[];
}

/** A stretch that is shorter is not worth a walk. */
const LEAST_STRETCH_MS = 60_000;

/**
 * The demo city's life. Each day follows from the seed and its number alone, whatever was asked before: incidents and
 * duties are drawn by day, and nobody is under way when a day turns.
 */
export class Life {
  readonly pack: LifePack;
  readonly calendar: Calendar;
  readonly people: readonly Person[];
  readonly #seed: number;
  readonly #crowd: Crowd;
  readonly #risk: RiskField;

  constructor(pack: LifePack, calendar: Calendar, seed: number) {
    this.pack = pack;
    this.calendar = calendar;
    this.#seed = seed;
    this.people = makePeople(pack, seed);
    this.#crowd = new Crowd(pack.streets, pack.places);
    this.#risk = new RiskField(pack, this.#crowd, calendar, seed);
  }

  /** Lives one day through: a quarter of a second of work. */
  liveDay(day: number): LifeDay {
    const incidents = this.#incidentsOf(day);
    const stretches = this.#stretchesOf(day);
    const events: LifeEvent[] = [
      ...this.people.flatMap((person) => this.#dutyEvents(person, day)),
      ...this.#storiesOf(incidents, stretches),
      ...everydayEvents(this.pack, day, this.calendar, this.#seed),
      ...this.#risk.eventsOf(day, this.#incidentsOf(day - 1), incidents),
    ];
    return { day, events: events.toSorted(byTime), stretches };
  }

  /** Check-ins and check-outs of those who come on duty on a day and still are when it ends. */
  dutyEventsAcross(day: number): readonly LifeEvent[] {
    const end = this.calendar.startOf(day + 1);
    return this.people
      .filter((person) => (dutyOf(person, day, this.calendar, this.#seed)?.to ?? 0) > end)
      .flatMap((person) => this.#dutyEvents(person, day))
      .toSorted(byTime);
  }

  #incidentsOf(day: number): readonly PlannedIncident[] {
    return planIncidents(this.pack, this.#crowd, day, this.calendar, this.#seed);
  }

  #storiesOf(incidents: readonly PlannedIncident[], stretches: readonly Stretch[]): readonly LifeEvent[] {
    const onDuty = new Set<Stretch>();
    let next = 0;
    return incidents.flatMap((incident) => {
      for (
        let stretch = stretches[next];
        stretch !== undefined && stretch.from <= incident.at;
        stretch = stretches[next]
      ) {
        onDuty.add(stretch);
        next += 1;
      }
      for (const stretch of onDuty) if (stretch.to <= incident.at) onDuty.delete(stretch);
      return tellIncident(this.pack, incident, [...onDuty], this.#seed);
    });
  }

  #stretchesOf(day: number): readonly Stretch[] {
    const start = this.calendar.startOf(day);
    const end = this.calendar.startOf(day + 1);
    const stretches: Stretch[] = [];
    for (const person of this.people)
      for (const begun of [day - 1, day]) {
        const duty = dutyOf(person, begun, this.calendar, this.#seed);
        if (duty === undefined) continue;
        const from = Math.max(duty.from, start);
        const to = Math.min(duty.to, end);
        if (to - from < LEAST_STRETCH_MS) continue;
        const random = seededRandom(this.#seed, `patrol/${person.id}/${begun}/${day}`);
        const place = { streets: this.pack.streets, calendar: this.calendar };
        const time = { from, to, endsAtBase: to < duty.to };
        const patrol = new Patrol(place, person, time, random);
        stretches.push({ person, duty, from, to, patrol, busyUntil: 0 });
      }
    return stretches.toSorted((a, b) => a.from - b.from || (a.person.id < b.person.id ? -1 : 1));
  }

  #dutyEvents(person: Person, day: number): readonly LifeEvent[] {
    const duty = dutyOf(person, day, this.calendar, this.#seed);
    if (duty === undefined) return [];
    const { id: responderId, kind, callSign, teamId, postId, stationId } = person;
    const { date } = this.calendar.nameOf(this.calendar.atHour(day, 12));
    const key = `duty-${responderId}/${date}`;
    return [
      {
        source: 'demo-110',
        key: `${key}/in`,
        at: duty.from,
        event: {
          kind: 'responder.checkedIn',
          responderId,
          responderKind: kind,
          callSign,
          ...(teamId === undefined ? {} : { teamId }),
          ...(postId === undefined ? {} : { postId }),
          ...(stationId === undefined ? {} : { stationId }),
        },
      },
      {
        source: 'demo-110',
        key: `${key}/out`,
        at: duty.to,
        event: { kind: 'responder.checkedOut', responderId },
      },
    ];
  }
}
