import { describe, expect, it } from 'vitest';
import type { EventRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { AcceptTimes } from './accept-times.ts';

const record = (at: number, event: object): EventRecord =>
  ({ type: 'event', at: epochMs(at), event }) as unknown as EventRecord;

/** Orders offered every minute, the n-th of them answered after `seconds(n)`. */
function told(count: number, seconds: (order: number) => number, stage = 'accepted'): EventRecord[] {
  return Array.from({ length: count }, (_, order) => [
    record(order * 60_000, { kind: 'order.offered', orderId: `O${order}` }),
    record(order * 60_000 + seconds(order) * 1_000, { kind: 'order.stage', orderId: `O${order}`, stage }),
  ]).flat();
}

const taken = (records: readonly EventRecord[]): AcceptTimes => {
  const times = new AcceptTimes();
  for (const one of records) times.take(one);
  return times;
};

describe('the time until somebody accepts', () => {
  it('is five seconds until twenty have, and their median from then on', () => {
    const times = taken(told(30, (order) => (order < 20 ? 10 + order : 50)));
    expect(times.medianAt(epochMs(18 * 60_000))).toBe(5);
    expect(times.medianAt(epochMs(20 * 60_000))).toBe(20);
  });

  it('is that of the last two hundred before the moment, in whatever order they came', () => {
    const records = told(400, (order) => (order < 200 ? 8 : 12));
    for (const times of [
      taken(records),
      taken(
        records
          .toReversed()
          .toSorted((a, b) =>
            a.event.kind === b.event.kind ? 0 : a.event.kind === 'order.offered' ? -1 : 1,
          ),
      ),
    ]) {
      expect(times.medianAt(epochMs(200 * 60_000 - 1))).toBe(8);
      expect(times.medianAt(epochMs(400 * 60_000))).toBe(12);
    }
  });

  it('counts no order that was declined or ran out', () => {
    expect(taken(told(40, () => 30, 'declined')).medianAt(epochMs(99 * 60_000))).toBe(5);
  });
});
