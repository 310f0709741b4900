import { HALF_MINUTE_SECONDS } from './half-minute.ts';
import { quantileOf } from './quantile.ts';
import type { ConductOf } from './conduct.ts';
import {
  AS_DONE,
  askingOf,
  courseOf,
  fatesOf,
  LONGEST_SECONDS,
  numberOf,
  type Candidate,
  type Course,
  type IsFree,
  type Policy,
} from './what-if.ts';

/** One incident of the past, as it stood when it came in. */
export interface Situation {
  readonly incidentId: string;
  /** On any clock that all of them share. */
  readonly receivedSeconds: number;
  readonly candidates: readonly Candidate[];
  /** From report to the first arrival; undefined when nobody came. */
  readonly arrivedSeconds: number | undefined;
}

/** One incident under what was done and under another policy; medians and means over the draws. */
export interface ComparedIncident {
  readonly incidentId: string;
  readonly actualSeconds: number | undefined;
  /** As computed for what was done. */
  readonly beforeSeconds: number;
  readonly afterSeconds: number;
  /** Mean over the draws; below nought where the other policy is the slower one. */
  readonly wonSeconds: number;
  readonly extraAlerts: number;
  /** Whether the actual arrival lies in the middle 80 % of what was computed for what was done. */
  readonly isInside: boolean;
}

/** A figure with the interval in which the true one lies with 95 %, were there more incidents like these. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface WithinFigures {
  readonly seconds: number;
  readonly before: Estimate;
  readonly after: Estimate;
  readonly gained: Estimate;
  /** What really happened, of 1. */
  readonly actual: number;
}

export interface WhatIfFigures {
  readonly incidents: readonly ComparedIncident[];
  readonly draws: number;
  /** Of the incidents' mean seconds won. */
  readonly medianWonSeconds: Estimate | undefined;
  readonly meanWonSeconds: Estimate;
  readonly medianBeforeSeconds: number | undefined;
  readonly medianAfterSeconds: number | undefined;
  readonly within: readonly WithinFigures[];
  readonly alertsBefore: number;
  readonly alertsAfter: number;
  /** Per incident. */
  readonly extraAlerts: Estimate;
  /** Times that somebody was passed over, since they were on their way to another incident or there. */
  readonly passedOverBefore: number;
  readonly passedOverAfter: number;
  /** How many incidents won from `fromSeconds` up to the next step. */
  readonly distribution: readonly { readonly fromSeconds: number | null; readonly incidents: number }[];
  /** What was done, computed, beside what really happened. */
  readonly calibration: {
    /** With an arrival. */
    readonly incidents: number;
    readonly medianActualSeconds: number | undefined;
    readonly medianComputedSeconds: number | undefined;
    /** Of them, whose arrival lies in the middle 80 % of what was computed: 0.8 would be right. */
    readonly insideShare: number | undefined;
  };
}

export const DRAWS = 200;
const WITHIN_SECONDS = [HALF_MINUTE_SECONDS, 60, 180] as const;
const WON_STEPS: readonly (number | null)[] = [null, -60, -30, -10, -1, 1, 10, 30, 60, 120, 300];
const Z_95 = 1.96;

/** Puts another policy beside what was done, incident by incident. */
export function whatIfFigures(
  situations: readonly Situation[],
  conduct: ConductOf,
  policy: Policy,
): WhatIfFigures {
  const before = coursesOf(situations, conduct, AS_DONE);
  const after = coursesOf(situations, conduct, policy);
  const compared = situations.map((situation, index) =>
    compare(situation, before[index] ?? [], after[index] ?? []),
  );
  const sum = (of: (one: Compared) => number): number =>
    compared.reduce((total, one) => total + of(one), 0) / DRAWS;
  const won = compared.map(({ incident }) => incident.wonSeconds);
  const arrived = compared.filter(({ incident }) => incident.actualSeconds !== undefined);
  return {
    incidents: compared.map(({ incident }) => incident),
    draws: DRAWS,
    medianWonSeconds: medianOf(won),
    meanWonSeconds: meanOf(won),
    medianBeforeSeconds: middle(compared.map(({ incident }) => incident.beforeSeconds)),
    medianAfterSeconds: middle(compared.map(({ incident }) => incident.afterSeconds)),
    within: WITHIN_SECONDS.map((seconds, index): WithinFigures => {
      const inTimeBefore = compared.map((one) => (one.withinBefore[index] ?? 0) / DRAWS);
      const inTimeAfter = compared.map((one) => (one.withinAfter[index] ?? 0) / DRAWS);
      const inTime = arrived.filter(({ incident }) => (incident.actualSeconds ?? Infinity) <= seconds);
      return {
        seconds,
        before: shareOf(inTimeBefore),
        after: shareOf(inTimeAfter),
        gained: meanOf(inTimeAfter.map((share, at) => share - (inTimeBefore[at] ?? 0))),
        actual: inTime.length / Math.max(1, compared.length),
      };
    }),
    alertsBefore: sum(({ alertsBefore }) => alertsBefore),
    alertsAfter: sum(({ alertsAfter }) => alertsAfter),
    extraAlerts: meanOf(compared.map(({ incident }) => incident.extraAlerts)),
    passedOverBefore: passedOverIn(before),
    passedOverAfter: passedOverIn(after),
    distribution: WON_STEPS.map((fromSeconds, step) => {
      const upTo = WON_STEPS[step + 1] ?? Infinity;
      const here = won.filter((seconds) => seconds >= (fromSeconds ?? -Infinity) && seconds < upTo);
      return { fromSeconds, incidents: here.length };
    }),
    calibration: {
      incidents: arrived.length,
      medianActualSeconds: middle(arrived.map(({ incident }) => incident.actualSeconds ?? 0)),
      medianComputedSeconds: middle(arrived.map(({ incident }) => incident.beforeSeconds)),
      insideShare:
        arrived.length === 0
          ? undefined
          : arrived.filter(({ incident }) => incident.isInside).length / arrived.length,
    },
  };
}

