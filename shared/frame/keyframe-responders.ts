import type { PostId, ResponderId, SourceId, StationId, TeamId } from '../domain/ids.ts';
import { RESPONDER_KINDS, type Responder, type ResponderKind } from '../domain/responder.ts';
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
 * [runs of ids, kinds, call signs, teams, posts, stations, sources], sorted by id. A responder's state is not there: it
 * follows from the orders. Slots and times are in the columns. Sources are left out where nobody reports through one
 * with ages of its own, as in bytes of versions before 4.
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
    ...(responders.some(({ reportsThrough }) => reportsThrough !== '')
      ? [runsOf(({ reportsThrough }) => reportsThrough)]
      : []),
  ];
}

/** The parts again, as lists of one entry for each responder. */
export interface ResponderLists {
  readonly ids: readonly string[];
  readonly kinds: readonly ResponderKind[];
  readonly callSigns: readonly string[];
  readonly teams: readonly string[];
  readonly posts: readonly string[];
  readonly stations: readonly string[];
  readonly sources: readonly string[];
}

/** Undefined where `parts` is no such thing. */
export function fromResponderParts(parts: unknown): ResponderLists | undefined {
  if (!isList(parts) || parts.length < 6 || parts.length > 7) return undefined;
  const [ids, kindWords, ...rest] = parts.map(fromStringRuns);
  if (ids === undefined || kindWords === undefined) return undefined;
  const kinds: ResponderKind[] = [];
  for (const word of kindWords) {
    const kind = wordAt(RESPONDER_KINDS, Number(word));
    if (kind === undefined) return undefined;
    kinds.push(kind);
  }
  const [callSigns, teams, posts, stations, sources = rest.length === 5 ? undefined : ids.map(() => '')] =
    rest;
  for (const list of [kinds, callSigns, teams, posts, stations, sources])
    if (list?.length !== ids.length) return undefined;
  return {
    ids,
    kinds,
    callSigns: callSigns ?? [],
    teams: teams ?? [],
    posts: posts ?? [],
    stations: stations ?? [],
    sources: sources ?? [],
  };
}

/**
 * Puts responders into the world at their slots; their orders must be there already. False where an id or a
 * slot comes twice.
 */
export function takeResponders(
  world: World,
  lists: ResponderLists,
  slots: Float64Array,
  checkedInAt: Float64Array,
): boolean {
  const { positions, responders } = world;
  let length = 0;
  for (const slot of slots) length = Math.max(length, slot + 1);
  growPositions(positions, length);
  positions.length = length;
  for (let slot = 0; slot < length; slot += 1) positions.responderIds.push(undefined);
  for (let i = 0; i < lists.ids.length; i += 1) {
    const id = lists.ids[i] as ResponderId;
    const slot = slots[i] ?? 0;
    if (positions.responderIds[slot] !== undefined) return false;
    positions.responderIds[slot] = id;
    responders.set(id, {
      id,
      slot,
      kind: lists.kinds[i] ?? 'volunteer',
      callSign: lists.callSigns[i] ?? '',
      teamId: (lists.teams[i] ?? '') as TeamId | '',
      postId: (lists.posts[i] ?? '') as PostId | '',
      stationId: (lists.stations[i] ?? '') as StationId | '',
      state: 'available',
      incidentId: '',
      checkedInAt: epochMs(checkedInAt[i] ?? 0),
      reportsThrough: (lists.sources[i] ?? '') as SourceId | '',
    });
  }
  for (const responderId of world.ordersByResponder.keys()) refreshResponder(world, responderId);
  return responders.size === lists.ids.length;
}
