import { describe, expect, it } from 'vitest';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { Outcomes } from './outcomes.ts';

const DAY_MS = 86_400_000;
const at = (seconds: number, event: object): EventRecord =>
  ({ type: 'event', at: epochMs(seconds * 1_000), event }) as unknown as EventRecord;
const received = (seconds: number, incidentId: string, priority = 2): EventRecord =>
  at(seconds, { kind: 'incident.received', incidentId, priority, lng: 120, lat: 27, precinctId: 'P' });

function told(records: readonly EventRecord[]): Outcomes {
  const outcomes = new Outcomes();
  for (const record of records) outcomes.take(record);
  return outcomes;
}
const all = (outcomes: Outcomes) => outcomes.between(epochMs(0), epochMs(1e15));

describe('the outcome of an incident', () => {
  it('is the first offer, acceptance and arrival, by its orders or by its own stages, in whatever order they are told', () => {
    const outcomes = told([
      received(100, 'I'),
      at(104, { kind: 'order.offered', orderId: 'A', incidentId: 'I' }),
      at(102, { kind: 'order.offered', orderId: 'B', incidentId: 'I' }),
      at(110, { kind: 'order.stage', orderId: 'A', stage: 'declined' }),
      at(112, { kind: 'order.stage', orderId: 'B', stage: 'enRoute' }),
      at(140, { kind: 'incident.stage', incidentId: 'I', stage: 'onScene' }),
      at(130, { kind: 'order.stage', orderId: 'B', stage: 'onScene' }),
    ]);
    expect(all(outcomes)).toMatchObject([
      { incidentId: 'I', firstOfferedAt: 102_000, firstAcceptedAt: 112_000, arrivedAt: 130_000 },
    ]);
  });

  it('does not count where nobody was to come, or was called off before', () => {
    const outcomes = told([
      received(1, 'request', 4),
      received(2, 'diverted'),
      at(3, { kind: 'incident.diverted', incidentId: 'diverted' }),
      received(4, 'calledOffOnTheSpot'),
      at(9, { kind: 'incident.stage', incidentId: 'calledOffOnTheSpot', stage: 'onScene' }),
      at(10, { kind: 'incident.cancelled', incidentId: 'calledOffOnTheSpot' }),
    ]);
    expect(all(outcomes).map(({ incidentId }) => incidentId)).toEqual(['calledOffOnTheSpot']);
  });

  it('is forgotten after 400 days', () => {
    const outcomes = told([
      received(0, 'old'),
      received(1, 'kept'),
      received((400 * DAY_MS) / 1_000 + 1, 'new'),
    ]);
    expect(all(outcomes).map(({ incidentId }) => incidentId)).toEqual(['kept', 'new']);
  });
});
