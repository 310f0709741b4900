import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  eventSchemas,
  type CityEvent,
  type EventKind,
  type EventOf,
} from '@maplewall/shared/domain/event.ts';
import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import { parserOf } from '@maplewall/shared/domain/schema.ts';
import { epochMs, seqNo } from '@maplewall/shared/domain/units.ts';
import { isEnded } from '@maplewall/shared/rules/incident-states.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { advance, applyEvent } from '@maplewall/shared/world/fold.ts';
import { demoLife, NOON } from './demo-life.fixture.ts';
import { distance } from './flat-map.ts';
import type { LifeDay } from './life.ts';
import { byTime, type LifeEvent } from './records.ts';
import type { Stretch } from './stretch.ts';

const life = demoLife();
const { calendar } = life;
const firstDay = calendar.dayOf(NOON) - 7;
/** A whole week, Monday to Sunday and one more. */
const week = Array.from({ length: 8 }, (_, index) => life.liveDay(firstDay + index));
const told = [...life.dutyEventsAcross(firstDay - 1), ...week.flatMap(({ events }) => events)].toSorted(
  byTime,
);

const hashOf = ({ events }: LifeDay): string =>
  createHash('sha256').update(JSON.stringify(events)).digest('hex');

function all<K extends EventKind>(kind: K, of: readonly LifeEvent[] = told) {
  return of.flatMap(({ at, event }) => (event.kind === kind ? [{ at, event: event as EventOf<K> }] : []));
}

const kindOf = new Map(life.people.map(({ id, kind }) => [id, kind]));
const orders = new Map(
  all('order.offered').map(({ at, event }) => [
    event.orderId,
    { at, ...event, kind: kindOf.get(event.responderId) },
  ]),
);
const receivedAt = new Map(all('incident.received').map(({ at, event }) => [event.incidentId, at]));

/** By steps of a second, so that corners are cut by very little. */
function metresWalked({ patrol }: Stretch, from: number, to: number): number {
  let metres = 0;
  for (let at = from; at < to; at += 1_000)
    metres += distance(patrol.whereabouts(at), patrol.whereabouts(Math.min(to, at + 1_000)));
  return metres;
}

const share = (part: number, whole: number): number => part / whole;

describe('a day of life', () => {
  test('follows from seed and number alone, whatever was lived before', () => {
    const alone = demoLife().liveDay(firstDay + 3);
    expect(hashOf(alone)).toBe(hashOf(week[3] as LifeDay));
    expect(hashOf(demoLife(2).liveDay(firstDay + 3))).not.toBe(hashOf(alone));
  });

  test('tells only events that the schemas take', () => {
    const parsers = new Map(
      (Object.keys(eventSchemas) as EventKind[]).map((kind) => [kind, parserOf(eventSchemas[kind])]),
    );
    const wrong = told.filter(({ event }) => parsers.get(event.kind)?.(event).ok !== true);
    expect(wrong).toEqual([]);
    const kinds = new Set(Object.keys(eventSchemas));
    // Said by a supervisor at a desk, whom the demo does not play.
    kinds.delete('incident.acknowledged');
    // Said by ingest of sources with ages of their own, of which the demo city has none.
    kinds.delete('responder.reportsThrough');
    expect(new Set<string>(told.map(({ event }) => event.kind))).toEqual(kinds);
  });

  test('names each event by a key of its own, in whole milliseconds', () => {
    expect(new Set(told.map(({ source, key }) => `${source} ${key}`)).size).toBe(told.length);
    expect(told.filter(({ at }) => !Number.isInteger(at))).toEqual([]);
    expect(told.filter(({ key }) => !/^[^/]+\/./.test(key))).toEqual([]);
  });

  test('begins nothing before four in the morning and keeps the order of time', () => {
    for (const { day, events } of week) {
      expect(events.filter(({ at }) => at < calendar.startOf(day))).toEqual([]);
      expect(events.every((event, index) => event.at >= (events[index - 1]?.at ?? 0))).toBe(true);
    }
  });

  test('is folded without a single event that cannot be: no step back, no unknown id, nobody asked off duty', () => {
    const world = emptyWorld();
    const idle: LifeEvent[] = [];
    const offDuty: LifeEvent[] = [];
    let seq = 0;
    for (const item of told) {
      const { event, at, source, key } = item;
      seq += 1;
      advance(world, epochMs(at));
      const responderId =
        event.kind === 'order.stage'
          ? orders.get(event.orderId)?.responderId
          : 'responderId' in event && event.kind !== 'responder.checkedIn'
            ? event.responderId
            : undefined;
      if (responderId !== undefined && !world.responders.has(responderId)) offDuty.push(item);
      const effect = applyEvent(world, {
        type: 'event',
        seq: seqNo(seq),
        at: epochMs(at),
        receivedAt: epochMs(at),
        source: source as string as SourceId,
        mode: 'Test',
        key,
        event,
      });
      if (!effect.changed) idle.push(item);
    }
    expect(offDuty).toEqual([]);
    expect(idle).toEqual([]);
  });

  test('lets every incident end', () => {
    const ends = new Set<string>();
    for (const { event } of told) {
      if (event.kind === 'incident.stage' && event.stage === 'closed') ends.add(event.incidentId);
      if (event.kind === 'incident.cancelled' || event.kind === 'incident.merged') ends.add(event.incidentId);
    }
    expect([...receivedAt.keys()].filter((id) => !ends.has(id))).toEqual([]);
    expect(isEnded('closed')).toBe(true);
  });

  test('lets every order end', () => {
    const ended = new Set(
      all('order.stage')
        .filter(({ event }) => !['accepted', 'enRoute', 'onScene'].includes(event.stage))
        .map(({ event }) => event.orderId),
    );
    expect([...orders.keys()].filter((id) => !ended.has(id))).toEqual([]);
  });
});

