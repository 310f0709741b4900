import { describe, expect, it } from 'vitest';
import type { CityEvent } from '../domain/event.ts';
import type { EventRecord } from '../domain/record.ts';
import type { GridId, HazardId, IncidentId, OrderId, ResponderId, SourceId } from '../domain/ids.ts';
import type { IncidentStage } from '../domain/incident.ts';
import type { OrderState } from '../domain/order.ts';
import { epochMs, lat, lng, seqNo } from '../domain/units.ts';
import { emptyWorld } from './empty-world.ts';
import { advance, applyEvent, applyFix, hearSource, type EventEffect } from './fold.ts';
import { HOUR_COUNTER_INDEX, type HourCounter } from './hour-counts.ts';
import { worldHash } from './world-hash.ts';
import type { World } from './world.ts';

const START = Date.UTC(2026, 10, 23, 8);
const FIRE = 'J-1' as IncidentId;
const ANNA = 'V-1' as ResponderId;
const BO = 'V-2' as ResponderId;

/** A world, and short words for what happens in it; times are seconds after START. */
function story() {
  const world = emptyWorld();
  let seq = 0;
  const happens = (atSeconds: number, event: CityEvent): EventEffect => {
    seq += 1;
    const record: EventRecord = {
      type: 'event',
      seq: seqNo(seq),
      at: epochMs(START + atSeconds * 1000),
      receivedAt: epochMs(START + atSeconds * 1000),
      source: '110' as SourceId,
      mode: 'Exercise',
      key: `k${seq}`,
      event,
    };
    return applyEvent(world, record);
  };
  return {
    world,
    happens,
    clock: (atSeconds: number) => advance(world, epochMs(START + atSeconds * 1000)),
    received: (at: number, incidentId = FIRE) =>
      happens(at, {
        kind: 'incident.received',
        incidentId,
        category: 'fireAndSafety',
        priority: 2,
        lng: lng(120.55),
        lat: lat(27.58),
        place: '沿江路',
      }),
    stage: (at: number, stage: IncidentStage, responderId?: ResponderId) =>
      happens(at, {
        kind: 'incident.stage',
        incidentId: FIRE,
        stage,
        ...(responderId === undefined ? {} : { responderId }),
      }),
    offered: (at: number, orderId: string, responderId: ResponderId, incidentId = FIRE) =>
      happens(at, { kind: 'order.offered', orderId: orderId as OrderId, incidentId, responderId }),
    order: (at: number, orderId: string, stage: OrderState) =>
      happens(at, { kind: 'order.stage', orderId: orderId as OrderId, stage }),
    checkIn: (at: number, responderId: ResponderId, callSign = 'Falcon') =>
      happens(at, {
        kind: 'responder.checkedIn',
        responderId,
        responderKind: 'volunteer',
        callSign,
      }),
    checkOut: (at: number, responderId: ResponderId) =>
      happens(at, { kind: 'responder.checkedOut', responderId }),
    incident: (incidentId = FIRE) => {
      const incident = world.incidents.get(incidentId);
      if (incident === undefined) throw new Error(`no incident ${incidentId}`);
      return incident;
    },
    since: (at: number | undefined) => (at === undefined ? undefined : (at - START) / 1000),
  };
}

const counted = (world: World, counter: HourCounter): number => {
  let sum = 0;
  for (const counts of world.hours.values()) sum += counts[HOUR_COUNTER_INDEX.get(counter) ?? -1] ?? 0;
  return sum;
};

const fixAt = (seconds: number): number => START / 1000 + seconds;

