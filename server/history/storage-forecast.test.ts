import { describe, expect, it } from 'vitest';
import { forecast } from './storage-forecast.ts';

const parts = {
  days: [
    { positions: 90, events: 10, history: 40 },
    { positions: 70, events: 10, history: 20 },
  ],
  usedBytes: 1_000,
  roomBytes: 12_000,
  daysHeld: 10,
  keepPositionsDays: undefined,
};

describe('the forecast of storage', () => {
  it('goes on as the days that were measured', () => {
    expect(forecast(parts)).toEqual({
      days: 2,
      positionsPerDay: 80,
      eventsPerDay: 10,
      historyPerDay: 30,
      daysUntilFull: 100,
      bytesInAYear: 1_000 + 365 * 120,
      positionsAtMost: null,
    });
  });

  it('lets positions grow only until as many days are held as are kept', () => {
    // Twenty more days of 120, then 40 a day.
    expect(forecast({ ...parts, keepPositionsDays: 30 })).toMatchObject({
      daysUntilFull: 20 + (12_000 - 20 * 120) / 40,
      bytesInAYear: 1_000 + 20 * 120 + 345 * 40,
      positionsAtMost: 2_400,
    });
    expect(forecast({ ...parts, keepPositionsDays: 200 })).toMatchObject({ daysUntilFull: 100 });
  });

  it('counts as room what is going to be taken out', () => {
    expect(forecast({ ...parts, keepPositionsDays: 3 })).toMatchObject({
      daysUntilFull: (12_000 + 7 * 80) / 40,
      bytesInAYear: 1_000 - 7 * 80 + 365 * 40,
    });
  });

  it('says of what never fills the disk that it does not', () => {
    const days = [{ positions: 0, events: 0, history: 0 }];
    expect(forecast({ ...parts, days }).daysUntilFull).toBeNull();
    expect(forecast({ ...parts, days, keepPositionsDays: 3 }).daysUntilFull).toBeNull();
    expect(forecast({ ...parts, roomBytes: 0 }).daysUntilFull).toBe(0);
  });
});
