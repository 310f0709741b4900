import type { Incident } from '@maplewall/shared/domain/incident.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';
import { SUPERVISOR } from '@maplewall/shared/domain/supervisor.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { IncidentFacts } from '@maplewall/shared/rules/chapters/day-facts.ts';
import type { World } from '@maplewall/shared/world/world.ts';

/** An incident as far as a world knows it; who was there first is told by id. */
export type SeenIncident = Omit<IncidentFacts, 'firstBy' | 'expectedSeconds'> & { readonly firstId: string };

/** What several worlds of one day know together. */
export interface SeenDay {
  /** The last that was seen of each. */
  readonly incidents: Map<string, SeenIncident>;
  readonly kinds: Map<string, ResponderKind>;
  readonly modes: Set<Mode>;
}

export const emptySeenDay = (): SeenDay => ({ incidents: new Map(), kinds: new Map(), modes: new Set() });

export const copyOf = ({ incidents, kinds, modes }: SeenDay): SeenDay => ({
  incidents: new Map(incidents),
  kinds: new Map(kinds),
  modes: new Set(modes),
});

/** Adds what a later world of the same day knows of what came in from `startsAt` on. */
export function see(day: SeenDay, world: World, startsAt: EpochMs): void {
  for (const { id, kind } of world.responders.values()) day.kinds.set(id, kind);
  for (const [id, { mode }] of world.sources) if (id !== SUPERVISOR) day.modes.add(mode);
  for (const incident of world.incidents.values()) {
    const seen = seenOf(world, incident);
    if (seen !== undefined && seen.receivedAt >= startsAt) day.incidents.set(incident.id, seen);
  }
}

function seenOf(world: World, incident: Incident): SeenIncident | undefined {
  const { id, category, priority, lng, lat, place, times, firstOnScene } = incident;
  if (times.received === undefined) return undefined;
  const orders = incident.orders.flatMap((orderId) => world.orders.get(orderId) ?? []);
  const came = new Set(
    orders.flatMap((order) => (order.times.onScene === undefined ? [] : [order.responderId])),
  );
  if (firstOnScene !== '') came.add(firstOnScene);
  const left = [times.closed, times.diverted, times.merged, times.cancelled].filter((at) => at !== undefined);
  return {
    incidentId: id,
    receivedAt: times.received,
    category,
    priority,
    lng,
    lat,
    place,
    arrivedAt: times.onScene,
    firstId: firstOnScene,
    leftAt: isOver(incident) ? (left.toSorted((a, b) => a - b)[0] ?? undefined) : undefined,
    people: came.size,
    refusals: orders.filter(({ state }) => state === 'declined' || state === 'expired').length,
  };
}

/** One that was reopened has a time of its end, and is open all the same. */
const isOver = ({ state }: Incident): boolean =>
  state === 'closed' || state === 'diverted' || state === 'merged' || state === 'cancelled';
