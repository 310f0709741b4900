import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { localDay, localDayOf, minuteName, minuteNameIn, momentOf } from './local-day.ts';

const MINUTE = 60_000;
/** Zones whose clocks change at midnight, by half an hour, at odd offsets, or never. */
const ZONES = [
  'Asia/Shanghai',
  'America/Los_Angeles',
  'Europe/Berlin',
  'America/Havana',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
  'UTC',
] as const;
const moment = fc
  .integer({ min: Date.UTC(2000, 0, 1) / MINUTE, max: Date.UTC(2060, 0, 1) / MINUTE })
  .map((minute) => epochMs(minute * MINUTE));

describe('a day of the calendar', () => {
  it('holds each of its minutes under one name, by which it is found again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moment, (zone, at) => {
        const day = localDayOf(at, zone);
        expect(day.startsAt <= at && at < day.endsAt).toBe(true);
        expect(localDay(day.day, zone)).toEqual(day);
        expect(momentOf(day, minuteName(at, zone), zone)).toBe(at);
        expect(minuteNameIn(day, at, zone)).toBe(minuteName(at, zone));
      }),
      { seed: 20_261_128, numRuns: 2_000 },
    );
  });

  it.each([
    ['America/Los_Angeles', '2026-03-08', 23],
    ['America/Los_Angeles', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Africa/Cairo', '2026-04-24', 23],
    ['America/Havana', '2026-11-01', 25],
  ])('%s %s has %d hours, each minute with a name of its own', (zone, name, hours) => {
    const day = localDay(name, zone);
    if (day === undefined) throw new Error('there is no such day');
    const minutes = (day.endsAt - day.startsAt) / MINUTE;
    expect(minutes).toBe(hours * 60);
    const names = Array.from({ length: minutes }, (_, minute) =>
      minuteName(epochMs(day.startsAt + minute * MINUTE), zone),
    );
    expect(new Set(names).size).toBe(minutes);
    for (const [minute, each] of names.entries())
      expect(momentOf(day, each, zone)).toBe(day.startsAt + minute * MINUTE);
  });

  it('is none where the calendar has none', () => {
    for (const name of [
      '2026-02-30',
      '2026-13-01',
      '2026-1-1',
      '20261123',
      '2026-11-23T00:00',
      '',
      '٢٠٢٦-11-23',
    ])
      expect(localDay(name, 'Asia/Shanghai')).toBeUndefined();
    // Samoa went from the 29th to the 31st.
    expect(localDay('2011-12-30', 'Pacific/Apia')).toBeUndefined();
    const day = localDay('2026-03-08', 'America/Los_Angeles');
    for (const name of ['02:30', '24:00', '1:00', '01:00+1', '01:60', 'noon', ''])
      expect(day && momentOf(day, name, 'America/Los_Angeles')).toBeUndefined();
  });
});
