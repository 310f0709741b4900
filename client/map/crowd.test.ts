import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { RESPONDER_KINDS } from '@maplewall/shared/domain/responder.ts';
import type { IncidentId, OrderId, ResponderId, SourceId, TeamId } from '@maplewall/shared/domain/ids.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageLimitsOf, fixAge, limitsFor, type FixAge } from '@maplewall/shared/rules/fix-age.ts';
import { ClientWorld } from '../world/client-world.ts';
import { MERGE_SHIFT, MERGED_AWAY, MOTION_STRIDE_BYTES, STATE_BITS, STEPS_BACK } from '../world/motion.ts';
import { CENTRE, EVENING, SmallCity } from '../world/small-city.ts';
import { Crowd } from './crowd.ts';

const TAGS = 'tags' as SourceId;
const ageing = { sources: [{ source: TAGS, staleAfterSeconds: 200, ghostAfterSeconds: 650 }] };
const limits = ageLimitsOf({ ageing });
const after = (seconds: number): EpochMs => epochMs(EVENING + seconds * 1_000);
/** CSS pixels per Mercator unit: the whole city, and a street. */
const FAR = 2 ** 12;
const NEAR = 2 ** 18;

interface Person {
  readonly kind: number;
  readonly east: number;
  readonly north: number;
  readonly seenBefore: number;
  readonly hasTag?: boolean;
}
const people = fc.array(
  fc.record<Person>({
    kind: fc.integer({ min: 0, max: 3 }),
    east: fc.integer({ min: 0, max: 600 }),
    north: fc.integer({ min: 0, max: 600 }),
    seenBefore: fc.integer({ min: 0, max: 900 }),
    hasTag: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

function cityOf(list: readonly Person[]): { city: SmallCity; clientWorld: ClientWorld; crowd: Crowd } {
  const city = new SmallCity();
  const clientWorld = new ClientWorld({ city: { centre: CENTRE, ageing }, now: () => EVENING });
  for (const [index, { kind, east, north, seenBefore, hasTag }] of list.entries()) {
    city.checksIn(after(-2_000), `P${index}`, RESPONDER_KINDS[kind] ?? 'volunteer');
    if (hasTag === true) city.reportsThrough(after(-2_000), `P${index}`, TAGS);
    city.seen(after(-seenBefore), [
      { id: `P${index}`, lng: CENTRE.lng + east * 1e-5, lat: CENTRE.lat + north * 1e-5 },
    ]);
  }
  clientWorld.onBatch(city.keyframe(EVENING));
  return { city, clientWorld, crowd: new Crowd(clientWorld) };
}

const merged = (bytes: Uint8Array, slot: number): number =>
  ((bytes[slot * MOTION_STRIDE_BYTES + 29] ?? 0) >> MERGE_SHIFT) & 15;

describe('a crowd seen from far', () => {
  it('counts everybody, and no mark looks fresher than anybody it stands for', () => {
    fc.assert(
      fc.property(
        people,
        fc.integer({ min: 8, max: 18 }),
        fc.integer({ min: 0, max: 700 }),
        (list, zoom, later) => {
          const { clientWorld, crowd } = cityOf(list);
          const at = after(later);
          crowd.write(at, 2 ** zoom, 1);
          const { bytes } = clientWorld.motion.table;
          expect(crowd.count.people).toBe(list.length);
          const marks = [...list.keys()].filter((slot) => merged(bytes, slot) !== MERGED_AWAY);
          expect(crowd.count.marks).toBe(marks.length);
          const ageOf = ({ kind, hasTag }: Person, slot: number, when: EpochMs): FixAge =>
            fixAge(
              clientWorld.motion.ageSeconds(slot, when),
              limitsFor(limits, {
                kind: RESPONDER_KINDS[kind] ?? 'volunteer',
                reportsThrough: hasTag === true ? TAGS : '',
              }),
            );
          // For everybody without a mark there is one of the same kind, age and course of ageing, not younger, and near.
          for (const [slot, person] of list.entries()) {
            if (merged(bytes, slot) !== MERGED_AWAY) continue;
            const age = clientWorld.motion.ageSeconds(slot, at);
            const stands = marks.filter((mark) => {
              const other = list[mark];
              const markAge = clientWorld.motion.ageSeconds(mark, at);
              return (
                other?.kind === person.kind &&
                other.hasTag === person.hasTag &&
                merged(bytes, mark) > 0 &&
                markAge >= age &&
                ageOf(other, mark, at) === ageOf(person, slot, at)
              );
            });
            expect(stands.length).toBeGreaterThan(0);
          }
        },
      ),
      { seed: 71, numRuns: 150 },
    );
  });

  it('is as many marks as people in a street', () => {
    const list = Array.from({ length: 20 }, () => ({ kind: 0, east: 5, north: 5, seenBefore: 3 }));
    const { crowd } = cityOf(list);
    crowd.write(EVENING, FAR, 1);
    expect(crowd.count).toEqual({ people: 20, marks: 1 });
    crowd.write(EVENING, NEAR, 1);
    expect(crowd.count).toEqual({ people: 20, marks: 20 });
  });

  it('ages by the clock when nothing arrives', () => {
    const old = { kind: 0, east: 5, north: 5, seenBefore: 60 };
    const { clientWorld, crowd } = cityOf([old, { ...old, seenBefore: 0 }]);
    crowd.write(EVENING, FAR, 1);
    expect(crowd.count.marks).toBe(1);
    // After 40 s more the one is stale and the other is not: they cannot share a mark.
    crowd.write(after(40), FAR, 1);
    expect(crowd.count.marks).toBe(2);
    expect(clientWorld.motion.isMergedAway(1)).toBe(false);
  });

  it('never merges who has something to do', () => {
    const one = { kind: 0, east: 5, north: 5, seenBefore: 3 };
    const { city, clientWorld, crowd } = cityOf([one, one, one]);
    const incidentId = 'I1' as IncidentId;
    city.happens(EVENING, {
      kind: 'incident.received',
      incidentId,
      category: 'help',
      priority: 3,
      ...CENTRE,
      place: 'x',
    });
    const orderId = 'O1' as OrderId;
    city.happens(EVENING, { kind: 'order.offered', orderId, incidentId, responderId: 'P1' as ResponderId });
    clientWorld.onBatch(city.batch(EVENING));
    crowd.write(EVENING, FAR, 1);
    expect(crowd.count).toEqual({ people: 3, marks: 2 });
    expect(clientWorld.motion.isMergedAway(1)).toBe(false);
  });

  it('steps back behind a team on demand, and keeps every state', () => {
    const city = new SmallCity();
    const clientWorld = new ClientWorld({ city: { centre: CENTRE }, now: () => EVENING });
    for (const [index, teamId] of ['t1', 't2', 't1'].entries()) {
      city.happens(after(-10), {
        kind: 'responder.checkedIn',
        responderId: `P${index}` as ResponderId,
        responderKind: 'volunteer',
        callSign: 'x',
        teamId: teamId as TeamId,
      });
      city.seen(after(-1), [{ id: `P${index}`, ...CENTRE }]);
    }
    clientWorld.onBatch(city.keyframe(EVENING));
    const crowd = new Crowd(clientWorld);
    const looks = (): number[] => {
      crowd.write(EVENING, FAR, 1);
      const { bytes } = clientWorld.motion.table;
      return [0, 1, 2].map((slot) => bytes[slot * MOTION_STRIDE_BYTES + 29] ?? 0);
    };
    crowd.showTeam('t1' as TeamId);
    expect(looks().map((look) => look & STEPS_BACK)).toEqual([0, STEPS_BACK, 0]);
    // The team's own people are never merged.
    expect(crowd.count.marks).toBe(3);
    crowd.showTeam(undefined);
    expect(looks().map((look) => look & (STEPS_BACK | STATE_BITS))).toEqual([0, 0, 0]);
    expect(crowd.count).toEqual({ people: 3, marks: 1 });
  });
});
