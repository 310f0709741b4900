import type { City } from '@maplewall/shared/domain/city.ts';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { RESPONDER_KINDS, type ResponderKind } from '@maplewall/shared/domain/responder.ts';
import { SUPERVISOR } from '@maplewall/shared/domain/supervisor.ts';
import { epochMs, minuteOf, startOfMinute, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { isEnded } from '@maplewall/shared/rules/incident-states.ts';
import {
  shiftLines,
  type ShiftFacts,
  type ShiftIncident,
  type ShiftMoment,
} from '@maplewall/shared/rules/shift/shift-lines.ts';
import type { ShiftCard } from '@maplewall/shared/wire/briefing.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Clock } from '../clock.ts';
import type { History } from '../history/history.ts';
import { localDayOf, minuteName, type LocalDay } from '../history/local-day.ts';
import { segmentWorld } from '../history/segment-world.ts';
import type { Reach } from '../reach/reach.ts';

export interface ShiftParts {
  readonly city: Pick<City, 'posts'>;
  readonly history: Pick<History, 'incidents' | 'minute' | 'timeZone'>;
  readonly reach: Pick<Reach, 'course' | 'truth'>;
  /** The world of now. */
  readonly world: World;
  readonly clock: Clock;
}

/** A card of more days would tell as much as the wall does. */
const MOST_MS = 3 * 86_400_000;
const WHOLE_CITY = 0;

/** What changed in the city since a moment. */
export async function shiftCard(parts: ShiftParts, since: EpochMs): Promise<Result<ShiftCard>> {
  const { history, reach, world, clock } = parts;
  const asOf = clock.now();
  if (since >= asOf) return fail('ingest.time.future', 'since');
  if (asOf - since > MOST_MS)
    return fail('request.invalid', 'since', { reason: 'it lies more than three days back' });
  const before = await worldAt(parts, since);
  if (!before.ok) return before;
  const received: ShiftIncident[] = [];
  const halfMinutes: ShiftFacts['halfMinutes'][number][] = [];
  const coverage: ShiftFacts['coverage'][number][] = [];
  let waiting = 0;
  for (const day of daysBetween(since, asOf, history.timeZone)) {
    const ofDay = history.incidents(day).incidents.map(({ at, incidentId, category, priority, place }) => ({
      incidentId,
      category,
      priority,
      place,
      receivedAt: at,
    }));
    received.push(...ofDay.filter(({ receivedAt }) => receivedAt >= since));
    const byId = new Map(ofDay.map((one) => [one.incidentId, one]));
    const truth = await reach.truth(day.day);
    if (!truth.ok) return truth;
    waiting += truth.value.waiting;
    for (const { incidentId, receivedAt, verdict, arrivedSeconds } of truth.value.incidents) {
      const incident = byId.get(incidentId);
      if (incident !== undefined && receivedAt >= since)
        halfMinutes.push({ ...incident, met: verdict === 'MET', arrivedSeconds });
    }
    const course = reach.course(day.day, WHOLE_CITY);
    if (!course.ok) return course;
    for (const { minute, shares } of course.value) {
      const at = startOfMinute(minute);
      const share = shares.blocks[0];
      if (at >= since && share !== null && share !== undefined) coverage.push({ at, share });
    }
  }
  const lines = shiftLines({
    since,
    before: before.value === undefined ? undefined : momentOf(before.value, since, parts.city),
    now: momentOf(world, asOf, parts.city),
    received,
    open: openIn(world),
    halfMinutes,
    coverage,
  });
  return ok({ since, asOf, waiting, lines });
}

/** The world of then; undefined where history has nothing from so long ago. */
async function worldAt(
  { history, world, clock }: ShiftParts,
  at: EpochMs,
): Promise<Result<World | undefined>> {
  if (minuteOf(at) >= minuteOf(clock.now())) return ok(world);
  const start = startOfMinute(minuteOf(at));
  const day = localDayOf(start, history.timeZone);
  const found = await history.minute(day, minuteName(start, history.timeZone));
  if (found === 'unavailable') return fail('server.unavailable');
  return ok(typeof found === 'string' ? undefined : segmentWorld(found.bytes, at));
}

function daysBetween(from: EpochMs, to: EpochMs, timeZone: string): readonly LocalDay[] {
  const days = [localDayOf(from, timeZone)];
  for (let last = days[0]; last !== undefined && last.endsAt <= to; last = days.at(-1))
    days.push(localDayOf(last.endsAt, timeZone));
  return days;
}

function momentOf(world: World, at: EpochMs, { posts }: Pick<City, 'posts'>): ShiftMoment {
  const people = Object.fromEntries(RESPONDER_KINDS.map((kind) => [kind, 0])) as Record<
    ResponderKind,
    number
  >;
  const known = new Set<string>(posts.map(({ id }) => id));
  const held = new Map<string, EpochMs>();
  for (const { kind, postId, checkedInAt } of world.responders.values()) {
    people[kind] += 1;
    if (known.has(postId))
      held.set(postId, epochMs(Math.min(checkedInAt, held.get(postId) ?? Number.POSITIVE_INFINITY)));
  }
  const sources = [...world.sources].filter(([id]) => id !== SUPERVISOR);
  return {
    at,
    people,
    posts: held,
    sources: new Map(sources.map(([id, { lastReceivedAt }]) => [id, lastReceivedAt])),
  };
}

/** As the wall's queue counts them: neither ended nor handed on, and no consultation. */
const openIn = (world: World): readonly ShiftIncident[] =>
  [...world.incidents.values()].flatMap(({ id, category, priority, place, times, state }) =>
    isEnded(state) || state === 'diverted' || priority === 4 || times.received === undefined
      ? []
      : [{ incidentId: id, category, priority, place, receivedAt: times.received }],
  );
