import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import {
  precinctCount,
  PRECINCT_COUNTERS,
  type PrecinctCounter,
} from '@maplewall/shared/domain/precinct-counts.ts';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, seqNo } from '@maplewall/shared/domain/units.ts';
import { HOUR_COUNTER_INDEX, type HourCounter } from '@maplewall/shared/world/hour-counts.ts';
import { arbitraryRecords } from '@maplewall/shared/world/records.arbitrary.ts';
import { HourFold } from './hour-fold.ts';
import { PrecinctFold } from './precinct-fold.ts';

const areas = {
  timeZone: 'Asia/Shanghai',
  precinctOfGrid: new Map([
    ['G-01', 'north'],
    ['G-02', 'south'],
  ]),
  precinctOfStation: new Map([['S-1', 'north']]),
};
/** 2026-11-23 20:00 in Longgang. */
const EVENING = 1_795_435_200_000;
const DAY = '2026-11-23';

/** Folds events, given as seconds after EVENING. */
function folded(events: readonly (readonly [seconds: number, event: object])[]): PrecinctFold {
  const precincts = new PrecinctFold(areas);
  const hours = new HourFold(precincts);
  for (const [index, [seconds, event]] of events.entries())
    hours.take({
      type: 'event',
      seq: seqNo(index + 1),
      at: epochMs(EVENING + seconds * 1_000),
      receivedAt: epochMs(EVENING + seconds * 1_000),
      source: '110',
      mode: 'Test',
      key: String(index),
      event: event as CityEvent,
    } as EventRecord);
  return precincts;
}

const received = (incidentId: string, more: object = {}) => ({
  kind: 'incident.received',
  incidentId,
  category: 'publicOrder',
  priority: 2,
  lng: 120.5,
  lat: 27.5,
  place: '',
  ...more,
});
const onScene = (incidentId: string) => ({ kind: 'incident.stage', incidentId, stage: 'onScene' });

describe('counts by precinct and day', () => {
  it('go to the precinct that an incident names, else to that of its grid, else to nobody', () => {
    const days = folded([
      [0, received('a', { precinctId: 'east', gridId: 'G-01' })],
      [1, received('b', { gridId: 'G-01' })],
      [2, received('c', { gridId: 'G-99' })],
      [3, received('d')],
    ]).changed();
    const row = days.get(DAY) ?? {};
    expect(Object.keys(row).toSorted()).toEqual(['', 'east', 'north']);
    expect(precinctCount(row[''], 'received')).toBe(2);
    expect(precinctCount(row['east'], 'received')).toBe(1);
    expect(precinctCount(row['north'], 'received')).toBe(1);
  });

  it('count an arrival once, within each limit that it kept', () => {
    const days = folded([
      [0, received('a', { gridId: 'G-01' })],
      [30, onScene('a')],
      [31, onScene('a')],
      [40, received('b', { gridId: 'G-01' })],
      [101, onScene('b')],
    ]).changed();
    const row = days.get(DAY)?.['north'];
    expect(
      ['arrived', 'arrived.30', 'arrived.60', 'arrived.180'].map((n) =>
        precinctCount(row, n as PrecinctCounter),
      ),
    ).toEqual([2, 1, 1, 2]);
  });

  it('count what follows on the day of what it follows from, by the calendar of the city', () => {
    const hours = 3_600;
    const days = folded([
      [
        3 * hours,
        {
          kind: 'hazard.found',
          hazardId: 'h',
          gridId: 'G-02',
          hazardType: '',
          lng: 1,
          lat: 1,
          dueAt: EVENING + 24 * hours * 1_000,
        },
      ],
      [3.5 * hours, received('late', { gridId: 'G-02' })],
      [3.9 * hours, { kind: 'request.received', requestId: 'r', gridId: 'G-02' }],
      [4.1 * hours, onScene('late')],
      [5 * hours, { kind: 'request.settled', requestId: 'r' }],
      [23 * hours, { kind: 'hazard.resolved', hazardId: 'h' }],
    ]).changed();
    expect([...days.keys()]).toEqual([DAY]);
    const row = days.get(DAY)?.['south'];
    for (const name of ['arrived', 'hazard.putRight', 'hazard.inTime', 'request.settled'] as const)
      expect({ name, count: precinctCount(row, name) }).toEqual({ name, count: 1 });
  });

  it('count a non-police incident as diverted only while it is', () => {
    const nonPolice = received('n', { category: 'nonPolice', gridId: 'G-01' });
    const divert = { kind: 'incident.diverted', incidentId: 'n', platform: 'governance' };
    const reopen = { kind: 'incident.reopened', incidentId: 'n' };
    const close = { kind: 'incident.stage', incidentId: 'n', stage: 'closed' };
    const diverted = (events: readonly object[]): number =>
      precinctCount(
        folded(events.map((event, i) => [i, event]))
          .changed()
          .get(DAY)?.['north'],
        'nonPolice.diverted',
      );
    expect(diverted([nonPolice, divert, divert, close])).toBe(1);
    expect(diverted([nonPolice, divert, close, reopen])).toBe(0);
    expect(diverted([nonPolice, divert, close, reopen, divert])).toBe(1);
  });

  it('put a service to the precinct of its station', () => {
    const done = { kind: 'service.completed', stationId: 'S-1', serviceCode: 'id', durationSeconds: 200 };
    expect(
      precinctCount(
        folded([[0, done]])
          .changed()
          .get(DAY)?.['north'],
        'service',
      ),
    ).toBe(1);
  });
});

