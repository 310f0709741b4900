import { describe, expect, it } from 'vitest';
import { PRECINCT_COUNTERS, type PrecinctCounter } from '@maplewall/shared/domain/precinct-counts.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { HistoryDay, HistoryDays } from '@maplewall/shared/wire/history.ts';
import { HOUR_COUNTERS, type HourCounter } from '@maplewall/shared/world/hour-counts.ts';
import { daysFrom, monthsBefore } from './calendar.ts';
import {
  daysWithRecords,
  everCounted,
  ghostDay,
  lastWeekUntil,
  monthCounts,
  precinctTotals,
  shareOfAll,
} from './history-figures.ts';

/** A day with so many incidents in every hour. */
function dayWith(day: string, perHour: number, minutesWithRecords = 1_440): HistoryDay {
  const startsAt = Date.parse(`${day}T00:00:00+08:00`);
  return {
    day,
    startsAt: epochMs(startsAt),
    endsAt: epochMs(startsAt + 86_400_000),
    minutesWithRecords,
    minutesSealed: 0,
    hours: Array.from({ length: 24 }, () => HOUR_COUNTERS.map((name) => (name === 'received' ? perHour : 0))),
  };
}
const historyOf = (days: readonly HistoryDay[]): HistoryDays => ({
  timeZone: 'Asia/Shanghai',
  days,
  filling: null,
});
const today = Object.fromEntries(HOUR_COUNTERS.map((name) => [name, name === 'received' ? 7 : 0])) as Record<
  HourCounter,
  number
>;

describe('the calendar', () => {
  it.each([
    ['2026-11-24', 1, '2026-10-24'],
    ['2026-03-31', 1, '2026-02-28'],
    ['2026-01-15', 1, '2025-12-15'],
    ['2028-02-29', 12, '2027-02-28'],
    ['2026-11-24', 12, '2025-11-24'],
  ])('%s less %i months is %s', (day, months, before) => {
    expect(monthsBefore(day, months)).toBe(before);
  });

  it('counts days over the end of a month, and none backwards', () => {
    expect(daysFrom('2026-02-27', '2026-03-02')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    expect(daysFrom('2026-03-01', '2026-02-28')).toEqual([]);
  });
});

describe('the ghost day', () => {
  const mondays = ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'];
  const held = (counts: readonly number[]): HistoryDays =>
    historyOf([
      dayWith('2026-10-25', 99),
      ...counts.map((count, index) => dayWith(mondays[index] ?? '', count)),
      dayWith('2026-11-17', 99),
    ]);

  it('is the median of the same weekday of four weeks, with the band from 10 to 90 per cent', () => {
    const ghost = ghostDay(held([2, 4, 6, 12]), '2026-11-23');
    expect(ghost?.days).toBe(4);
    expect(ghost?.median[21]).toBe(5);
    expect(ghost?.low[21]).toBeCloseTo(2.6);
    expect(ghost?.high[21]).toBeCloseTo(10.2);
  });

  it('is not there with fewer than three such days', () => {
    expect(ghostDay(held([2, 4]), '2026-11-23')).toBeUndefined();
  });

  it('does not take a day without records, or the first of all, for a quiet one', () => {
    const days = mondays.map((day) => dayWith(day, 3));
    expect(ghostDay(historyOf(days), '2026-11-23')?.days).toBe(3);
    const idle = [
      dayWith('2026-10-25', 0),
      ...days.slice(0, 2),
      dayWith('2026-11-09', 0, 0),
      ...days.slice(3),
    ];
    expect(ghostDay(historyOf(idle), '2026-11-23')?.days).toBe(3);
  });
});

describe('last week', () => {
  it('counts up to the same hour, the last one in proportion', () => {
    const history = historyOf([dayWith('2026-11-15', 1), dayWith('2026-11-16', 4)]);
    expect(lastWeekUntil(history, '2026-11-23', 10.5, ['received'])).toEqual([42]);
    expect(lastWeekUntil(history, '2026-11-24', 10.5, ['received'])).toBeUndefined();
  });
});

describe('what was ever counted', () => {
  const history = historyOf([dayWith('2026-11-15', 0), dayWith('2026-11-16', 1), dayWith('2026-11-17', 0)]);
  const ever = (day: string, heard: readonly HourCounter[]) =>
    everCounted(['received', 'closed'], new Set(heard), history, day);

  it('is what the world counted, or a day before the one that is shown', () => {
    expect(ever('2026-11-16', ['closed'])).toBe(true);
    expect(ever('2026-11-20', ['service'])).toBe(true);
    expect(ever('2026-11-16', ['service'])).toBe(false);
  });

  it('is not known before history was read, unless the world knows it', () => {
    expect(everCounted(['received'], new Set(), undefined, '2026-11-20')).toBeUndefined();
    expect(everCounted(['received'], new Set(['received']), undefined, '2026-11-20')).toBe(true);
  });
});

describe('the days over which stations are compared', () => {
  it('are those with records, and no more of them than are held', () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-04', '2026-11-05'].map((day) => dayWith(day, 1));
    const history = historyOf([...days, dayWith('2026-11-06', 0, 0)]);
    expect(daysWithRecords(history, '2026-11-02', '2026-11-06')).toBe(3);
    expect(daysWithRecords(undefined, '2026-11-02', '2026-11-06')).toBe(0);
  });
});

