import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { SketchFeature } from '../../map/sketch.ts';
import type { Place } from '../../stores/reach-questions.ts';
import type { WhatIfAnswer, WhatIfIncident } from '@maplewall/shared/wire/what-if.ts';

/** What a drawer asks for: undefined as it was done. */
export interface ChosenPolicy {
  readonly offers: number | undefined;
  readonly substituteSeconds: number | undefined;
  /** Where one post more stands. */
  readonly post: Place | undefined;
}

/** One post more: none, where somebody touches the map, or where it would cover most. */
export type PostChoice = 'none' | 'onMap' | 'advised';

export const OFFER_CHOICES = [undefined, 1, 2, 3, 4, 5, 6, 7, 8] as const;
export const SUBSTITUTE_CHOICES = [undefined, 30, 60, 90, 120] as const;

/** The address of an answer. */
export function whatIfAddress(
  from: EpochMs,
  to: EpochMs,
  { offers, substituteSeconds, post }: ChosenPolicy,
): string {
  const query = new URLSearchParams({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  if (offers !== undefined) query.set('offers', String(offers));
  if (substituteSeconds !== undefined) query.set('substitute', String(substituteSeconds));
  if (post !== undefined) query.set('post', `${post.lng.toFixed(6)},${post.lat.toFixed(6)}`);
  return `/api/what-if?${query.toString()}`;
}

const LISTED = 5;

/** Those that would have won most, if more than a second. */
export const mostImproved = (incidents: readonly WhatIfIncident[]): readonly WhatIfIncident[] =>
  incidents
    .filter(({ wonSeconds }) => wonSeconds > 1)
    .toSorted((a, b) => b.wonSeconds - a.wonSeconds)
    .slice(0, LISTED);

/** The incidents of an answer in which nothing but a post is supposed: what is won there, the post wins. */
export function wonByPost(answer: WhatIfAnswer | undefined): readonly WhatIfIncident[] {
  if (answer === undefined) return [];
  const { offers, substituteSeconds, post } = answer.policy;
  return post !== null && offers === null && substituteSeconds === null ? answer.incidents : [];
}

/** The supposed post, and how many seconds sooner somebody would be where it would help most. */
export function postFeatures(
  post: Place,
  incidents: readonly WhatIfIncident[],
  secondsWord: (seconds: string) => string,
): readonly SketchFeature[] {
  const pointAt = ({ lng, lat }: Place) => ({ type: 'Point', coordinates: [lng, lat] });
  return [
    { type: 'Feature', properties: { what: 'spot', label: '+1' }, geometry: pointAt(post) },
    ...mostImproved(incidents).map((incident): SketchFeature => ({
      type: 'Feature',
      properties: { what: 'number', label: secondsWord(signedWord(incident.wonSeconds)) },
      geometry: pointAt(incident),
    })),
  ];
}

/** A bar of the distribution: what it stands for, how many, and whether that is sooner, later or neither. */
export interface WonBar {
  readonly label: string;
  readonly incidents: number;
  readonly side: 'later' | 'same' | 'sooner';
}

/** Bars from the steps of an answer; a step goes up to the next one. */
export function wonBars(distribution: WhatIfAnswer['distribution']): readonly WonBar[] {
  return distribution.map(({ fromSeconds, incidents }, step) => {
    const upTo = distribution[step + 1]?.fromSeconds;
    // Within a second either way nothing has changed.
    const isSame = fromSeconds !== null && upTo !== undefined && upTo !== null && fromSeconds < 0 && upTo > 0;
    const side = isSame ? 'same' : (fromSeconds ?? -Infinity) < 0 ? 'later' : 'sooner';
    const label = isSame ? '0' : side === 'later' ? `−${Math.abs(upTo ?? 0)}` : `+${fromSeconds ?? 0}`;
    return { label, incidents, side };
  });
}

/** m:ss from a minute on, else whole seconds. */
export function durationWord(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '–';
  const whole = Math.round(seconds);
  return whole < 60 ? String(whole) : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** With its sign; one digit behind the point below ten. */
export function signedWord(value: number): string {
  const size = Math.abs(value);
  const digits = size.toFixed(size < 9.95 ? 1 : 0);
  if (Number(digits) === 0) return '0';
  return `${value > 0 ? '+' : '−'}${digits}`;
}
