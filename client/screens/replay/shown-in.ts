import type { Shown } from '../shown.ts';
import { DateTimeFault, momentInCity } from './moment-in-city.ts';

/** What an address shows: the present, or history from the moment that its `day` and `time` name, at the speed of its `speed`. */
export function shownIn(
  { day, time }: Readonly<Record<string, string | string[] | undefined>>,
  timeZone: string,
  search: URLSearchParams,
): Shown {
  if (typeof day !== 'string' || day === '') return { kind: 'live' };
  const moment = momentInCity(day, typeof time === 'string' && time !== '' ? time : '00:00', timeZone);
  return moment instanceof DateTimeFault
    ? { kind: 'live' }
    : {
        kind: 'replay',
        from: moment,
        speed: speedIn(search),
        knowledge: search.get('as') === 'then' ? 'then' : 'now',
      };
}

/** `speed=60`; 1 where it is left out or no number. Values beyond what a replay can are brought to the nearest by the replay. */
function speedIn(search: URLSearchParams): number {
  const speed = Number(search.get('speed') ?? 1);
  return speed > 0 ? speed : 1;
}
