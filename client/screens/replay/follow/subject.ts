import type { IncidentId, ResponderId, TeamId } from '@maplewall/shared/domain/ids.ts';
import type { OrderState } from '@maplewall/shared/domain/order.ts';
import { fromE5, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Bounds } from '../../../map/camera.ts';
import type { MapPick } from '../../../map/map-handle.ts';

/** What the camera of a replay goes along with. */
export type Subject =
  | { readonly kind: 'incident'; readonly id: IncidentId }
  | { readonly kind: 'responder'; readonly id: ResponderId }
  | { readonly kind: 'team'; readonly id: TeamId };

export interface Place {
  readonly lng: number;
  readonly lat: number;
}

/** So much is seen round what is followed, to each side. */
const SURROUNDINGS_METRES = 260;
const METRES_PER_DEGREE = 111_320;

export const subjectOf = (pick: MapPick | undefined): Subject | undefined =>
  pick?.kind === 'incident' || pick?.kind === 'responder' ? pick : undefined;

const ON_THEIR_WAY: readonly OrderState[] = ['accepted', 'enRoute', 'onScene'];

/** Who is followed: the person, those who have said that they go to the incident, or the team's people who are on duty. */
export function peopleOf(world: World, subject: Subject): readonly ResponderId[] {
  switch (subject.kind) {
    case 'responder':
      return world.responders.has(subject.id) ? [subject.id] : [];
    case 'incident':
      return [...world.orders.values()]
        .filter(({ incidentId, state }) => incidentId === subject.id && ON_THEIR_WAY.includes(state))
        .map(({ responderId }) => responderId)
        .filter((id) => world.responders.has(id));
    case 'team':
      return [...world.responders.values()].filter(({ teamId }) => teamId === subject.id).map(({ id }) => id);
  }
}

/** What has to be seen: `placeOf` answers where somebody is drawn at this moment. Undefined where nothing is on the map. */
export function boundsOfSubject(
  world: World,
  subject: Subject,
  placeOf: (id: ResponderId) => Place | undefined,
): Bounds | undefined {
  const incident = subject.kind === 'incident' ? world.incidents.get(subject.id) : undefined;
  const places = peopleOf(world, subject)
    .map(placeOf)
    .filter((place) => place !== undefined);
  if (incident !== undefined) places.push({ lng: incident.lng, lat: incident.lat });
  if (places.length === 0) return undefined;
  const lngs = places.map(({ lng }) => lng);
  const lats = places.map(({ lat }) => lat);
  const latMargin = SURROUNDINGS_METRES / METRES_PER_DEGREE;
  const lngMargin = latMargin / Math.cos(((lats[0] ?? 0) * Math.PI) / 180);
  return [
    Math.min(...lngs) - lngMargin,
    Math.min(...lats) - latMargin,
    Math.max(...lngs) + lngMargin,
    Math.max(...lats) + latMargin,
  ];
}

/** The newest fix of somebody, as the world has it, and when it was measured. */
export function fixOf(world: World, id: ResponderId): (Place & { readonly at: EpochMs }) | undefined {
  const slot = world.responders.get(id)?.slot;
  const { positions } = world;
  if (slot === undefined || positions.hasFix[slot] !== 1) return undefined;
  return {
    lng: fromE5(positions.lngE5[slot] ?? 0),
    lat: fromE5(positions.latE5[slot] ?? 0),
    at: ((positions.fixAtSeconds[slot] ?? 0) * 1_000) as EpochMs,
  };
}
