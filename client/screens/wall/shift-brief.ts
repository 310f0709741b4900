import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { dayBefore } from '../briefing/day-before.ts';
import { pageStorage } from '../../stores/page-storage.ts';
import type { CityTime } from '../../world/city-time.ts';

/** A wall that is not quiet at shift change waits so long for its briefing, and then goes without. */
const PATIENCE_MINUTES = 15;
/** Each window of a wall goes by itself. */
const rememberedAs = ({ path, search }: { readonly path: string; readonly search: string }): string =>
  `briefed ${path}${search}`;

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

/**
 * Where a wall goes at shift change to tell of yesterday, once a day; undefined when it stays. To be called when it goes:
 * it remembers that it went.
 * @param brief HH:MM of the city, or undefined
 */
export function shiftBrief(
  brief: string | undefined,
  at: EpochMs,
  time: CityTime,
  live: { readonly path: string; readonly search: string },
): (() => string) | undefined {
  if (brief === undefined) return undefined;
  const since = minutesOf(time.minute(at)) - minutesOf(brief);
  const day = time.day(at);
  const remembered = rememberedAs(live);
  if (since < 0 || since >= PATIENCE_MINUTES || pageStorage.getItem(remembered) === day) return undefined;
  return () => {
    pageStorage.setItem(remembered, day);
    const words = new URLSearchParams(live.search);
    words.set('rewound', live.path);
    return `/briefing/day/${dayBefore(day)}?${words.toString()}`;
  };
}
