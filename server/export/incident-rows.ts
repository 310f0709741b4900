import { INCIDENT_STAGES, type Incident, type IncidentState } from '@maplewall/shared/domain/incident.ts';
import { ORDER_STATES, type Order } from '@maplewall/shared/domain/order.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { advance, applyEvent } from '@maplewall/shared/world/fold.ts';
import type { Column } from './column.ts';
import type { Range } from './range.ts';
import { recordsIn, type ExportSources } from './read-range.ts';

const STATES: readonly IncidentState[] = [...INCIDENT_STAGES, 'diverted', 'merged', 'cancelled'];

export const incidentColumns: readonly Column<Incident>[] = [
  { name: 'incidentId', kind: 'text', of: (row) => row.id },
  { name: 'category', kind: 'text', of: (row) => row.category },
  { name: 'subCategory', kind: 'text', of: (row) => row.subCategory },
  { name: 'priority', kind: 'integer', of: (row) => row.priority },
  { name: 'state', kind: 'text', of: (row) => row.state },
  { name: 'place', kind: 'text', of: (row) => row.place },
  { name: 'lng', kind: 'number', of: (row) => row.lng },
  { name: 'lat', kind: 'number', of: (row) => row.lat },
  { name: 'precinctId', kind: 'text', of: (row) => row.precinctId },
  { name: 'gridId', kind: 'text', of: (row) => row.gridId },
  ...STATES.map((state): Column<Incident> => ({
    name: `${state}At`,
    kind: 'moment',
    of: (row) => row.times[state],
  })),
  { name: 'firstOnScene', kind: 'text', of: (row) => row.firstOnScene },
  { name: 'orders', kind: 'integer', of: (row) => row.orders.length },
  { name: 'divertedTo', kind: 'text', of: (row) => row.divertedTo },
  { name: 'mergedInto', kind: 'text', of: (row) => row.mergedInto },
  { name: 'acknowledgedAt', kind: 'moment', of: (row) => row.acknowledgedAt },
  { name: 'acknowledgedBy', kind: 'text', of: (row) => row.acknowledgedBy },
  { name: 'mode', kind: 'text', of: (row) => row.mode },
];

export const orderColumns: readonly Column<Order>[] = [
  { name: 'orderId', kind: 'text', of: (row) => row.id },
  { name: 'incidentId', kind: 'text', of: (row) => row.incidentId },
  { name: 'responderId', kind: 'text', of: (row) => row.responderId },
  { name: 'state', kind: 'text', of: (row) => row.state },
  ...ORDER_STATES.map((state): Column<Order> => ({
    name: `${state}At`,
    kind: 'moment',
    of: (row) => row.times[state],
  })),
];

/** What came in within a range, and the orders for it, as all stood at the range's end; folded by the rules of the wall. */
export async function incidentsIn(
  sources: ExportSources,
  range: Range,
): Promise<{ readonly incidents: readonly Incident[]; readonly orders: readonly Order[] }> {
  const world = emptyWorld();
  // The fold lets go of what ended; whoever holds it has it as it was last.
  const incidents = new Set<Incident>();
  const orders = new Set<Order>();
  for await (const records of recordsIn(sources, range, true))
    for (const record of records) {
      if (record.type !== 'event' || record.at < range.from || record.at >= range.to) continue;
      advance(world, epochMs(record.at));
      applyEvent(world, record);
      const { event } = record;
      if (event.kind === 'incident.received') keep(incidents, world.incidents.get(event.incidentId));
      if (event.kind === 'order.offered') keep(orders, world.orders.get(event.orderId));
    }
  return { incidents: [...incidents], orders: [...orders] };
}

function keep<T>(found: Set<T>, one: T | undefined): void {
  if (one !== undefined) found.add(one);
}
