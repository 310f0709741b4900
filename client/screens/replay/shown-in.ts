import type { Shown } from '../wall/wall-session.ts';
import { DateTimeFault, momentInCity } from './moment-in-city.ts';

/** What an address shows: the present, or history from the moment that its `day` and `time` name. */
export function shownIn(
  { day, time }: Readonly<Record<string, string | string[] | undefined>>,
  timeZone: string,
): Shown {
  if (typeof day !== 'string' || day === '') return { kind: 'live' };
  const moment = momentInCity(day, typeof time === 'string' && time !== '' ? time : '00:00', timeZone);
  return moment instanceof DateTimeFault ? { kind: 'live' } : { kind: 'replay', from: moment };
}