describe('incidents', () => {
  it('[FLD1] what is said of an unknown incident, order or hazard, or of who is off duty, changes nothing', () => {
    const { world, happens, stage, order, offered, checkOut } = story();
    const before = { ...world, seq: seqNo(0) };
    const effects = [
      stage(1, 'onScene'),
      order(1, 'D-9', 'accepted'),
      offered(1, 'D-9', ANNA),
      checkOut(1, ANNA),
      happens(1, { kind: 'incident.reprioritised', incidentId: FIRE, priority: 1 }),
      happens(1, { kind: 'incident.diverted', incidentId: FIRE, platform: 'governance' }),
      happens(1, { kind: 'incident.merged', incidentId: FIRE, into: 'J-2' as IncidentId }),
      happens(1, { kind: 'incident.reopened', incidentId: FIRE }),
      happens(1, { kind: 'incident.cancelled', incidentId: FIRE }),
      happens(1, { kind: 'incident.acknowledged', incidentId: FIRE, by: 'Lin' }),
      happens(1, { kind: 'hazard.resolved', hazardId: 'H-1' as HazardId }),
    ];
    expect(effects.filter(({ changed }) => changed)).toEqual([]);
    expect(worldHash({ ...world, seq: seqNo(0) })).toBe(worldHash(before));
    expect(world.seq).toBe(effects.length);
  });

  it('[FLD2] an incident is received once, and one that ended is begun anew when its number comes again', () => {
    const { world, received, stage, offered, incident, happens } = story();
    received(0);
    expect(received(5).changed).toBe(false);
    expect(incident()).toMatchObject({ state: 'received', mode: 'Exercise', times: { received: START } });
    offered(6, 'D-1', ANNA);
    stage(9, 'closed');
    happens(10, { kind: 'incident.merged', incidentId: FIRE, into: 'J-2' as IncidentId });
    expect(incident().state).toBe('closed');
    expect(received(20).changed).toBe(true);
    expect(incident()).toMatchObject({
      state: 'received',
      orders: [],
      times: { received: START + 20_000 },
    });
    expect(world.orders.size).toBe(0);
    expect([counted(world, 'received'), counted(world, 'category.fireAndSafety')]).toEqual([2, 2]);
  });

  it('[FLD3] a stage moves an incident forward only; reported late it fills its time and moves nothing', () => {
    const { received, stage, incident, since } = story();
    received(0);
    stage(30, 'enRoute');
    stage(50, 'accepted');
    stage(60, 'enRoute');
    expect(incident().state).toBe('enRoute');
    expect([since(incident().times.accepted), since(incident().times.enRoute)]).toEqual([50, 30]);
    stage(70, 'stable');
    stage(80, 'closed');
    expect(stage(90, 'offered').changed).toBe(true);
    expect(incident().state).toBe('closed');
    expect(since(incident().times.offered)).toBe(90);
    expect(stage(95, 'closed').changed).toBe(false);
  });

  it('[FLD4] the first order that gets somewhere takes its incident there', () => {
    const { received, offered, order, incident, since } = story();
    received(0);
    offered(10, 'D-1', ANNA);
    offered(11, 'D-2', BO);
    order(20, 'D-2', 'accepted');
    order(25, 'D-1', 'accepted');
    order(30, 'D-1', 'enRoute');
    expect(incident().state).toBe('enRoute');
    order(40, 'D-2', 'onScene');
    order(41, 'D-1', 'onScene');
    const { times, state, orders } = incident();
    expect([times.offered, times.accepted, times.enRoute, times.onScene].map(since)).toEqual([
      10, 20, 30, 40,
    ]);
    expect([state, orders]).toEqual(['onScene', ['D-1', 'D-2']]);
    order(50, 'D-2', 'done');
    expect(incident().state).toBe('onScene');
  });

  it('[FLD5] the first arrival is counted once, by the seconds since the incident was received', () => {
    const { world, received, stage, offered, order, incident } = story();
    received(0);
    offered(1, 'D-1', BO);
    stage(29, 'onScene');
    expect(incident().firstOnScene).toBe('');
    order(45, 'D-1', 'onScene');
    stage(46, 'onScene', ANNA);
    expect(incident().firstOnScene).toBe(BO);
    expect(counted(world, 'arrival.30')).toBe(1);
    expect(counted(world, 'arrival.60')).toBe(0);
  });

  it('[FLD6] an incident is diverted and then closed, merged or cancelled, and each way is counted once', () => {
    const { world, received, happens, stage, incident } = story();
    received(0);
    happens(5, { kind: 'incident.diverted', incidentId: FIRE, platform: 'governance' });
    expect(happens(6, { kind: 'incident.diverted', incidentId: FIRE, platform: 'governance' }).changed).toBe(
      false,
    );
    happens(7, { kind: 'incident.diverted', incidentId: FIRE, platform: 'marketSupervision' });
    stage(8, 'onScene');
    expect(incident()).toMatchObject({ state: 'diverted', divertedTo: 'marketSupervision' });
    stage(9, 'closed');
    expect(incident().state).toBe('closed');
    expect([counted(world, 'diverted'), counted(world, 'closed')]).toEqual([1, 1]);
    const other = 'J-2' as IncidentId;
    received(10, other);
    expect(happens(11, { kind: 'incident.merged', incidentId: other, into: other }).changed).toBe(false);
    happens(12, { kind: 'incident.merged', incidentId: other, into: FIRE });
    expect(happens(13, { kind: 'incident.cancelled', incidentId: other }).changed).toBe(false);
    expect(incident(other)).toMatchObject({ state: 'merged', mergedInto: FIRE });
  });

  it('[FLD7] an incident that is reopened stands where its running orders stand, and its end is forgotten', () => {
    const { received, happens, stage, offered, order, incident, since } = story();
    received(0);
    offered(1, 'D-1', ANNA);
    order(2, 'D-1', 'enRoute');
    offered(3, 'D-2', BO);
    order(4, 'D-2', 'onScene');
    order(5, 'D-2', 'done');
    stage(6, 'stable');
    stage(7, 'closed');
    happens(8, { kind: 'incident.reopened', incidentId: FIRE });
    expect(incident().state).toBe('enRoute');
    expect(Object.keys(incident().times).sort()).toEqual(['enRoute', 'offered', 'onScene', 'received']);
    expect(happens(9, { kind: 'incident.reopened', incidentId: FIRE }).changed).toBe(false);
    stage(10, 'closed');
    expect(since(incident().times.closed)).toBe(10);
  });
});

