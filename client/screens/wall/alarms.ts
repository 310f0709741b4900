import type { Category, Incident } from '@maplewall/shared/domain/incident.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { distanceMetres } from '@maplewall/shared/geo/distance.ts';
import { isEnded } from '@maplewall/shared/rules/incident-states.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { alarmedAt } from './alarmed-at.ts';

/** EEMUA 191: more than ten new alarms in ten minutes are a flood, which nobody can follow … */
export const MOST_PRESENTED = 10;
export const WINDOW_MS = 600_000;
/** … and it is over when fewer than five came in ten minutes. */
const FLOOD_OVER_BELOW = 5;
/** Alarms so near to each other are of one place. */
const ONE_PLACE_METRES = 200;
/** An alarm that nobody acknowledged goes by itself when its incident has been over for so long. */
const LINGERS_MS = 60_000;

/** Dangers to life at one place that nobody has acknowledged. */
export interface Alarm {
  /** The incident that began it; it stays the alarm's name. */
  readonly id: IncidentId;
  readonly ids: readonly IncidentId[];
  readonly place: string;
  readonly category: Category;
  readonly since: EpochMs;
  readonly newestAt: EpochMs;
}

export interface AlarmBoard {
  /** What is presented, newest first. */
  readonly alarms: readonly Alarm[];
  /** How many came in the last ten minutes while there were too many and some wait for an answer; 0: no flood. */
  readonly flood: number;
  /** How many places wait for an answer, presented or not. */
  readonly unanswered: number;
}

export const NO_ALARMS: AlarmBoard = { alarms: [], flood: 0, unanswered: 0 };

interface Group {
  readonly id: IncidentId;
  readonly incidents: Incident[];
  presentedAt: number | undefined;
  newestAt: number;
}

/** A clock that is ahead of ours delays nothing: its future is now. */
const roseAt = (incident: Incident, at: EpochMs): EpochMs => epochMs(Math.min(alarmedAt(incident) ?? 0, at));

function needsAnswer(incident: Incident, at: EpochMs): boolean {
  if (incident.acknowledgedAt !== undefined || incident.state === 'diverted') return false;
  if (!isEnded(incident.state)) return true;
  const over = incident.times.closed ?? incident.times.cancelled ?? incident.times.merged ?? 0;
  return at - over < LINGERS_MS;
}

/**
 * The alarms of a world at a moment, from nothing else, after ISA-18.2 and EEMUA 191: an alarm is a danger to life that
 * needs somebody's answer. Those of one place are one; in ten minutes at most ten new ones are presented, and what comes
 * beyond that is counted, and presented when the flood is over.
 */
export function alarmBoard(world: World, at: EpochMs): AlarmBoard {
  const dangers = [...world.incidents.values()]
    .filter((incident) => incident.priority === 1 && roseAt(incident, at) > 0)
    .toSorted((a, b) => roseAt(a, at) - roseAt(b, at) || (a.id < b.id ? -1 : 1));
  const presenter = new Presenter((group) => group.incidents.some((each) => needsAnswer(each, at)));
  for (const incident of dangers) presenter.come(incident, roseAt(incident, at));
  presenter.settle(at);
  const waiting = presenter.groups.filter(
    ({ incidents, presentedAt }) =>
      presentedAt === undefined && incidents.some((each) => needsAnswer(each, at)),
  );
  const alarms = presenter.groups
    .filter(({ presentedAt }) => presentedAt !== undefined)
    .toSorted((a, b) => (a.presentedAt ?? 0) - (b.presentedAt ?? 0))
    .flatMap((group) => toAlarm(group, at))
    .toReversed();
  const unanswered = alarms.length + waiting.length;
  return {
    // Whoever has answered all that was presented is given the next one: an alarm without a place helps nobody.
    alarms: alarms.length === 0 ? waiting.slice(-1).flatMap((group) => toAlarm(group, at)) : alarms,
    flood: presenter.isFlood && unanswered > 0 ? presenter.comingsIn(at) : 0,
    unanswered,
  };
}

/** Goes through the alarms in the order of time and decides when each is presented. */
class Presenter {
  readonly groups: Group[] = [];
  isFlood = false;
  readonly #presentations: number[] = [];
  readonly #comings: number[] = [];
  readonly #waitsForAnswer: (group: Group) => boolean;

  constructor(waitsForAnswer: (group: Group) => boolean) {
    this.#waitsForAnswer = waitsForAnswer;
  }

  come(incident: Incident, now: number): void {
    const group = this.groups.find(
      ({ newestAt, incidents: [first] }) =>
        newestAt > now - WINDOW_MS &&
        first !== undefined &&
        distanceMetres(first.lng, first.lat, incident.lng, incident.lat) <= ONE_PLACE_METRES,
    );
    if (group !== undefined) {
      group.incidents.push(incident);
      group.newestAt = now;
      return;
    }
    this.settle(now);
    const isPresented = !this.isFlood && this.#roomAt(now) > 0;
    this.isFlood ||= !isPresented;
    this.#comings.push(now);
    if (isPresented) this.#presentations.push(now);
    const presentedAt = isPresented ? now : undefined;
    this.groups.push({ id: incident.id, incidents: [incident], presentedAt, newestAt: now });
  }

  /** Ends a flood that is over by now, and presents what waits since then, as fast as it may be. */
  settle(now: number): void {
    let from = this.#presentations.at(-1) ?? 0;
    if (this.isFlood) {
      // Over as soon as the fifth newest is ten minutes old.
      from = (this.#comings.at(-FLOOD_OVER_BELOW) ?? 0) + WINDOW_MS;
      if (from > now) return;
      this.isFlood = false;
    }
    for (;;) {
      const waiting = this.groups.filter(
        (group) => group.presentedAt === undefined && this.#waitsForAnswer(group),
      );
      if (waiting.length === 0) return;
      const room = this.#roomAt(from);
      if (room === 0) from = (this.#presentations.at(-MOST_PRESENTED) ?? 0) + WINDOW_MS;
      if (from > now) return;
      for (const group of room === 0 ? [] : waiting.slice(-room)) {
        group.presentedAt = from;
        this.#presentations.push(from);
      }
    }
  }

  /** How many came in the ten minutes before a moment. */
  comingsIn(now: number): number {
    return within(this.#comings, now);
  }

  #roomAt(now: number): number {
    return MOST_PRESENTED - within(this.#presentations, now);
  }
}

const within = (times: readonly number[], now: number): number =>
  times.filter((time) => time > now - WINDOW_MS).length;

function toAlarm(group: Group, at: EpochMs): readonly Alarm[] {
  const open = group.incidents.filter((incident) => needsAnswer(incident, at));
  const newest = open.at(-1);
  if (newest === undefined) return [];
  const [first = newest] = open;
  return [
    {
      id: group.id,
      ids: open.map(({ id }) => id),
      place: newest.place,
      category: newest.category,
      since: roseAt(first, at),
      newestAt: roseAt(newest, at),
    },
  ];
}
