import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import {
  arrivalFigures,
  calibration,
  HALF_MINUTE_SECONDS,
  judge,
  MISSED_REASONS,
  type MissedReason,
} from '@maplewall/shared/rules/half-minute.ts';
import type { DayTruth, IncidentTruth } from '@maplewall/shared/wire/truth.ts';
import type { Expectation } from './course-store.ts';
import type { Outcome } from './outcomes.ts';

/** Puts what happened beside what was to be expected; `now` decides which incidents are old enough to be judged. */
export function dayTruth(
  outcomes: readonly Outcome[],
  expectationOf: (outcome: Outcome) => Expectation | undefined,
  now: EpochMs,
): DayTruth {
  const old = outcomes.filter(({ receivedAt }) => now - receivedAt >= HALF_MINUTE_SECONDS * 1_000);
  const incidents = old.flatMap((outcome): readonly IncidentTruth[] => {
    const expectation = expectationOf(outcome);
    return expectation === undefined ? [] : [truthOf(outcome, expectation)];
  });
  const figures = (list: readonly Outcome[]): ReturnType<typeof arrivalFigures> =>
    arrivalFigures(
      list.map((outcome) => secondsTo(outcome, outcome.arrivedAt)),
      list.map(({ receivedAt }) => (now - receivedAt) / 1_000),
    );
  const precincts = [...new Set(old.map(({ precinctId }) => precinctId))].toSorted();
  const reasons = Object.fromEntries(MISSED_REASONS.map((why) => [why, 0])) as Record<MissedReason, number>;
  for (const { why } of incidents) if (why !== null) reasons[why] += 1;
  return {
    incidents,
    waiting: old.length - incidents.length,
    city: figures(old),
    precincts: precincts.map((precinctId) => ({
      precinctId,
      ...figures(old.filter((outcome) => outcome.precinctId === precinctId)),
    })),
    reasons,
    calibration: calibration(
      incidents.flatMap(({ predictedSeconds, arrivedSeconds }) =>
        predictedSeconds === null || arrivedSeconds === null ? [] : [{ predictedSeconds, arrivedSeconds }],
      ),
    ),
  };
}

function truthOf(outcome: Outcome, expectation: Expectation): IncidentTruth {
  const isKnown = expectation !== 'nothingKnown';
  const { seconds, accept } = isKnown ? expectation : { seconds: null, accept: 0 };
  const arrivedSeconds = secondsTo(outcome, outcome.arrivedAt);
  const verdict = judge({
    predictedSeconds: isKnown ? (seconds ?? undefined) : expectation,
    acceptSeconds: accept,
    offeredSeconds: secondsTo(outcome, outcome.firstOfferedAt),
    acceptedSeconds: secondsTo(outcome, outcome.firstAcceptedAt),
    arrivedSeconds,
  });
  const { incidentId, receivedAt, precinctId, lng, lat } = outcome;
  return {
    incidentId,
    receivedAt,
    precinctId,
    lng,
    lat,
    predictedSeconds: seconds === null ? null : Number(seconds.toFixed(1)),
    arrivedSeconds: arrivedSeconds ?? null,
    verdict: verdict.met ? 'MET' : 'MISSED',
    why: verdict.met ? null : verdict.why,
  };
}

const secondsTo = ({ receivedAt }: Outcome, at: EpochMs | undefined): number | undefined =>
  at === undefined ? undefined : Math.max(0, (at - receivedAt) / 1_000);
