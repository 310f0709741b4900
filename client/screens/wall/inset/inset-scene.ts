import type { Category, Priority } from '@maplewall/shared/domain/incident.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { fixAge, limitsFor, type FixAge } from '@maplewall/shared/rules/fix-age.ts';
import { HALF_MINUTE_SECONDS } from '@maplewall/shared/rules/half-minute.ts';
import type { ClientWorld } from '../../../world/client-world.ts';
import { placeAt } from '../../../world/mercator.ts';
import { ringState, type RingState } from '../../../world/ring-state.ts';

/** Somebody as the map draws them at the same moment. */
export interface InsetResponder {
  readonly kind: ResponderKind;
  readonly age: FixAge;
  readonly lng: number;
  readonly lat: number;
  /** Turns clockwise from north; `around`: where beside the incident's mark somebody stands who is on the spot. */
  readonly heading: number;
  readonly around: number | undefined;
}

export interface InsetScene {
  /** Where the map draws the incident: for visitors only somewhere in its square. */
  readonly lng: number;
  readonly lat: number;
  readonly place: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly ring: RingState;
  readonly ageSeconds: number;
  /** Who is on the way or on the spot. */
  readonly going: readonly InsetResponder[];
  /** Lines from them to the incident: visitors see none. */
  readonly showsWays: boolean;
}

/** What a small picture of one incident shows; undefined when the world does not hold it. */
export function insetScene(
  { world, motion, incidentMarks, mercator, ageLimits }: ClientWorld,
  id: IncidentId,
  at: EpochMs,
): InsetScene | undefined {
  const incident = world.incidents.get(id);
  if (incident === undefined) return undefined;
  const { place, category, priority, times } = incident;
  const going = incident.orders.flatMap((orderId): readonly InsetResponder[] => {
    const order = world.orders.get(orderId);
    if (order === undefined || !['accepted', 'enRoute', 'onScene'].includes(order.state)) return [];
    const responder = world.responders.get(order.responderId);
    if (responder === undefined) return [];
    const { kind, slot } = responder;
    const drawn = motion.drawnAt(slot, at);
    if (drawn === undefined) return [];
    return [
      {
        kind,
        age: fixAge(motion.ageSeconds(slot, at), limitsFor(ageLimits, responder)),
        ...placeAt(mercator, drawn.x, drawn.y),
        ...motion.turns(slot),
      },
    ];
  });
  return {
    ...incidentMarks.placeInDegrees(incident),
    place,
    category,
    priority,
    ring: ringState(incident, at),
    ageSeconds: Math.max(0, Math.floor((at - (times.received ?? at)) / 1_000)),
    going,
    showsWays: !incidentMarks.isCoarse,
  };
}

/** How much of the ring is drawn, clockwise from the top, as on the map: it empties; then whole is in time, half late, open nobody. */
export function ringShare({ kind, seconds }: Exclude<RingState, { kind: 'none' }>): number {
  if (kind === 'running') return seconds / HALF_MINUTE_SECONDS;
  return { met: 1, late: 0.5, open: 0 }[kind];
}

/** The seconds that stand beside a ring, as beside the map's: those left are never 0 while it runs. */
export const ringSeconds = ({ kind, seconds }: Exclude<RingState, { kind: 'none' }>): number =>
  kind === 'running' ? Math.ceil(seconds) : Math.floor(seconds);
