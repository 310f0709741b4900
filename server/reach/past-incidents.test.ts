import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { PastIncidents } from './past-incidents.ts';

const DAY_MS = 86_400_000;
const received = (incidentId: string, at: number, lng: number, lat: number, priority = 2): EventRecord =>
  ({ at, event: { kind: 'incident.received', incidentId, priority, lng, lat } }) as unknown as EventRecord;

it('the year before a moment has neither what was later nor what was more than a year before', () => {
  const past = new PastIncidents();
  for (const day of [0, 100, 364, 400, 465]) past.take(received(`on ${day}`, day * DAY_MS, 120.5, 27.5));
  past.take(received('asked', 200 * DAY_MS, 120.5, 27.5, 4));
  const on = (day: number): number =>
    past
      .yearBefore(epochMs(day * DAY_MS))
      .spots()
      .reduce((sum, { incidents }) => sum + incidents, 0);
  expect([0, 1, 365, 366, 466, 900].map(on)).toEqual([0, 1, 3, 2, 3, 0]);
  expect(past.latest()).toEqual([{ lng: 120.5, lat: 27.5, incidents: 3 }]);
});

it('its key changes with its incidents, and not with those of other times', () => {
  const past = new PastIncidents();
  past.take(received('a', 10, 120.5, 27.5));
  const { key } = past.yearBefore(epochMs(100));
  past.take(received('later', 200, 120.5, 27.5));
  past.take(received('a', 10, 120.5, 27.5));
  expect(past.yearBefore(epochMs(100)).key).toBe(key);
  past.take(received('late', 50, 120.5, 27.5));
  expect(past.yearBefore(epochMs(100)).key).not.toBe(key);
});

it('a spot is within six metres of its incidents, wherever on Earth they are', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
      (lng, lat) => {
        const past = new PastIncidents();
        past.take(received('a', 0, lng, lat));
        const [spot] = past.latest();
        expect(Math.abs((spot?.lng ?? 999) - lng)).toBeLessThan(0.000_056);
        expect(Math.abs((spot?.lat ?? 999) - lat)).toBeLessThan(0.000_056);
      },
    ),
  );
});
