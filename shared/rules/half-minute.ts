import { quantileOf } from './quantile.ts';

/** The promise of the mission. */
export const HALF_MINUTE_SECONDS = 30;

/** Why nobody was there within half a minute; `nothingKnown`: nobody can tell who could have been there. */
export const MISSED_REASONS = [
  'nobodyInReach',
  'offeredTooLate',
  'notAccepted',
  'slowerThanThought',
  'nothingKnown',
] as const;
export type MissedReason = (typeof MISSED_REASONS)[number];

/** One incident: what was to be expected when it came in, and what happened. Seconds are counted from its report. */
export interface HalfMinute {
  /** When the best responder could have been there; undefined when nobody could set out. */
  readonly predictedSeconds: number | 'nothingKnown' | undefined;
  /** Of those, until somebody accepts. */
  readonly acceptSeconds: number;
  readonly offeredSeconds: number | undefined;
  readonly acceptedSeconds: number | undefined;
  readonly arrivedSeconds: number | undefined;
}

/** Whether the half minute was kept, and the first thing that went wrong if not. */
export function judge(
  incident: HalfMinute,
): { readonly met: true } | { readonly met: false; readonly why: MissedReason } {
  const { predictedSeconds, acceptSeconds, offeredSeconds, acceptedSeconds, arrivedSeconds } = incident;
  if (arrivedSeconds !== undefined && arrivedSeconds <= HALF_MINUTE_SECONDS) return { met: true };
  if (predictedSeconds === 'nothingKnown') return { met: false, why: 'nothingKnown' };
  if (predictedSeconds === undefined || predictedSeconds > HALF_MINUTE_SECONDS)
    return { met: false, why: 'nobodyInReach' };
  // What is left for the offer when the way and the usual time to accept are taken off.
  const latestOffer = HALF_MINUTE_SECONDS - predictedSeconds;
  if (offeredSeconds === undefined || offeredSeconds > latestOffer)
    return { met: false, why: 'offeredTooLate' };
  if (acceptedSeconds === undefined || acceptedSeconds > latestOffer + acceptSeconds)
    return { met: false, why: 'notAccepted' };
  return { met: false, why: 'slowerThanThought' };
}

/** A share with the interval in which the true one lies with 95 %. */
export interface ShareWithin {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Arrivals of one precinct. Shares are of all incidents: one that nobody reached was not reached in time. */
export interface ArrivalFigures {
  readonly incidents: number;
  readonly arrived: number;
  readonly within: readonly (ShareWithin & { readonly seconds: number })[];
  readonly medianSeconds: number | undefined;
  readonly p90Seconds: number | undefined;
}

const WITHIN_SECONDS = [30, 60, 180] as const;

/**
 * How soon the first was there.
 * @param arrivedSeconds of each incident; undefined where nobody has come
 * @param sinceSeconds how long ago each came in, where some are young: who has a minute yet is not late after half of it
 */
export function arrivalFigures(
  arrivedSeconds: readonly (number | undefined)[],
  sinceSeconds?: readonly number[],
): ArrivalFigures {
  const arrived = arrivedSeconds.filter((seconds) => seconds !== undefined).toSorted((a, b) => a - b);
  return {
    incidents: arrivedSeconds.length,
    arrived: arrived.length,
    within: WITHIN_SECONDS.map((seconds) => {
      const over = arrivedSeconds.filter((_, index) => (sinceSeconds?.[index] ?? Infinity) >= seconds);
      const inTime = over.filter((took) => took !== undefined && took <= seconds);
      return { seconds, ...wilson(inTime.length, over.length) };
    }),
    medianSeconds: quantileOf(arrived, 0.5),
    p90Seconds: quantileOf(arrived, 0.9),
  };
}

const Z_95 = 1.96;

/** Wilson's interval of a share (1927): it holds for few cases, and for shares of nought and one. */
function wilson(done: number, all: number): ShareWithin {
  if (all === 0) return { share: 0, low: 0, high: 1 };
  const share = done / all;
  const square = (Z_95 * Z_95) / all;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z_95 * Math.sqrt((share * (1 - share)) / all + square / (4 * all))) / (1 + square);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** How predictions of one size came true. */
export interface CalibrationStep {
  /** Predictions up to so many seconds (and over those of the step before); undefined for all above. */
  readonly upToSeconds: number | undefined;
  readonly incidents: number;
  readonly medianPredictedSeconds: number | undefined;
  readonly medianActualSeconds: number | undefined;
}

const CALIBRATION_SECONDS = [30, 60, 120, 300] as const;

/** Predicted against actual arrivals, of incidents that had both. */
export function calibration(
  pairs: readonly { readonly predictedSeconds: number; readonly arrivedSeconds: number }[],
): readonly CalibrationStep[] {
  return [...CALIBRATION_SECONDS, undefined].map((upToSeconds, step): CalibrationStep => {
    const above = step === 0 ? -Infinity : (CALIBRATION_SECONDS[step - 1] ?? Infinity);
    const here = pairs.filter(
      ({ predictedSeconds }) => predictedSeconds > above && predictedSeconds <= (upToSeconds ?? Infinity),
    );
    const middle = (values: readonly number[]): number | undefined =>
      quantileOf(
        values.toSorted((a, b) => a - b),
        0.5,
      );
    return {
      upToSeconds,
      incidents: here.length,
      medianPredictedSeconds: middle(here.map(({ predictedSeconds }) => predictedSeconds)),
      medianActualSeconds: middle(here.map(({ arrivedSeconds }) => arrivedSeconds)),
    };
  });
}