describe('incidents', () => {
  const received = all('incident.received');
  const perDay = received.length / week.length;

  test('number 260 to 340 a day', () => {
    for (const { events } of week) {
      const count = all('incident.received', events).length;
      expect(count).toBeGreaterThan(250);
      expect(count).toBeLessThan(350);
    }
    expect(perDay).toBeGreaterThan(270);
  });

  test('are of all categories, three in ten no police matter, of which 42.88 % are handed on', () => {
    const byCategory = Map.groupBy(received, ({ event }) => event.category);
    expect(byCategory.size).toBe(8);
    const nonPolice = byCategory.get('nonPolice')?.length ?? 0;
    expect(share(nonPolice, received.length)).toBeGreaterThan(0.25);
    expect(share(nonPolice, received.length)).toBeLessThan(0.35);
    const diverted = share(all('incident.diverted').length, nonPolice);
    expect(diverted).toBeGreaterThan(0.36);
    expect(diverted).toBeLessThan(0.5);
  });

  test('have priorities of about 2, 10, 48 and 40 per cent', () => {
    const of = (priority: number): number =>
      share(received.filter(({ event }) => event.priority === priority).length, received.length);
    expect(of(1)).toBeCloseTo(0.02, 1);
    expect(of(2)).toBeCloseTo(0.1, 1);
    expect(Math.abs(of(3) - 0.48)).toBeLessThan(0.04);
    expect(Math.abs(of(4) - 0.4)).toBeLessThan(0.04);
  });

  test('are most in the evening, on the roads at the rush hours, frauds in office hours', () => {
    const between = (from: number, to: number, category?: string): number =>
      received.filter(({ at, event }) => {
        const hour = calendar.hourOf(at);
        return hour >= from && hour < to && (category === undefined || event.category === category);
      }).length /
      (to - from);
    expect(between(19, 22)).toBeGreaterThan(2.5 * between(1, 5));
    expect(between(19, 21)).toBeGreaterThan(1.2 * between(10, 16));
    expect(between(7, 9, 'traffic')).toBeGreaterThan(1.3 * between(10, 16, 'traffic'));
    // 2.3 times as many by the hours' weights; eight days hold some 140 frauds, so chance moves it by a fifth.
    expect(between(8, 18, 'fraud')).toBeGreaterThan(1.5 * between(18, 24, 'fraud'));
  });

  test('lie in the city and are told in words', () => {
    const [west = 0, south = 0, east = 0, north = 0] = life.pack.city.bounds;
    for (const { event } of received) {
      expect(event.lng > west && event.lng < east && event.lat > south && event.lat < north).toBe(true);
      // 芦浦 is a whole name.
      expect(event.place.length).toBeGreaterThanOrEqual(2);
      expect(event.gridId).toBeDefined();
    }
    expect(new Set(received.map(({ event }) => event.place)).size).toBeGreaterThan(received.length * 0.8);
  });
});

