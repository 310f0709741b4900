import { describe, expect, it } from 'vitest';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { OrderTracks } from './order-tracks.ts';

const at = (seconds: number, event: object): EventRecord =>
  ({ type: 'event', at: epochMs(seconds * 1_000), event }) as unknown as EventRecord;
const checkedIn = (responderId: string, responderKind: string): EventRecord =>
  at(0, { kind: 'responder.checkedIn', responderId, responderKind });
const offered = (seconds: number, orderId: string, incidentId: string, responderId: string): EventRecord =>
  at(seconds, { kind: 'order.offered', orderId, incidentId, responderId });
const stage = (seconds: number, orderId: string, name: string): EventRecord =>
  at(seconds, { kind: 'order.stage', orderId, stage: name });

function told(records: readonly EventRecord[]): OrderTracks {
  const tracks = new OrderTracks();
  for (const record of records) tracks.take(record);
  return tracks;
}
const I = 'I' as IncidentId;

describe('the tracks of orders', () => {
  it('tell who was asked when, what they answered and when they were there, whatever was reported of it', () => {
    const tracks = told([
      checkedIn('V', 'volunteer'),
      checkedIn('P', 'officer'),
      offered(12, 'b', 'I', 'P'),
      offered(10, 'a', 'I', 'V'),
      offered(11, 'c', 'I', 'nobody who ever checked in'),
      stage(30, 'a', 'expired'),
      stage(31, 'a', 'accepted'),
      stage(25, 'b', 'enRoute'),
      stage(60, 'b', 'onScene'),
      stage(90, 'b', 'done'),
    ]);
    expect(tracks.of(I)).toMatchObject([
      { responderId: 'V', mode: 'walk', offeredAt: 10_000, acceptedAt: undefined, refusedAt: 30_000 },
      { responderId: 'P', mode: 'car', offeredAt: 12_000, acceptedAt: 25_000, arrivedAt: 60_000 },
    ]);
  });

  it('are looked back on from a moment, the newest first', () => {
    const tracks = told([
      checkedIn('V', 'volunteer'),
      ...[10, 20, 30, 40].map((seconds) => offered(seconds, `o${seconds}`, `I${seconds}`, 'V')),
    ]);
    expect(tracks.before(epochMs(40_000), 2).map(({ offeredAt }) => offeredAt)).toEqual([30_000, 20_000]);
  });
});
