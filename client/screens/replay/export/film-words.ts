import type { City } from '@maplewall/shared/domain/city.ts';
import { RESPONDER_KINDS } from '@maplewall/shared/domain/responder.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { MapLegend } from '../../../map/map-handle.ts';
import type { CityTime } from '../../../world/city-time.ts';
import type { Span } from '../time-scale.ts';
import type { FilmWords } from './film-picture.ts';

export interface FilmWording {
  readonly city: City;
  readonly time: CityTime;
  readonly passage: Span;
  readonly isEnglish: boolean;
  readonly t: (name: string, values?: Record<string, unknown>) => string;
  /** Whether the wall is marked as not real, and whether the replay shows what was known at the time. */
  readonly isSimulated: boolean;
  readonly isThen: boolean;
}

/** What a frame of a film says of its moment. */
export function filmWords(at: EpochMs, legend: MapLegend, wording: FilmWording): FilmWords {
  const { city, time, passage, isEnglish, t, isSimulated, isThen } = wording;
  const name = (words: { readonly zh: string; readonly en: string }): string =>
    isEnglish ? words.en : words.zh;
  const clock = time.clock(at);
  const marks = [
    t('mode.replay'),
    ...(isThen ? [t('mode.asThen')] : []),
    ...(isSimulated ? [t('mode.demo')] : []),
  ];
  return {
    frame: `${marks.join(' · ')} ${t('mode.since', { time: clock })}`,
    city: name(city.name),
    clock,
    date: time.date(at),
    legend: legendLine(legend, t),
    foot: [city.notice ? name(city.notice) : undefined, city.attribution].filter(
      (line) => line !== undefined,
    ),
    share: (at - passage.from) / (passage.to - passage.from),
  };
}

/** What is on the map, in the words of its legend. */
function legendLine(legend: MapLegend, t: FilmWording['t']): string {
  const counts: readonly (readonly [string, number])[] = [
    ...RESPONDER_KINDS.map((kind) => [`kind.${kind}`, legend.kinds[kind]] as const),
    ['legend.stale', legend.stale],
    ['legend.ghost', legend.ghosts],
    ['legend.staffedPost', legend.staffedPosts],
    ['legend.open', legend.openIncidents],
    ['legend.ended', legend.endedIncidents],
    ['legend.way', legend.ways],
  ];
  const words = counts.filter(([, count]) => count > 0).map(([name, count]) => `${t(name)} ${count}`);
  return [...words, ...(legend.isVisitor ? [t('legend.visitor')] : [])].join(' · ');
}

/** M:SS to the nearest second, for lengths of films and of waiting. */
export function lengthWord(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** As the gateway names the other files of a range. */
export function fileNameOf({ city, time, passage, isSimulated }: FilmWording, ending: string): string {
  const clock = (at: EpochMs): string => time.clock(at).replaceAll(':', '');
  const span = `${time.day(passage.from)}_${clock(passage.from)}-${clock(passage.to)}`;
  return `${city.id.replaceAll(/[^\w-]/g, '-')}_${span}_film${isSimulated ? '_SIMULATED' : ''}.${ending}`;
}
