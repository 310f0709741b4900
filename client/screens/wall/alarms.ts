import type { Category, Incident } from '@maplewall/shared/domain/incident.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { distanceMetres } from '@maplewall/shared/geo/distance.ts';
import { isEnded } from '@maplewall/shared/rules/incident-states.ts';
import type { World } from '@maplewall/shared/world/world.ts';

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
  /** How many alarms came in the last ten minutes while there were too many; 0 when there is no flood. */
  readonly flood: number;
  /** Changes exactly when something new is presented: the sound is for this. */
  readonly newest: IncidentId | undefined;
}

interface Group {
  readonly id: IncidentId;
  readonly incidents: Incident[];
  presentedAt: number | undefined;
  newestAt: number;
}

const receivedAt = ({ times }: Incident): number => times.received ?? 0;

function needsAnswer(incident: Incident, at: EpochMs): boolean {
  if (incident.acknowledgedAt !== undefined || incident.state === 'diverted') return false;
  if (!isEnded(incident.state)) return true;
  const over = incident.times.closed ?? incident.times.cancelled ?? incident.times.merged ?? 0;
  return at - over < LINGERS_MS;
}

/**
 * The alarms of a world at a moment, from nothing else, after ISA-18.2 and EEMUA 191: an alarm is a danger to life that
 * needs somebody's answer. Those of one place are one; in ten minutes at most ten new ones are presented, and what comes
 * beyond that is counted.
 */
export function alarmBoard(world: World, at: EpochMs): AlarmBoard {
  const dangers = [...world.incidents.values()]
    .filter((incident) => incident.priority === 1 && receivedAt(incident) > 0 && receivedAt(incident) <= at)
    .toSorted((a, b) => receivedAt(a) - receivedAt(b) || (a.id < b.id ? -1 : 1));
  const groups: Group[] = [];
  const presentations: number[] = [];
  const comings: number[] = [];
  let isFlood = false;
  for (const incident of dangers) {
    const now = receivedAt(incident);
    const since = now - WINDOW_MS;
    const group = groups.find(
      ({ newestAt, incidents: [first] }) =>
        newestAt > since &&
        first !== undefined &&
        distanceMetres(first.lng, first.lat, incident.lng, incident.lat) <= ONE_PLACE_METRES,
    );
    if (group !== undefined) {
      group.incidents.push(incident);
      group.newestAt = now;
      continue;
    }
    const within = (times: readonly number[]): number => times.filter((time) => time > since).length;
    if (isFlood && within(comings) < FLOOD_OVER_BELOW) isFlood = false;
    const isPresented: boolean = !isFlood && within(presentations) < MOST_PRESENTED;
    isFlood ||= !isPresented;
    comings.push(now);
    if (isPresented) presentations.push(now);
    groups.push({
      id: incident.id,
      incidents: [incident],
      presentedAt: isPresented ? now : undefined,
      newestAt: now,
    });
  }
  const recent = comings.filter((time) => time > at - WINDOW_MS).length;
  const presented = groups.filter(({ presentedAt }) => presentedAt !== undefined);
  return {
    alarms: presented.flatMap((group) => toAlarm(group, at)).toReversed(),
    flood: isFlood && recent >= FLOOD_OVER_BELOW ? recent : 0,
    newest: presented.at(-1)?.id,
  };
}

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
      since: (first.times.received ?? at) as EpochMs,
      newestAt: (newest.times.received ?? at) as EpochMs,
    },
  ];
}
