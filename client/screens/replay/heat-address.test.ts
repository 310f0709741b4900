import { expect, it } from 'vitest';
import { daysBefore, heatAddress, weekdayOf } from './heat-address.ts';

it('all Friday evenings of four weeks are asked for by their weekday and hours', () => {
  const to = '2026-11-20';
  expect(weekdayOf(to)).toBe(5);
  expect(weekdayOf('2026-11-22')).toBe(7);
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  expect(heatAddress({ from: daysBefore(to, 28), to, weekday: 5, firstHour: 18, lastHour: 1 })).toBe(
    '/api/history/heat?from=2026-10-23&to=2026-11-20&hours=18-1&weekday=5',
  );
});
