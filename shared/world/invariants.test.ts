import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '../domain/units.ts';
import { isEnded } from '../rules/incident-states.ts';
import { emptyWorld } from './empty-world.ts';
import { advance, applyEvent, applyRecord } from './fold.ts';
import { arbitraryRecords, ARBITRARY_START } from './records.arbitrary.ts';
import { worldHash } from './world-hash.ts';
import { KEEP_ENDED_MS, KEEP_HOURS, type World } from './world.ts';

const RUNS = { seed: 20_261_123, numRuns: 500 } as const;

function expectInvariants(world: World): void {
  const { positions, responders } = world;
  const held = new Map<number, string>();
  for (const [id, responder] of responders) {
    expect(responder.id).toBe(id);
    expect(positions.responderIds[responder.slot], 'W2').toBe(id);
    expect(held.has(responder.slot), 'W3').toBe(false);
    held.set(responder.slot, id);
    const fixAtMs = (positions.fixAtSeconds[responder.slot] ?? 0) * 1000;
    const fromDuty = positions.hasFix[responder.slot] === 0 || fixAtMs >= responder.checkedInAt - 60_000;
    expect(fromDuty, 'W5').toBe(true);
  }
  expect(positions.responderIds.filter((id) => id !== undefined).length, 'W2').toBe(responders.size);
  for (let slot = 0; slot < positions.capacity; slot += 1) {
    if (held.has(slot)) continue;
    expect([positions.hasFix[slot], positions.hasPrevious[slot]], 'W4').toEqual([0, 0]);
    expect(slot, 'W3').toBeGreaterThanOrEqual(positions.lowestFree);
  }
  for (let slot = 0; slot < positions.length; slot += 1) {
    if (positions.hasPrevious[slot] === 0) continue;
    expect(positions.fixAtSeconds[slot], 'W5').toBeGreaterThan(positions.previousFixAtSeconds[slot] ?? 0);
  }
  let listed = 0;
  for (const incident of world.incidents.values()) {
    for (const orderId of incident.orders)
      expect(world.orders.get(orderId)?.incidentId, 'W6').toBe(incident.id);
    listed += incident.orders.length;
    const endedAt = isEnded(incident.state) ? (incident.times[incident.state] ?? -1) : Infinity;
    expect(endedAt, 'W7').toBeGreaterThanOrEqual(world.at - KEEP_ENDED_MS);
  }
  expect(listed, 'W6').toBe(world.orders.size);
  let indexed = 0;
  for (const [responderId, own] of world.ordersByResponder) {
    for (const orderId of own) expect(world.orders.get(orderId)?.responderId).toBe(responderId);
    indexed += own.size;
  }
  expect(indexed).toBe(world.orders.size);
  for (const hour of world.hours.keys())
    expect(hour, 'W8').toBeGreaterThan(Math.floor(world.at / 3_600_000) - KEEP_HOURS);
}

describe('a world', () => {
  it('[W2] [W3] [W4] [W5] [W6] [W7] [W8] keeps its invariants through any records', () => {
    fc.assert(
      fc.property(arbitraryRecords(), (records) => {
        const world = emptyWorld();
        for (const record of records) {
          applyRecord(world, record);
          advance(world, record.receivedAt);
        }
        expectInvariants(world);
        expect(world.seq).toBe(records.length);
      }),
      RUNS,
    );
  });

  it('[W1] has a clock that never steps back, and many small steps leave what one step leaves', () => {
    fc.assert(
      fc.property(
        arbitraryRecords(60),
        fc.array(fc.integer({ min: -5_000_000, max: 200_000_000 }), { maxLength: 12 }),
        (records, steps) => {
          const often = emptyWorld();
          const once = emptyWorld();
          for (const record of records) {
            applyRecord(often, record);
            applyRecord(once, record);
          }
          let last = 0;
          for (const step of steps) {
            const before = often.at;
            advance(often, epochMs(ARBITRARY_START + step));
            expect(often.at).toBeGreaterThanOrEqual(before);
            last = Math.max(last, ARBITRARY_START + step);
          }
          advance(once, epochMs(last));
          expect(worldHash(often)).toBe(worldHash(once));
        },
      ),
      RUNS,
    );
  });

  it('says of an event that it changed nothing only where the world is as before', () => {
    fc.assert(
      fc.property(arbitraryRecords(), (records) => {
        const world = emptyWorld();
        for (const record of records) {
          if (record.type === 'positions') {
            applyRecord(world, record);
            continue;
          }
          const before = worldHash({ ...world, seq: record.seq });
          const { changed } = applyEvent(world, record);
          expect(changed || worldHash(world) === before).toBe(true);
        }
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it('has the same hash however its maps are ordered, and another one when anything differs', () => {
    fc.assert(
      fc.property(arbitraryRecords(), (records) => {
        const world = emptyWorld();
        for (const record of records) applyRecord(world, record);
        const turned: World = {
          ...world,
          incidents: new Map([...world.incidents].reverse()),
          orders: new Map([...world.orders].reverse()),
          responders: new Map([...world.responders].reverse()),
          sources: new Map([...world.sources].reverse()),
          hazards: new Map([...world.hazards].reverse()),
          hours: new Map([...world.hours].reverse()),
        };
        const hash = worldHash(world);
        expect(hash).toMatch(/^[0-9a-f]{16}$/);
        expect(worldHash(turned)).toBe(hash);
        for (const other of slightlyOther(world)) expect(worldHash(other)).not.toBe(hash);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });
});

/** Worlds that differ from this one in one small thing. */
function slightlyOther(world: World): World[] {
  const without = <K, V>(map: ReadonlyMap<K, V>): Map<K, V> => new Map([...map].slice(1));
  const others: World[] = [{ ...world, at: epochMs(world.at + 1) }];
  if (world.incidents.size > 0) others.push({ ...world, incidents: without(world.incidents) });
  if (world.orders.size > 0) others.push({ ...world, orders: without(world.orders) });
  if (world.responders.size > 0) others.push({ ...world, responders: without(world.responders) });
  if (world.sources.size > 0) others.push({ ...world, sources: without(world.sources) });
  if (world.hazards.size > 0) others.push({ ...world, hazards: without(world.hazards) });
  if (world.hours.size > 0) others.push({ ...world, hours: without(world.hours) });
  const [first] = world.responders.values();
  if (first !== undefined && world.positions.hasFix[first.slot] === 1) {
    const lngE5 = world.positions.lngE5.slice();
    lngE5[first.slot] = (lngE5[first.slot] ?? 0) + 1;
    others.push({ ...world, positions: { ...world.positions, lngE5 } });
  }
  return others;
}