describe('a response', () => {
  const stages = all('order.stage');
  const reached = (stage: string, kind: string): number =>
    stages.filter(({ event }) => event.stage === stage && orders.get(event.orderId)?.kind === kind).length;
  const asked = [...orders.values()].filter(({ kind }) => kind === 'volunteer').length;

  test('comes from 17 to 47 % of the volunteers asked; many never open the offer', () => {
    const accepted = share(reached('accepted', 'volunteer'), asked);
    expect(accepted).toBeGreaterThan(0.17);
    expect(accepted + share(reached('declined', 'volunteer'), asked)).toBeLessThan(0.47);
    expect(share(reached('expired', 'volunteer'), asked)).toBeGreaterThan(0.35);
  });

  test('expires after a minute', () => {
    const expired = stages.filter(({ event }) => event.stage === 'expired');
    expect(expired.length).toBeGreaterThan(500);
    const waited = expired.map(({ at, event }) => at - (orders.get(event.orderId)?.at ?? 0));
    expect(waited.filter((ms) => Math.abs(ms - 60_000) > 1)).toEqual([]);
  });

  test('is not brought to its end by three in ten who set out, half of them because somebody is there', () => {
    const first = new Map<string, number>();
    let released = 0;
    let afterArrival = 0;
    for (const { at, event } of stages) {
      const order = orders.get(event.orderId);
      if (order === undefined) continue;
      if (event.stage === 'onScene' && !first.has(order.incidentId)) first.set(order.incidentId, at);
      if (event.stage !== 'released' || order.kind !== 'volunteer') continue;
      released += 1;
      if ((first.get(order.incidentId) ?? Infinity) < at) afterArrival += 1;
    }
    expect(share(released, reached('enRoute', 'volunteer'))).toBeGreaterThan(0.22);
    expect(share(released, reached('enRoute', 'volunteer'))).toBeLessThan(0.4);
    expect(share(afterArrival, released)).toBeGreaterThan(0.4);
    expect(share(afterArrival, released)).toBeLessThan(0.68);
  });

  test('on foot goes at 1.8 to 2.3 metres a second', () => {
    const speeds = week.flatMap(({ events, stretches }) => {
      const onTheSpot = new Map(
        all('order.stage', events).flatMap(({ at, event }) =>
          event.stage === 'onScene' ? [[event.orderId, at] as const] : [],
        ),
      );
      return all('order.stage', events).flatMap(({ at, event }) => {
        const order = orders.get(event.orderId);
        const until = onTheSpot.get(event.orderId);
        if (event.stage !== 'enRoute' || order === undefined || until === undefined) return [];
        const walker = stretches.find(
          ({ person, from, to }) => person.id === order.responderId && from <= at && to > at,
        );
        if (walker?.person.kind !== 'volunteer' || walker.person.vehicle !== 'none') return [];
        return [metresWalked(walker, at, until) / ((until - at) / 1_000)];
      });
    });
    expect(speeds.length).toBeGreaterThan(100);
    expect(Math.min(...speeds)).toBeGreaterThan(1.75);
    expect(Math.max(...speeds)).toBeLessThan(2.31);
  });

  test('of a guard takes 12 to 40 seconds', () => {
    const seconds = stages
      .filter(({ event }) => event.stage === 'onScene' && orders.get(event.orderId)?.kind === 'sentry')
      .map(({ at, event }) => {
        const incidentId = orders.get(event.orderId)?.incidentId;
        return (at - (incidentId === undefined ? 0 : (receivedAt.get(incidentId) ?? 0))) / 1_000;
      });
    expect(seconds.length).toBeGreaterThan(40);
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(12);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(40);
  });

  test('reaches nearly every urgent incident', () => {
    const there = new Set(
      stages
        .filter(({ event }) => event.stage === 'onScene')
        .map(({ event }) => orders.get(event.orderId)?.incidentId),
    );
    const gone = new Set(
      told.flatMap(({ event }) =>
        event.kind === 'incident.cancelled' || event.kind === 'incident.merged' ? [event.incidentId] : [],
      ),
    );
    const urgent = all('incident.received').filter(
      ({ event }) => event.priority <= 2 && event.category !== 'fraud' && !gone.has(event.incidentId),
    );
    const alone = urgent.filter(({ event }) => !there.has(event.incidentId));
    expect(share(alone.length, urgent.length)).toBeLessThan(0.02);
  });
});

