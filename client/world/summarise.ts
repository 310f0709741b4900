import {
  CATEGORIES,
  type Category,
  type Incident,
  type IncidentState,
  type Platform,
  type Priority,
} from '@maplewall/shared/domain/incident.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { OrderState } from '@maplewall/shared/domain/order.ts';
import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';
import { SUPERVISOR } from '@maplewall/shared/domain/supervisor.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import {
  ARRIVAL_EDGES_SECONDS,
  HOUR_COUNTER_INDEX,
  type HourCounter,
} from '@maplewall/shared/world/hour-counts.ts';
import type { SourceState, World } from '@maplewall/shared/world/world.ts';
import { isEnded } from '@maplewall/shared/rules/incident-states.ts';
import { orderHold } from '@maplewall/shared/rules/order-states.ts';
import type { CityAreas } from './city-areas.ts';
import type { CityTime } from './city-time.ts';
import { onDuty, volunteers, type DutyCount, type DutyOfKind, type VolunteersOnDuty } from './duty-counts.ts';

export type { DutyCount };

/** A responder as the panels name them. */
export interface Named {
  readonly callSign: string;
  /** Undefined for somebody who is not on duty any more. */
  readonly kind: ResponderKind | undefined;
}

/** One row of the queue. */
export interface QueueRow {
  readonly id: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly state: IncidentState;
  readonly place: string;
  readonly gridId: string;
  readonly ageSeconds: number;
  /** Those on the way or on the spot. */
  readonly going: readonly Named[];
  /** Seconds from report to first arrival; undefined until then. */
  readonly arrivalSeconds: number | undefined;
}

/** One answer, or none yet, to an offer of the incident that is shown. */
export interface RaceRow extends Named {
  readonly state: OrderState;
  readonly sinceSeconds: number;
}

interface HappeningHead {
  readonly at: EpochMs;
  readonly place: string;
  readonly gridId: string;
  readonly priority: Priority;
}

/** Something that happened, for the event line. */
export type Happening = HappeningHead &
  (
    | { readonly kind: 'received'; readonly category: Category }
    | { readonly kind: 'onScene'; readonly who: Named; readonly seconds: number }
    | { readonly kind: 'stable' | 'closed' }
    | { readonly kind: 'diverted'; readonly platform: Platform }
  );

/** What the panels know of the world: small, plain, made a few times a second at most. */
export interface Summary {
  readonly at: EpochMs;
  readonly mode: Mode;
  readonly open: number;
  readonly queue: readonly QueueRow[];
  readonly queueMore: number;
  readonly race:
    | {
        readonly place: string;
        readonly gridId: string;
        /** All who were asked, of whom the rows show the first. */
        readonly offers: number;
        readonly rows: readonly RaceRow[];
      }
    | undefined;
  readonly onDuty: DutyOfKind;
  /** Volunteers on duty, the strongest first; by precinct only where the city's areas are known, '' for all of the city. */
  readonly volunteers: VolunteersOnDuty;
  /** Incidents by local hour of today; undefined for hours to come. */
  readonly todayByHour: readonly (number | undefined)[];
  readonly today: Readonly<Record<HourCounter, number>>;
  readonly arrivals: readonly { readonly upToSeconds: number | undefined; readonly count: number }[];
  readonly hazardsOpen: number;
  /** What the world has ever counted, in the two days that it remembers: that the rest is nought it does not know. */
  readonly heard: ReadonlySet<HourCounter>;
  readonly sources: readonly { readonly id: string; readonly ageSeconds: number }[];
  readonly happenings: readonly Happening[];
  /** Incidents received in the last hour, as minutes ago. */
  readonly lastHour: readonly { readonly secondsAgo: number; readonly priority: Priority }[];
}

const QUEUE_ROWS = 30;
const RACE_ROWS = 6;
const HAPPENINGS = 7;
const HOUR_MS = 3_600_000;

/** A mode further to the right is more in need of a frame round the picture. */
const MODES_BY_WEIGHT: readonly Mode[] = ['Actual', 'System', 'Draft', 'Exercise', 'Test'];

const secondsBetween = (from: number | undefined, to: number): number =>
  from === undefined ? 0 : Math.max(0, Math.floor((to - from) / 1_000));

/** Makes the summary of a world at a shown moment. */
export function summarise(world: World, at: EpochMs, time: CityTime, areas?: CityAreas): Summary {
  const open = [...world.incidents.values()].filter(({ state }) => !isEnded(state) && state !== 'diverted');
  const needing = open.filter(({ priority }) => priority <= 3).toSorted(byDanger);
  const rows = needing.slice(0, QUEUE_ROWS).map((incident) => toQueueRow(world, incident, at));
  return {
    at,
    mode: heaviestMode(world),
    open: open.length,
    queue: rows,
    queueMore: Math.max(0, needing.length - QUEUE_ROWS),
    race: raceOf(world, needing, at),
    onDuty: onDuty(world),
    volunteers: volunteers(world, areas),
    ...today(world, at, time),
    hazardsOpen: world.hazards.size,
    heard: heard(world),
    sources: feeds(world).map(([id, { lastReceivedAt }]) => ({
      id,
      ageSeconds: secondsBetween(lastReceivedAt, at),
    })),
    happenings: happenings(world).slice(0, HAPPENINGS),
    lastHour: [...world.incidents.values()]
      .map(({ times, priority }) => ({ secondsAgo: secondsBetween(times.received, at), priority }))
      .filter(({ secondsAgo }) => secondsAgo <= 3_600),
  };
}

