import { expect, it } from 'vitest';
import { isOn, postShiftOf } from './post-shift.ts';

it('reads shifts by day, over midnight and round the clock, and nothing else', () => {
  expect(postShiftOf('08:00-16:30')).toEqual({ from: 480, to: 990 });
  expect(postShiftOf('20:00-08:00')).toEqual({ from: 1_200, to: 480 });
  expect(postShiftOf('00:00-24:00')).toEqual({ from: 0, to: 1_440 });
  for (const text of [
    '',
    '8:00-16:00',
    '08:00–16:00',
    '08:60-16:00',
    '24:00-08:00',
    '08:00-24:01',
    '08:00-08:00',
  ])
    expect(postShiftOf(text)).toBeUndefined();
});

it('is on from its first minute to the one before its end', () => {
  const night = { from: 1_200, to: 480 };
  expect([1_199, 1_200, 0, 479, 480].map((minute) => isOn(night, minute))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  const allDay = { from: 0, to: 1_440 };
  expect([0, 1_439].map((minute) => isOn(allDay, minute))).toEqual([true, true]);
  expect([479, 480, 990].map((minute) => isOn({ from: 480, to: 990 }, minute))).toEqual([false, true, false]);
});