describe('a month to date', () => {
  const run = (from: string, to: string, perHour: number): readonly HistoryDay[] =>
    daysFrom(from, to).map((day) => dayWith(day, perHour));
  const at = { day: '2026-11-03', hoursSinceMidnight: 12, today };

  it('is the days before and today so far, against the same days and hours of the month before', () => {
    const history = historyOf([...run('2026-09-30', '2026-10-31', 1), ...run('2026-11-01', '2026-11-02', 2)]);
    expect(monthCounts(history, at, ['received'], 1)).toEqual({
      from: '2026-11-01',
      held: 3,
      all: 3,
      counts: [2 * 48 + 7],
      before: [48 + 12],
    });
  });

  it('compares with nothing unless every day of the other month is held', () => {
    const history = historyOf([...run('2026-10-01', '2026-10-31', 1), ...run('2026-11-01', '2026-11-02', 2)]);
    expect(monthCounts(history, at, ['received'], 1)?.before).toBeUndefined();
    expect(monthCounts(history, at, ['received'], 12)?.before).toBeUndefined();
  });

  it('says from which day on it counts, where history began within the month', () => {
    const history = historyOf(run('2026-11-01', '2026-11-02', 2));
    expect(monthCounts(history, at, ['received'], 1)).toEqual({
      from: '2026-11-02',
      held: 2,
      all: 2,
      counts: [48 + 7],
      before: undefined,
    });
    expect(monthCounts(historyOf([]), at, ['received'], 1)?.from).toBe('2026-11-03');
  });

  it('says how many days of it are held, where some in the middle are not', () => {
    const history = historyOf([...run('2026-10-31', '2026-11-02', 2), dayWith('2026-11-06', 1)]);
    expect(monthCounts(history, { ...at, day: '2026-11-08' }, ['received'], 1)).toEqual({
      from: '2026-11-01',
      held: 4,
      all: 8,
      counts: [2 * 48 + 24 + 7],
      before: undefined,
    });
  });

  it("finds last year's month when it is held", () => {
    const history = historyOf([...run('2025-10-31', '2025-11-30', 3), ...run('2026-11-01', '2026-11-02', 2)]);
    expect(monthCounts(history, at, ['received'], 12)?.before).toEqual([3 * 48 + 36]);
  });
});

describe('totals by precinct', () => {
  const row = (counts: Partial<Record<PrecinctCounter, number>>): readonly number[] =>
    PRECINCT_COUNTERS.map((name) => counts[name] ?? 0);
  const precincts = {
    timeZone: 'Asia/Shanghai',
    days: [
      { day: '2026-11-01', precincts: { east: row({ nonPolice: 4, 'nonPolice.diverted': 1 }) } },
      {
        day: '2026-11-02',
        precincts: { east: row({ nonPolice: 6 }), '': row({ nonPolice: 10, 'nonPolice.diverted': 9 }) },
      },
      { day: '2026-11-03', precincts: { west: row({ nonPolice: 1 }) } },
    ],
  };

  it('are summed over the days asked for', () => {
    const totals = precinctTotals(precincts, '2026-11-01', '2026-11-02');
    expect([...(totals?.keys() ?? [])]).toEqual(['east', '']);
    expect(totals?.get('east')).toEqual(row({ nonPolice: 10, 'nonPolice.diverted': 1 }));
    expect(shareOfAll(totals ?? new Map(), 'nonPolice.diverted', 'nonPolice')).toEqual({ done: 10, all: 20 });
  });

  it('are unknown before they were read', () => {
    expect(precinctTotals(undefined, '2026-11-01', '2026-11-02')).toBeUndefined();
  });
});
