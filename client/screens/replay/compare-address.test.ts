import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import { compareAddress } from './compare-address.ts';

const HOUR_MS = 3_600_000;
const dayAt = (hours: number) => ({
  startsAt: (hours * HOUR_MS) as EpochMs,
  endsAt: ((hours + 24) * HOUR_MS) as EpochMs,
});
const asked = (now: number, own = dayAt(168), other = dayAt(0)) => {
  const query = new URLSearchParams(compareAddress(own, other, now as EpochMs).split('?')[1]);
  return [query.get('a'), query.get('b')].map((range) =>
    range?.split('/').map((at) => Date.parse(at) / HOUR_MS),
  );
};

it('two days that are over are compared as a whole, the other one first', () => {
  expect(asked(500 * HOUR_MS)).toEqual([
    [0, 24],
    [168, 192],
  ]);
});

it('a day that is not over is compared up to now, and the other up to the same time of its day', () => {
  expect(asked(178.5 * HOUR_MS)).toEqual([
    [0, 10.5],
    [168, 178.5],
  ]);
});

it('a whole day is compared with one that is not over up to the time of day that this has reached', () => {
  expect(asked(178.5 * HOUR_MS, dayAt(0), dayAt(168))).toEqual([
    [168, 178.5],
    [0, 10.5],
  ]);
});