describe('people', () => {
  const onDutyAt = (day: number, hour: number): number => {
    const at = calendar.atHour(day, hour);
    const lived = week.find((each) => each.day === calendar.dayOf(at));
    return lived?.stretches.filter(({ from, to }) => from <= at && to > at).length ?? 0;
  };

  test('are 122 teams of 2,568 with guards, officers and grid workers, each with a call sign of its own', () => {
    const volunteers = life.people.filter(({ kind }) => kind === 'volunteer');
    expect(volunteers.length).toBe(2_568);
    expect(new Set(volunteers.map(({ teamId }) => teamId)).size).toBe(122);
    expect(new Set(life.people.map(({ callSign }) => callSign)).size).toBe(life.people.length);
    expect(new Set(life.people.map(({ id }) => id)).size).toBe(life.people.length);
    expect(life.people.every(({ callSign }) => callSign.length <= 40)).toBe(true);
  });

  test('on duty are 700 to 900 in the evening and about 250 at night', () => {
    for (const { day } of week.slice(0, 7)) {
      expect(onDutyAt(day, 20)).toBeGreaterThan(680);
      expect(onDutyAt(day, 20)).toBeLessThan(920);
      expect(onDutyAt(day, 26.5)).toBeGreaterThan(200);
      expect(onDutyAt(day, 26.5)).toBeLessThan(320);
    }
  });

  test('hold every post at every hour', () => {
    for (const hour of [5, 9, 15.9, 16.1, 22, 24.1]) {
      const at = calendar.atHour(firstDay + 2, hour);
      const held = new Set(
        week[2]?.stretches
          .filter(({ from, to, person }) => person.postId !== undefined && from <= at && to > at)
          .map(({ person }) => person.postId),
      );
      expect(held.size).toBe(life.pack.city.posts.length);
    }
  });

  test('keep the shifts that the pack says of their post: come a little sooner and leave a little later', () => {
    const shiftsOf = new Map(life.pack.city.posts.map(({ id, shifts = [] }) => [id, shifts]));
    const clock = (at: number): string => calendar.nameOf(at).time;
    const strange = week[2]?.stretches.filter(
      ({ duty: { from, to }, person: { postId } }) =>
        postId !== undefined &&
        !shiftsOf.get(postId)?.some((shift) => {
          const [begins, ends] = shift.split('-').map((time) => `${time.replace(':', '')}00`);
          // Nine minutes at most on either side, so that the minute named is the shift's to the quarter of an hour.
          const near = (at: number, least: number, most: number, named: string | undefined): boolean =>
            Array.from({ length: most - least + 1 }, (_, minutes) => clock(at + (least + minutes) * 60_000))
              .map((time) => `${time.slice(0, 4)}00`)
              .includes(named ?? '');
          return near(from, 0, 9, begins) && near(to, -9, 0, ends);
        }),
    );
    expect(strange).toEqual([]);
  });

  test('never begin a duty before the last one ended', () => {
    const onDuty = new Set<string>();
    const twice: LifeEvent[] = [];
    for (const item of told) {
      const { event } = item;
      if (event.kind === 'responder.checkedOut') onDuty.delete(event.responderId);
      else if (event.kind === 'responder.checkedIn') {
        if (onDuty.has(event.responderId)) twice.push(item);
        onDuty.add(event.responderId);
      }
    }
    expect(twice).toEqual([]);
  });
});

describe('everyday life', () => {
  const perDay = (kind: CityEvent['kind']): number =>
    told.filter(({ event }) => event.kind === kind).length / week.length;

  test('goes on at its usual rates', () => {
    expect(perDay('hazard.found')).toBeGreaterThan(22);
    expect(perDay('hazard.found')).toBeLessThan(38);
    expect(perDay('service.completed')).toBeGreaterThan(400);
    expect(perDay('service.completed')).toBeLessThan(600);
    expect(perDay('dispute.settled')).toBeGreaterThan(1);
    expect(perDay('dispute.settled')).toBeLessThan(3.5);
    expect(new Set(all('service.completed').map(({ event }) => event.serviceCode)).size).toBeLessThanOrEqual(
      114,
    );
  });

  test('tells risk every quarter of an hour, of all grids at first, from 0 to 100, without jumps', () => {
    const risks = all('grid.risk', week[1]?.events ?? []);
    expect(risks.length).toBeGreaterThan(90);
    expect(risks[0]?.event.risks.length).toBe(life.pack.grids.length);
    const levels = risks.flatMap(({ event }) => event.risks.map(({ level }) => level));
    expect(Math.max(...levels)).toBeGreaterThan(45);
    expect(Math.min(...levels)).toBeLessThan(8);
    const last = new Map<string, number>();
    let jumps = 0;
    for (const { event } of risks)
      for (const { gridId, level } of event.risks) {
        if (Math.abs(level - (last.get(gridId) ?? level)) > 45) jumps += 1;
        last.set(gridId, level);
      }
    expect(jumps).toBe(0);
  });
});
