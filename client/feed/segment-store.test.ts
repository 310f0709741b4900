import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import type { MinuteRef } from './history-index.ts';
import { settle } from './manual-timer.ts';
import type { LoadedSegment } from './open-segment.ts';
import { SegmentStore } from './segment-store.ts';

const MINUTE_BYTES = 1_000;
const minute = (count: number): MinuteRef => ({
  day: '2026-11-22',
  minute: String(count),
  startsAt: epochMs(count * 60_000),
  endsAt: epochMs((count + 1) * 60_000),
  version: 'a',
});

function storeOf(keptBytes: number, outcome = (): Result<LoadedSegment> => ok(aMinute())) {
  const asked: string[] = [];
  const source = {
    days: () => Promise.reject(new Error('not asked')),
    day: () => Promise.reject(new Error('not asked')),
    segment: (ref: MinuteRef) => {
      asked.push(ref.minute);
      return Promise.resolve(outcome());
    },
  };
  return { store: new SegmentStore(source, () => undefined, keptBytes), asked };
}
const aMinute = (): LoadedSegment => ({ keyframe: new Uint8Array(MINUTE_BYTES), frames: [] });

describe('the minutes that are kept', () => {
  it('take so much memory and no more over a whole day, and each is fetched once when it is played in order', async () => {
    const { store, asked } = storeOf(10 * MINUTE_BYTES);
    for (let playing = 0; playing < 1_440; playing += 1) {
      let room = store.roomAhead;
      for (let ahead = playing; ahead < playing + 24 && room > 0; ahead += 1)
        room -= store.want(minute(ahead));
      await settle();
      expect(store.get(minute(playing))).toBeDefined();
      expect(store.bytes).toBeLessThanOrEqual(10 * MINUTE_BYTES);
    }
    expect(asked).toEqual([...new Set(asked)]);
  });

  it('are those used last, and one that is larger than all the room is kept while it is the newest', async () => {
    const { store } = storeOf(2 * MINUTE_BYTES);
    for (const count of [1, 2]) store.want(minute(count));
    await settle();
    store.get(minute(1));
    store.want(minute(3));
    await settle();
    expect([1, 2, 3].map((count) => store.get(minute(count)) !== undefined)).toEqual([true, false, true]);
    const { store: small } = storeOf(1);
    small.want(minute(1));
    await settle();
    expect(small.get(minute(1))).toBeDefined();
  });

  it('are not asked for again after a fault until that is forgotten', async () => {
    const { store, asked } = storeOf(1, () => fail('server.unavailable'));
    store.want(minute(1));
    await settle();
    store.want(minute(1));
    expect(store.faultOf(minute(1))).toMatchObject({ code: 'server.unavailable' });
    expect(asked).toHaveLength(1);
    store.forgetFaults();
    store.want(minute(1));
    expect(asked).toHaveLength(2);
  });
});
