import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { CityTime } from '../../world/city-time.ts';

/** The address names no moment. */
export class DateTimeFault extends Error {}

/**
 * The moment of a day and a time (HH:MM or HH:MM:SS) in a city's zone. Of a time that comes twice when clocks are set
 * back, the first.
 */
export function momentInCity(day: string, time: string, timeZone: string): EpochMs | DateTimeFault {
  const guess = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(guess)) return new DateTimeFault(`${day} ${time}`);
  const city = new CityTime(timeZone, 'en');
  // The guess was read as UTC; walk to where the city's clock shows it. Twice, for a clock change in between.
  let at = guess;
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${city.day(epochMs(at))}T${city.clock(epochMs(at))}Z`);
    at += guess - shown;
  }
  return epochMs(at);
}
