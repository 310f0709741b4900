import type { Category, Priority } from '@maplewall/shared/domain/incident.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { ringState, type RingState } from '../../../world/ring-state.ts';

export interface InsetScene {
  readonly lng: number;
  readonly lat: number;
  readonly place: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly ring: RingState;
  readonly ageSeconds: number;
  /** Who is on the way or on the spot, where they were seen last. */
  readonly going: readonly {
    readonly kind: ResponderKind;
    readonly callSign: string;
    readonly lng: number;
    readonly lat: number;
  }[];
}

/** What a small picture of one incident shows; undefined when the world does not hold it. */
export function insetScene(world: World, id: IncidentId, at: EpochMs): InsetScene | undefined {
  const incident = world.incidents.get(id);
  if (incident === undefined) return undefined;
  const { lng, lat, place, category, priority, times } = incident;
  const going = incident.orders.flatMap((orderId) => {
    const order = world.orders.get(orderId);
    if (order === undefined || !['accepted', 'enRoute', 'onScene'].includes(order.state)) return [];
    const responder = world.responders.get(order.responderId);
    if (responder === undefined || world.positions.hasFix[responder.slot] !== 1) return [];
    return [
      {
        kind: responder.kind,
        callSign: responder.callSign,
        lng: (world.positions.lngE5[responder.slot] ?? 0) / 1e5,
        lat: (world.positions.latE5[responder.slot] ?? 0) / 1e5,
      },
    ];
  });
  return {
    lng,
    lat,
    place,
    category,
    priority,
    ring: ringState(incident, at),
    ageSeconds: Math.max(0, Math.floor((at - (times.received ?? at)) / 1_000)),
    going,
  };
}
