import { describe, expect, it } from 'vitest';
import { forecast } from './storage-forecast.ts';

const parts = {
  days: [
    { positions: 90, events: 10, history: 32, known: 8 },
    { positions: 70, events: 10, history: 12, known: 8 },
  ],
  coveragePerDay: 0,
  usedBytes: 1_000,
  roomBytes: 12_000,
  daysHeld: 10,
  daysThinned: 0,
  thinnedShare: 1,
  daysReplayed: 10,
  rules: {},
};

describe('the forecast of storage', () => {
  it('goes on as the days that were measured', () => {
    expect(forecast(parts)).toEqual({
      days: 2,
      positionsPerDay: 80,
      eventsPerDay: 10,
      historyPerDay: 22,
      knownPerDay: 8,
      coveragePerDay: 0,
      daysUntilFull: 100,
      bytesInAYear: 1_000 + 365 * 120,
      positionsAtMost: null,
    });
  });

  it('lets coverage grow for ever, whatever the rules are', () => {
    const rules = { keepPositionsDays: 10, keepSegmentsDays: 10 };
    expect(forecast({ ...parts, coveragePerDay: 30, rules })).toMatchObject({
      coveragePerDay: 30,
      daysUntilFull: 12_000 / 40,
      bytesInAYear: 1_000 + 365 * 40,
    });
  });

  it('lets positions grow only until as many days are held as are kept', () => {
    // Twenty more days of 120, then 40 a day.
    expect(forecast({ ...parts, rules: { keepPositionsDays: 30 } })).toMatchObject({
      daysUntilFull: 20 + (12_000 - 20 * 120) / 40,
      bytesInAYear: 1_000 + 20 * 120 + 345 * 40,
      positionsAtMost: 2_400,
    });
    expect(forecast({ ...parts, rules: { keepPositionsDays: 200 } })).toMatchObject({ daysUntilFull: 100 });
  });

  it('counts as room what is going to be taken out', () => {
    expect(forecast({ ...parts, rules: { keepPositionsDays: 3 } })).toMatchObject({
      daysUntilFull: (12_000 + 7 * 80) / 40,
      bytesInAYear: 1_000 - 7 * 80 + 365 * 40,
    });
  });

  it('lets thinned positions take their share, from the day on when they are thinned', () => {
    const thinPositions = { afterDays: 20, toSeconds: 30 };
    const thinned = { ...parts, thinnedShare: 0.25, rules: { thinPositions } };
    // Ten more days of 120, then 40 and a quarter of 80 a day.
    expect(forecast(thinned)).toMatchObject({
      daysUntilFull: 10 + (12_000 - 10 * 120) / 60,
      bytesInAYear: 1_000 + 10 * 120 + 355 * 60,
      positionsAtMost: null,
    });
    const both = {
      ...thinned,
      daysHeld: 20,
      daysThinned: 10,
      rules: { keepPositionsDays: 30, thinPositions },
    };
    expect(forecast(both)).toMatchObject({
      daysUntilFull: 12_000 / 40,
      positionsAtMost: 20 * 80 + 10 * 20,
    });
  });

  it('lets what can be replayed grow only until as many days are there as are kept', () => {
    const rules = { keepPositionsDays: 10, keepSegmentsDays: 40 };
    // Thirty more days of 10 for events and 30 for replay, then events alone.
    expect(forecast({ ...parts, rules })).toMatchObject({
      daysUntilFull: 30 + (12_000 - 30 * 40) / 10,
      bytesInAYear: 1_000 + 365 * 10 + 30 * 30,
    });
  });

  it('says of what never fills the disk that it does not', () => {
    const days = [{ positions: 0, events: 0, history: 0, known: 0 }];
    expect(forecast({ ...parts, days }).daysUntilFull).toBeNull();
    expect(forecast({ ...parts, days, rules: { keepPositionsDays: 3 } }).daysUntilFull).toBeNull();
    expect(forecast({ ...parts, roomBytes: 0 }).daysUntilFull).toBe(0);
  });
});
