import { expect, it } from 'vitest';
import { daysBefore, heatAddress, monthOf, weekdayOf } from './heat-address.ts';

it('all Friday evenings of four weeks are asked for by their weekday and hours', () => {
  const to = '2026-11-20';
  expect(weekdayOf(to)).toBe(5);
  expect(weekdayOf('2026-11-22')).toBe(7);
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  expect(heatAddress({ from: daysBefore(to, 28), to, weekday: 5, firstHour: 18, lastHour: 1 })).toBe(
    '/api/history/heat?from=2026-10-23&to=2026-11-20&hours=18-1&weekday=5',
  );
});

it('the month of a day goes from its first to its last day', () => {
  expect(monthOf('2026-11-27')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
  expect(monthOf('2028-02-05')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(monthOf('2026-12-31')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
});
