import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { CoverageCourse } from '@maplewall/shared/wire/coverage.ts';
import type { Note, NotesOfDay } from '@maplewall/shared/wire/notes.ts';
import type { HistoryDayDetail, HistoryIncidents } from '@maplewall/shared/wire/history.ts';
import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef } from 'vue';
import { askGateway } from '../../stores/gateway-answer.ts';
import type { Span } from './time-scale.ts';

/** What history knows of a day grows while it fills in and what came late arrives. */
const AGAIN_MS = 30_000;
const MINUTE_MS = 60_000;

/** A stretch of the day of which history has nothing. */
export type Gap = Span;

export interface ReplayDay {
  readonly day: string;
  readonly whole: Span;
  readonly gaps: readonly Gap[];
  readonly incidents: HistoryIncidents['incidents'];
  /** The share of places that somebody reaches in half a minute, by the minute. */
  readonly coverage: readonly { readonly at: EpochMs; readonly share: number }[];
  /** What people wrote at its moments. */
  readonly notes: readonly Note[];
  /** How many were on duty, by the minute. */
  readonly staff: readonly { readonly at: EpochMs; readonly people: number }[];
}

/**
 * What a day's time line shows, as it is known now or (`isThen`) as the wall knew it. Undefined until it is read; parts that cannot be read are empty. `lookAgain` reads it anew at
 * once, after something of it was changed.
 */
export function useReplayDay(
  day: () => string,
  isThen: () => boolean,
): {
  readonly day: ComputedRef<ReplayDay | undefined>;
  readonly lookAgain: () => Promise<void>;
} {
  const read = shallowRef<ReplayDay>();
  const lookAgain = async (): Promise<void> => {
    const asked = day();
    const address = `/api/history/${encodeURIComponent(asked)}`;
    const [detail, incidents, course, notes] = await Promise.all([
      askGateway<HistoryDayDetail>(address),
      askGateway<HistoryIncidents>(`${address}/incidents`),
      askGateway<CoverageCourse>(`/api/coverage/course?day=${encodeURIComponent(asked)}`),
      askGateway<NotesOfDay>(`/api/notes?day=${encodeURIComponent(asked)}`),
    ]);
    if (asked !== day() || !detail.ok) return;
    const { startsAt, endsAt, minutes } = detail.value;
    const whole = { from: startsAt, to: endsAt };
    read.value = {
      day: asked,
      whole,
      gaps: gapsBetween(
        whole,
        minutes.map((minute) => minute.startsAt),
      ),
      incidents: incidents.ok ? incidents.value.incidents : [],
      coverage: course.ok
        ? course.value.minutes.flatMap(({ at, blocks: [share] }) =>
            share === null || share === undefined ? [] : [{ at, share }],
          )
        : [],
      notes: notes.ok ? notes.value.notes : [],
      staff: course.ok ? course.value.minutes.map(({ at, onDuty }) => ({ at, people: onDuty })) : [],
    };
  };
  watch(day, () => void lookAgain(), { immediate: true });
  const timer = setInterval(() => void lookAgain(), AGAIN_MS);
  onBeforeUnmount(() => clearInterval(timer));
  // What is there of another day tells nothing of this one.
  const shown = computed(() => {
    const { value } = read;
    if (value?.day !== day()) return undefined;
    return isThen() ? value : { ...value, incidents: unlessImported(value.incidents) };
  });
  return { day: shown, lookAgain };
}

/** When the incidents of a line come in, in order: when they happened, or when the wall heard of them. */
export const momentsOf = (incidents: HistoryIncidents['incidents'], isThen: boolean): readonly EpochMs[] =>
  incidents.map(({ at, knownAt }) => (isThen ? (knownAt ?? at) : at)).toSorted((one, other) => one - other);

/** Of a day that was imported everything came late, which tells nothing of its incidents as they are known now. */
export function unlessImported(incidents: HistoryIncidents['incidents']): HistoryIncidents['incidents'] {
  const late = incidents.filter(({ knownAt }) => knownAt !== undefined).length;
  if (late * 2 <= incidents.length) return incidents;
  return incidents.map((incident) => {
    const { knownAt: _, ...rest } = incident;
    return rest;
  });
}

/** What lies between minutes that history has; a minute or two without a record is a quiet city and no gap. */
export function gapsBetween(whole: Span, minutes: readonly EpochMs[]): readonly Gap[] {
  const gaps: Gap[] = [];
  let end = whole.from;
  for (const minute of [...minutes, whole.to]) {
    if (minute - end > 3 * MINUTE_MS) gaps.push({ from: end, to: minute });
    end = (minute + MINUTE_MS) as EpochMs;
  }
  return gaps;
}
