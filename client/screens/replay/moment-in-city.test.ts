import { describe, expect, it } from 'vitest';
import { DateTimeFault, momentInCity } from './moment-in-city.ts';

describe('the moment of an address', () => {
  it("is the city's, not the browser's", () => {
    expect(momentInCity('2026-11-20', '20:41', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 20, 12, 41));
    expect(momentInCity('2020-04-10', '08:00:30', 'America/Los_Angeles')).toBe(
      Date.UTC(2020, 3, 10, 15, 0, 30),
    );
  });

  it('is right on both sides of a clock change', () => {
    expect(momentInCity('2026-11-01', '00:30', 'America/Los_Angeles')).toBe(Date.UTC(2026, 10, 1, 7, 30));
    expect(momentInCity('2026-11-01', '12:00', 'America/Los_Angeles')).toBe(Date.UTC(2026, 10, 1, 20, 0));
  });

  it.each([
    ['yesterday', '10:00'],
    ['2026-13-40', '10:00'],
    ['2026-11-20', '25:00'],
  ])('is a fault for %s %s', (day, time) => {
    expect(momentInCity(day, time, 'Asia/Shanghai')).toBeInstanceOf(DateTimeFault);
  });
});