interface Compared {
  readonly incident: ComparedIncident;
  /** Draws in time, by WITHIN_SECONDS. */
  readonly withinBefore: readonly number[];
  readonly withinAfter: readonly number[];
  /** Over all draws. */
  readonly alertsBefore: number;
  readonly alertsAfter: number;
}

/** What is kept of a course. */
type Ended = Omit<Course, 'taken'>;

/**
 * The courses of all incidents, by incident and draw. Within a draw they follow each other in time, and whoever accepted one is
 * not free for the next until they are done with it.
 */
function coursesOf(
  situations: readonly Situation[],
  conduct: ConductOf,
  policy: Policy,
): readonly (readonly Ended[])[] {
  const inTime = situations
    .map((situation, index) => ({
      ...situation,
      index,
      incident: numberOf(situation.incidentId),
      asking: askingOf(situation.candidates, policy),
    }))
    .toSorted((a, b) => a.receivedSeconds - b.receivedSeconds);
  const courses: Ended[][] = situations.map(() => []);
  for (let draw = 0; draw < DRAWS; draw++) {
    /** When who is free again, by their key. */
    const busyUntil = new Map<number, number>();
    for (const { index, incident, asking, candidates, receivedSeconds } of inTime) {
      const isFree: IsFree = (place, seconds) =>
        (busyUntil.get(candidates[place]?.key ?? Number.NaN) ?? -Infinity) <= receivedSeconds + seconds;
      const { taken, ...ended } = courseOf(
        asking,
        fatesOf(candidates, incident, draw, conduct),
        policy,
        isFree,
      );
      courses[index]?.push(ended);
      for (const { candidate, seconds } of taken) {
        const one = candidates[candidate];
        if (one !== undefined)
          busyUntil.set(one.key, receivedSeconds + seconds + conduct(one.mode).busySeconds);
      }
    }
  }
  return courses;
}

const passedOverIn = (courses: readonly (readonly Ended[])[]): number =>
  courses.flat().reduce((sum, { passedOver }) => sum + passedOver, 0) / DRAWS;

function compare(
  { incidentId, arrivedSeconds }: Situation,
  asDone: readonly Ended[],
  other: readonly Ended[],
): Compared {
  const before = asDone.map(({ seconds }) => seconds);
  const after = other.map(({ seconds }) => seconds);
  const alertsOf = (courses: readonly Ended[]): number =>
    courses.reduce((sum, { alerts }) => sum + alerts, 0);
  const [alertsBefore, alertsAfter] = [alertsOf(asDone), alertsOf(other)];
  const wonSeconds = before.reduce((sum, seconds, draw) => sum + seconds - (after[draw] ?? 0), 0) / DRAWS;
  const sorted = before.toSorted((a, b) => a - b);
  const actual = Math.min(arrivedSeconds ?? LONGEST_SECONDS, LONGEST_SECONDS);
  return {
    incident: {
      incidentId,
      actualSeconds: arrivedSeconds,
      beforeSeconds: quantileOf(sorted, 0.5) ?? LONGEST_SECONDS,
      afterSeconds: middle(after) ?? LONGEST_SECONDS,
      wonSeconds,
      extraAlerts: (alertsAfter - alertsBefore) / DRAWS,
      isInside: actual >= (quantileOf(sorted, 0.1) ?? 0) && actual <= (quantileOf(sorted, 0.9) ?? 0),
    },
    withinBefore: WITHIN_SECONDS.map((most) => before.filter((seconds) => seconds <= most).length),
    withinAfter: WITHIN_SECONDS.map((most) => after.filter((seconds) => seconds <= most).length),
    alertsBefore,
    alertsAfter,
  };
}

const middle = (values: readonly number[]): number | undefined =>
  quantileOf(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** A median with the values between which the true one lies, by their places alone, whatever the distribution. */
function medianOf(values: readonly number[]): Estimate | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const value = quantileOf(sorted, 0.5);
  if (value === undefined) return undefined;
  const half = (Z_95 * Math.sqrt(sorted.length)) / 2;
  const low = Math.max(0, Math.floor(sorted.length / 2 - half));
  const high = Math.min(sorted.length - 1, Math.ceil(sorted.length / 2 + half));
  return { value, low: sorted[low] ?? value, high: sorted[high] ?? value };
}

/** A mean with its interval, by the spread of the values. */
function meanOf(values: readonly number[]): Estimate {
  const count = Math.max(1, values.length);
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  const spread = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / Math.max(1, values.length - 1);
  const half = Z_95 * Math.sqrt(spread / count);
  return { value, low: value - half, high: value + half };
}

function shareOf(values: readonly number[]): Estimate {
  const { value, low, high } = meanOf(values);
  return { value, low: Math.max(0, low), high: Math.min(1, high) };
}