/** Counters of both that count the same things, if on other days. */
const SAME: readonly (readonly [PrecinctCounter, readonly HourCounter[]])[] = [
  ['received', ['received']],
  ['nonPolice', ['category.nonPolice']],
  ['dispute.reported', ['category.dispute']],
  ['dispute.settled', ['dispute']],
  ['hazard.found', ['hazard.found']],
  ['hazard.putRight', ['hazard.resolved']],
  ['service', ['service']],
  ['request.received', ['request.received']],
  ['arrived', [...HOUR_COUNTER_INDEX.keys()].filter((name) => name.startsWith('arrival.'))],
];

describe('whatever happens', () => {
  it('precincts and days add up to what the hours say, and no share is above one', () => {
    fc.assert(
      fc.property(arbitraryRecords(), (records) => {
        const precincts = new PrecinctFold(areas);
        const fold = new HourFold(precincts);
        const hours = new Map<number, readonly number[]>();
        const events = records.filter((record) => record.type === 'event');
        for (const record of events.toSorted((a, b) => a.at - b.at || a.seq - b.seq)) {
          fold.take(record);
          for (const [hour, { counts }] of fold.changed()) hours.set(hour, counts);
        }
        const rows = [...precincts.changed().values()].flatMap((day) => Object.values(day));
        for (const [ours, theirs] of SAME) {
          const inHours = [...hours.values()]
            .flatMap((counts) => theirs.map((name) => counts[HOUR_COUNTER_INDEX.get(name) ?? 0] ?? 0))
            .reduce((a, b) => a + b, 0);
          const inDays = rows.reduce((sum, row) => sum + precinctCount(row, ours), 0);
          expect({ ours, count: inDays }).toEqual({ ours, count: inHours });
        }
        for (const row of rows) {
          expect(row).toHaveLength(PRECINCT_COUNTERS.length);
          for (const [part, whole] of [
            ['arrived.30', 'arrived.60'],
            ['arrived.60', 'arrived.180'],
            ['arrived.180', 'arrived'],
            ['arrived', 'received'],
            ['nonPolice.diverted', 'nonPolice'],
            ['hazard.inTime', 'hazard.putRight'],
            ['hazard.putRight', 'hazard.found'],
            ['request.settled', 'request.received'],
          ] as const) {
            expect(precinctCount(row, part)).toBeGreaterThanOrEqual(0);
            expect(precinctCount(row, part)).toBeLessThanOrEqual(precinctCount(row, whole));
          }
        }
      }),
      { seed: 20_261_123, numRuns: 150 },
    );
  });
});