describe('orders and responders', () => {
  it('[FLD8] an order moves by its table; what comes too late is passed over', () => {
    const { world, received, offered, order } = story();
    received(0);
    offered(1, 'D-1', ANNA);
    order(5, 'D-1', 'expired');
    expect(order(6, 'D-1', 'accepted').changed).toBe(false);
    expect(world.orders.get('D-1' as OrderId)?.state).toBe('expired');
    offered(7, 'D-2', BO);
    order(8, 'D-2', 'onScene');
    expect(order(9, 'D-2', 'enRoute').changed).toBe(true);
    expect(order(10, 'D-2', 'enRoute').changed).toBe(false);
    expect(world.orders.get('D-2' as OrderId)).toMatchObject({
      state: 'onScene',
      times: { enRoute: START + 9_000, onScene: START + 8_000 },
    });
    expect([counted(world, 'offer'), counted(world, 'offer.accepted')]).toEqual([2, 1]);
  });

  it('[FLD9] an order is offered once, unless the incident of its number has ended', () => {
    const { world, received, offered, stage, incident } = story();
    const second = 'J-2' as IncidentId;
    received(0);
    received(0, second);
    offered(1, 'D-1', ANNA);
    expect(offered(2, 'D-1', BO, second).changed).toBe(false);
    stage(3, 'closed');
    expect(offered(4, 'D-1', BO, second).changed).toBe(true);
    expect([incident().orders, incident(second).orders]).toEqual([[], ['D-1']]);
    expect(world.orders.get('D-1' as OrderId)?.responderId).toBe(BO);
  });

  it('[FLD10] a responder is as busy as the busiest of the own orders whose incident runs', () => {
    const { world, received, offered, order, checkIn, stage, happens } = story();
    const second = 'J-2' as IncidentId;
    const anna = () => {
      const { state, incidentId } = world.responders.get(ANNA) ?? { state: 'off duty', incidentId: '' };
      return `${state} ${incidentId}`.trim();
    };
    received(0);
    received(0, second);
    offered(1, 'D-1', ANNA);
    expect(anna()).toBe('off duty');
    checkIn(2, ANNA);
    expect(anna()).toBe('offered J-1');
    order(3, 'D-1', 'accepted');
    expect(anna()).toBe('assigned J-1');
    offered(4, 'D-2', ANNA, second);
    expect(anna()).toBe('assigned J-1');
    order(5, 'D-1', 'enRoute');
    stage(6, 'closed');
    expect(anna()).toBe('offered J-2');
    happens(7, { kind: 'incident.reopened', incidentId: FIRE });
    expect(anna()).toBe('enRoute J-1');
    order(8, 'D-1', 'done');
    order(9, 'D-2', 'declined');
    expect(anna()).toBe('available');
  });

  it('[FLD11] who checks in gets the lowest free slot; who is on duty already only changes the own fields', () => {
    const { world, checkIn, checkOut } = story();
    expect(checkIn(0, ANNA).clearedSlots).toEqual([0]);
    expect(checkIn(1, BO).clearedSlots).toEqual([1]);
    applyFix(world, 0, 12_055_000, 2_758_000, fixAt(2));
    expect(checkIn(3, ANNA, 'Eagle')).toEqual({ changed: true, clearedSlots: [], changedGrids: [] });
    expect(checkIn(4, ANNA, 'Eagle').changed).toBe(false);
    expect(world.responders.get(ANNA)).toMatchObject({ callSign: 'Eagle', checkedInAt: START });
    expect(world.positions.hasFix[0]).toBe(1);
    expect(checkOut(5, ANNA).clearedSlots).toEqual([0]);
    expect(checkIn(6, 'V-3' as ResponderId).clearedSlots).toEqual([0]);
  });

  it('[FLD12] who checks out leaves the world, and nobody knows where they were', () => {
    const { world, checkIn, checkOut } = story();
    checkIn(0, ANNA);
    checkIn(0, BO);
    applyFix(world, 1, 12_055_000, 2_758_000, fixAt(1));
    applyFix(world, 1, 12_055_005, 2_758_000, fixAt(6));
    checkOut(7, BO);
    expect(world.responders.has(BO)).toBe(false);
    expect([world.positions.length, world.positions.hasFix[1], world.positions.hasPrevious[1]]).toEqual([
      1, 0, 0,
    ]);
    expect(applyFix(world, 1, 12_055_010, 2_758_000, fixAt(8))).toBe(false);
    checkIn(9, BO);
    expect([world.positions.hasFix[1], world.positions.lngE5[1]]).toEqual([0, 0]);
  });

  it('[FLD13] a fix is taken when it is newer than the one held and not from before the check-in', () => {
    const { world, checkIn } = story();
    checkIn(100, ANNA);
    expect(applyFix(world, 0, 12_055_000, 2_758_000, fixAt(39))).toBe(false);
    expect(applyFix(world, 0, 12_055_000, 2_758_000, fixAt(40))).toBe(true);
    expect(applyFix(world, 0, 12_055_001, 2_758_000, fixAt(40))).toBe(false);
    expect(applyFix(world, 0, 18_000_001, 2_758_000, fixAt(41))).toBe(false);
    expect(applyFix(world, 0, 12_055_000, -9_000_001, fixAt(41))).toBe(false);
    expect(applyFix(world, 0, 12_055_002, 2_758_001, fixAt(45))).toBe(true);
    const { positions } = world;
    expect([positions.lngE5[0], positions.previousLngE5[0]]).toEqual([12_055_002, 12_055_000]);
    expect([positions.fixAtSeconds[0], positions.previousFixAtSeconds[0]]).toEqual([fixAt(45), fixAt(40)]);
  });
});