/** Worst first; of the same danger those that nobody has reached, then the longest wait. */
function byDanger(a: Incident, b: Incident): number {
  const unreached = (incident: Incident): number => (incident.times.onScene === undefined ? 0 : 1);
  return (
    a.priority - b.priority ||
    unreached(a) - unreached(b) ||
    (a.times.received ?? 0) - (b.times.received ?? 0)
  );
}

function toQueueRow(world: World, incident: Incident, at: EpochMs): QueueRow {
  const { id, category, priority, state, place, gridId, times } = incident;
  const going = incident.orders
    .map((orderId) => world.orders.get(orderId))
    .filter((order) => order !== undefined)
    .filter((order) => ['accepted', 'enRoute', 'onScene'].includes(order.state))
    .map(({ responderId }) => named(world, responderId));
  return {
    id,
    category,
    priority,
    state,
    place,
    gridId,
    ageSeconds: secondsBetween(times.received, at),
    going,
    arrivalSeconds: times.onScene === undefined ? undefined : secondsBetween(times.received, times.onScene),
  };
}

/** The offers of the newest incident that anybody was asked for: those who come first, then the unanswered, then the ended. */
function raceOf(world: World, needing: readonly Incident[], at: EpochMs): Summary['race'] {
  const incident = needing
    .filter(({ orders }) => orders.length > 0)
    .toSorted((a, b) => (b.times.received ?? 0) - (a.times.received ?? 0))[0];
  if (incident === undefined) return undefined;
  const orders = incident.orders
    .flatMap((orderId) => world.orders.get(orderId) ?? [])
    .toSorted((a, b) => orderHold(b.state) - orderHold(a.state));
  const rows = orders.slice(0, RACE_ROWS).map(({ responderId, state, times }) => ({
    ...named(world, responderId),
    state,
    sinceSeconds: secondsBetween(times[state], at),
  }));
  return { place: incident.place, gridId: incident.gridId, offers: orders.length, rows };
}

function named(world: World, id: ResponderId): Named {
  const responder = world.responders.get(id);
  return { callSign: responder?.callSign ?? id, kind: responder?.kind };
}

function today(
  world: World,
  at: EpochMs,
  time: CityTime,
): Pick<Summary, 'todayByHour' | 'today' | 'arrivals'> {
  const start = time.startOfDay(at);
  const totals = Object.fromEntries([...HOUR_COUNTER_INDEX.keys()].map((name) => [name, 0])) as Record<
    HourCounter,
    number
  >;
  const received = HOUR_COUNTER_INDEX.get('received') ?? 0;
  const todayByHour = Array.from({ length: 24 }, (_, hour): number | undefined => {
    if (start + hour * HOUR_MS > at) return undefined;
    const counts = world.hours.get(Math.floor(start / HOUR_MS) + hour);
    for (const [name, index] of HOUR_COUNTER_INDEX) totals[name] += counts?.[index] ?? 0;
    return counts?.[received] ?? 0;
  });
  const arrivals = [
    ...ARRIVAL_EDGES_SECONDS.map((edge) => ({ upToSeconds: edge, count: totals[`arrival.${edge}`] })),
    { upToSeconds: undefined, count: totals['arrival.over'] },
  ];
  return { todayByHour, today: totals, arrivals };
}

function heard({ hours, incidents, hazards }: World): ReadonlySet<HourCounter> {
  const rows = [...hours.values()];
  const names = [...HOUR_COUNTER_INDEX].flatMap(([name, index]) =>
    rows.some((row) => (row[index] ?? 0) > 0) ? [name] : [],
  );
  if (incidents.size > 0) names.push('received');
  if (hazards.size > 0) names.push('hazard.found');
  return new Set(names);
}

/** Sources that are expected to speak by themselves. */
const feeds = (world: World): readonly [SourceId, SourceState][] =>
  [...world.sources].filter(([id]) => id !== SUPERVISOR);

function heaviestMode(world: World): Mode {
  let heaviest = 0;
  for (const [, { mode }] of feeds(world)) heaviest = Math.max(heaviest, MODES_BY_WEIGHT.indexOf(mode));
  return MODES_BY_WEIGHT[heaviest] ?? 'Actual';
}

/** What happened lately, newest first. Consultations are counted, not told. */
function happenings(world: World): readonly Happening[] {
  const found: Happening[] = [];
  for (const {
    times,
    place,
    gridId,
    category,
    priority,
    divertedTo,
    firstOnScene,
  } of world.incidents.values()) {
    if (priority === 4 && divertedTo === '') continue;
    const head = { place, gridId, priority };
    if (times.received !== undefined && priority <= 3)
      found.push({ kind: 'received', at: times.received, ...head, category });
    if (times.onScene !== undefined)
      found.push({
        kind: 'onScene',
        at: times.onScene,
        ...head,
        who: firstOnScene === '' ? { callSign: '', kind: undefined } : named(world, firstOnScene),
        seconds: secondsBetween(times.received, times.onScene),
      });
    if (times.stable !== undefined) found.push({ kind: 'stable', at: times.stable, ...head });
    if (times.diverted !== undefined && divertedTo !== '')
      found.push({ kind: 'diverted', at: times.diverted, ...head, platform: divertedTo });
  }
  return found.toSorted((a, b) => b.at - a.at);
}

/** Category counters in the order of CATEGORIES. */
export const categoryCounts = (today: Summary['today']): readonly number[] =>
  CATEGORIES.map((category) => today[`category.${category}`]);
