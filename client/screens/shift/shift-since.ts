import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { CityTime } from '../../world/city-time.ts';
import { DateTimeFault, momentInCity } from '../replay/moment-in-city.ts';

/** From when on a viewer wants to be told. */
export const SINCE_CHOICES = ['last', 'hours8', 'shift'] as const;
export type SinceChoice = (typeof SINCE_CHOICES)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHIFT_HOURS = 8;
/** The gateway tells of three days; a little less, because time goes on while it is asked. */
const MOST_MS = 3 * DAY_MS - HOUR_MS;

export interface SinceParts {
  readonly now: EpochMs;
  readonly timeZone: string;
  /** When this viewer looked last; undefined if never. */
  readonly lastLook: EpochMs | undefined;
  /** When a shift starts: HH:MM by the clocks of the city. */
  readonly shiftStart: string;
}

/** The moment that a choice means; a last look that lies too far back, or never was, means eight hours ago. */
export function sinceOf(choice: SinceChoice, { now, timeZone, lastLook, shiftStart }: SinceParts): EpochMs {
  const usual = epochMs(now - SHIFT_HOURS * HOUR_MS);
  if (choice === 'last')
    return lastLook !== undefined && lastLook < now && now - lastLook < MOST_MS ? lastLook : usual;
  if (choice === 'hours8') return usual;
  const city = new CityTime(timeZone, 'en');
  for (const back of [0, DAY_MS]) {
    const start = momentInCity(city.day(epochMs(now - back)), shiftStart, timeZone);
    if (!(start instanceof DateTimeFault) && start < now) return start;
  }
  return usual;
}