describe('grids, counts and the clock', () => {
  it('[FLD14] each thing is counted in the hour in which it happened, unless that hour is not kept any more', () => {
    const { world, happens, clock } = story();
    clock(0);
    const request = { kind: 'request.received', requestId: 'R', gridId: 'G' } as Extract<
      CityEvent,
      { kind: 'request.received' }
    >;
    expect(happens(-47 * 3600, request).changed).toBe(true);
    expect(happens(-48 * 3600, request).changed).toBe(false);
    expect(happens(10, request).changed).toBe(true);
    expect([...world.hours.keys()].sort()).toEqual([START / 3_600_000 - 47, START / 3_600_000]);
    expect(counted(world, 'request.received')).toBe(2);
  });

  it('[FLD15] a hazard is open from its finding to its resolution, and both are counted once', () => {
    const { world, happens } = story();
    const found = {
      kind: 'hazard.found',
      hazardId: 'H-1' as HazardId,
      gridId: 'G-1' as GridId,
      hazardType: 'gas bottle',
      lng: lng(120.5),
      lat: lat(27.5),
      dueAt: epochMs(START),
    } as const;
    happens(0, found);
    expect(happens(1, found).changed).toBe(false);
    expect(happens(2, { ...found, dueAt: epochMs(START + 1) }).changed).toBe(true);
    happens(3, { kind: 'hazard.resolved', hazardId: found.hazardId });
    expect(happens(4, { kind: 'hazard.resolved', hazardId: found.hazardId }).changed).toBe(false);
    expect([counted(world, 'hazard.found'), counted(world, 'hazard.resolved')]).toEqual([1, 1]);
    expect(world.hazards.size).toBe(0);
  });

  it('[FLD16] a risk record changes the grids that it names and says which are other than before', () => {
    const { world, happens } = story();
    const risks = (...levels: readonly (readonly [string, number])[]): CityEvent => ({
      kind: 'grid.risk',
      risks: levels.map(([gridId, level]) => ({ gridId: gridId as GridId, level })),
    });
    expect(happens(0, risks(['G-1', 0], ['G-2', 40])).changedGrids).toEqual(['G-1', 'G-2']);
    expect(happens(1, risks(['G-1', 0], ['G-2', 41])).changedGrids).toEqual(['G-2']);
    expect(happens(2, risks(['G-2', 41])).changed).toBe(false);
    expect([...world.risks.gridIds].map((_, index) => world.risks.levels[index])).toEqual([0, 41]);
  });

  it('[FLD17] an incident leaves the world an hour after its end, with its orders', () => {
    const { world, received, offered, stage, clock } = story();
    received(0);
    offered(1, 'D-1', ANNA);
    stage(10, 'closed');
    clock(3610);
    expect(world.incidents.size).toBe(1);
    clock(3610.001);
    expect([world.incidents.size, world.orders.size, world.ordersByResponder.size]).toEqual([0, 0, 0]);
    clock(20);
    expect(world.at).toBe(START + 3_610_001);
  });

  it('[FLD18] a source was heard when its last record came, to five seconds, in the mode of that record', () => {
    const world = emptyWorld();
    const record = {
      type: 'event',
      source: '110' as SourceId,
      key: '',
      event: { kind: 'incident.cancelled', incidentId: FIRE },
    } as const;
    const heard = (receivedAt: number, mode: 'Actual' | 'Test') =>
      hearSource(world, { ...record, seq: seqNo(1), at: epochMs(1), receivedAt: epochMs(receivedAt), mode });
    expect([heard(14_999, 'Actual'), heard(10_000, 'Actual'), heard(10_000, 'Test')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([heard(15_000, 'Test'), heard(9_999, 'Test')]).toEqual([true, true]);
    expect([...world.sources]).toEqual([['110', { lastReceivedAt: 5_000, mode: 'Test' }]]);
  });
});
