import type { PostId, ResponderId, StationId, TeamId } from '../domain/ids.ts';
import { RESPONDER_KINDS, type Responder } from '../domain/responder.ts';
import { epochMs } from '../domain/units.ts';
import { refreshResponder } from '../world/fold-responder.ts';
import { growPositions } from '../world/position-columns.ts';
import type { World } from '../world/world.ts';
import { isList, wordAt } from './json-checks.ts';
import { fromStringRuns, toStringRuns } from './string-runs.ts';

/** Who is on duty, sorted by id. */
export const respondersById = (world: World): Responder[] =>
  [...world.responders.values()].sort((one, other) => (one.id < other.id ? -1 : 1));

/**
 * [runs of ids, kinds, call signs, teams, posts, stations], sorted by id. A responder's state is not there: it
 * follows from the orders. Slots and times are in the columns.
 */
export function toResponderParts(responders: readonly Responder[]): unknown[] {
  const runsOf = (field: (responder: Responder) => string): unknown => toStringRuns(responders.map(field));
  return [
    runsOf(({ id }) => id),
    toStringRuns(responders.map(({ kind }) => String(RESPONDER_KINDS.indexOf(kind)))),
    runsOf(({ callSign }) => callSign),
    runsOf(({ teamId }) => teamId),
    runsOf(({ postId }) => postId),
    runsOf(({ stationId }) => stationId),
  ];
}

/** A responder without slot and time of check-in. */
export type ResponderText = Omit<Responder, 'slot' | 'checkedInAt'>;

export function fromResponderParts(parts: unknown): ResponderText[] | undefined {
  if (!isList(parts)) return undefined;
  const [ids, kinds, callSigns, teams, posts, stations] = parts.map(fromStringRuns);
  if (ids === undefined || new Set(ids).size !== ids.length) return undefined;
  for (const list of [kinds, callSigns, teams, posts, stations])
    if (list?.length !== ids.length) return undefined;
  const responders: ResponderText[] = [];
  for (const [i, id] of ids.entries()) {
    const kind = wordAt(RESPONDER_KINDS, Number(kinds?.[i]));
    if (kind === undefined) return undefined;
    responders.push({
      id: id as ResponderId,
      kind,
      callSign: callSigns?.[i] ?? '',
      teamId: (teams?.[i] ?? '') as TeamId | '',
      postId: (posts?.[i] ?? '') as PostId | '',
      stationId: (stations?.[i] ?? '') as StationId | '',
      state: 'available',
      incidentId: '',
    });
  }
  return responders;
}

/** Puts responders into the world at their slots; their orders must be there already. False where a slot comes twice. */
export function takeResponders(
  world: World,
  responders: readonly ResponderText[],
  slots: Float64Array,
  checkedInAt: Float64Array,
): boolean {
  const { positions } = world;
  let length = 0;
  for (const slot of slots) length = Math.max(length, slot + 1);
  growPositions(positions, length);
  positions.length = length;
  for (let slot = 0; slot < length; slot += 1) positions.responderIds.push(undefined);
  for (const [i, responder] of responders.entries()) {
    const slot = slots[i] ?? 0;
    if (positions.responderIds[slot] !== undefined) return false;
    positions.responderIds[slot] = responder.id;
    world.responders.set(responder.id, { ...responder, slot, checkedInAt: epochMs(checkedInAt[i] ?? 0) });
    refreshResponder(world, responder.id);
  }
  return true;
}
