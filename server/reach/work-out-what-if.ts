import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import {
  conductFigures,
  conductOf,
  LEAST_OBSERVED,
  type Answer,
  type Engagement,
  type Trip,
} from '@maplewall/shared/rules/conduct.ts';
import { quantileOf } from '@maplewall/shared/rules/quantile.ts';
import { TRAVEL_MODES } from '@maplewall/shared/rules/travel.ts';
import { numberOf, type Candidate } from '@maplewall/shared/rules/what-if.ts';
import { whatIfFigures, type Situation } from '@maplewall/shared/rules/what-if-figures.ts';
import type { WhatIfAnswer } from '@maplewall/shared/wire/what-if.ts';
import { waysTo, type Askable } from './candidates.ts';
import type { OrderTrack, OrderTracks } from './order-tracks.ts';
import type { Outcome } from './outcomes.ts';
import type { Streets } from './streets.ts';

export interface WhatIfPolicy {
  readonly offers: number | undefined;
  readonly substituteSeconds: number | undefined;
  readonly post: { readonly lng: number; readonly lat: number } | undefined;
}

/** An incident, and who could be asked about it. */
export interface Asked {
  readonly outcome: Outcome;
  readonly askables: readonly Askable[];
}

export interface WhatIfQuestion {
  /** Those of the range. */
  readonly asked: readonly Asked[];
  /** Some before it, whose trips count as well. */
  readonly earlier: readonly Asked[];
  /** End of the range. */
  readonly to: EpochMs;
  readonly policy: WhatIfPolicy;
}

/** What `workOutWhatIf` can tell of its own; the rest of the answer is known to who asks. */
export type WorkedOut = Omit<WhatIfAnswer, 'waiting' | 'from' | 'to'>;

/** Conduct is that of the last offers before the end of the range: some days of a large city. */
const OFFERS_LOOKED_AT = 20_000;
/** A place of its own among the numbers that people are known by. */
const POST_KEY = -1;

/** Puts another policy beside what was done; undefined where the log holds too few offers to say how people behave. */
export function workOutWhatIf(
  { asked, earlier, to, policy }: WhatIfQuestion,
  { tracks, streets }: { readonly tracks: OrderTracks; readonly streets: Streets },
): WorkedOut | undefined {
  const observed = tracks.before(to, OFFERS_LOOKED_AT);
  const answers = observed.map(answerOf);
  if (answers.length < LEAST_OBSERVED) return undefined;
  const trips = tripsOf(observed, [...asked, ...earlier], tracks);
  const engagements = observed.flatMap(engagementOf);
  const { post } = policy;
  const places = asked.map(({ outcome: { lng, lat } }) => ({ lng, lat, mode: 'run' as const }));
  const postWays = post === undefined ? [] : waysTo(streets, post, places);
  const situations = asked.map(({ outcome, askables }, index) => ({
    outcome,
    ...situationOf(outcome, askables, tracks.of(outcome.incidentId), postWays[index]),
  }));
  const counted = situations.filter(({ offers, unplaced }) => offers > unplaced);
  const { incidents, ...figures } = whatIfFigures(counted, conductOf(answers, trips, engagements), {
    offers: policy.offers,
    substituteSeconds: policy.substituteSeconds,
    withSupposed: post !== undefined,
  });
  return {
    computed: true,
    policy: {
      offers: policy.offers ?? null,
      substituteSeconds: policy.substituteSeconds ?? null,
      post: post ?? null,
    },
    ...figures,
    incidents: incidents.map((incident, index) => {
      const { receivedAt = to, lng = 0, lat = 0 } = counted[index]?.outcome ?? {};
      return { ...incident, actualSeconds: incident.actualSeconds ?? null, receivedAt, lng, lat };
    }),
    withoutOffers: situations.length - counted.length,
    unplaced: counted.reduce((sum, { unplaced }) => sum + unplaced, 0),
    usualOffers:
      quantileOf(
        counted.map(({ offers }) => offers).toSorted((a, b) => a - b),
        0.5,
      ) ?? null,
    conduct: conductFigures(TRAVEL_MODES, answers, trips, engagements),
  };
}

function situationOf(
  { incidentId, receivedAt, arrivedAt }: Outcome,
  askables: readonly Askable[],
  tracks: readonly OrderTrack[],
  postWay: number | undefined,
): Situation & { readonly offers: number; readonly unplaced: number } {
  const askedSeconds = new Map<ResponderId, number>();
  for (const { responderId, offeredAt } of tracks)
    if (!askedSeconds.has(responderId))
      askedSeconds.set(responderId, Math.max(0, (offeredAt - receivedAt) / 1_000));
  const candidates = askables.map(({ responderId, mode, waySeconds }): Candidate => ({
    key: numberOf(responderId),
    mode,
    waySeconds,
    askedSeconds: askedSeconds.get(responderId),
  }));
  const placed = candidates.filter((one) => one.askedSeconds !== undefined).length;
  return {
    incidentId,
    receivedSeconds: receivedAt / 1_000,
    candidates:
      postWay === undefined
        ? candidates
        : [
            ...candidates,
            {
              key: POST_KEY,
              mode: 'run',
              waySeconds: postWay,
              askedSeconds: undefined,
              isSupposed: true,
            },
          ],
    arrivedSeconds: arrivedAt === undefined ? undefined : Math.max(0, (arrivedAt - receivedAt) / 1_000),
    offers: askedSeconds.size,
    unplaced: askedSeconds.size - placed,
  };
}

function answerOf({ mode, offeredAt, acceptedAt, refusedAt, takenBackAt, releasedAt }: OrderTrack): Answer {
  const after = (at: EpochMs): number => Math.max(0, (at - offeredAt) / 1_000);
  if (acceptedAt !== undefined) return { mode, seconds: after(acceptedAt), answer: 'accepted' };
  if (refusedAt !== undefined) return { mode, seconds: after(refusedAt), answer: 'refused' };
  const openUntil = takenBackAt ?? releasedAt;
  return { mode, seconds: openUntil === undefined ? 0 : after(openUntil), answer: 'open' };
}

/** From acceptance until they were free again, however it ended. */
function engagementOf({
  mode,
  acceptedAt,
  doneAt,
  releasedAt,
  takenBackAt,
}: OrderTrack): readonly Engagement[] {
  const endedAt = doneAt ?? releasedAt ?? takenBackAt;
  return acceptedAt === undefined || endedAt === undefined
    ? []
    : [{ mode, seconds: Math.max(0, (endedAt - acceptedAt) / 1_000) }];
}

/** Who turned back because somebody else was there, or is still under way, tells nothing. */
function tripsOf(
  observed: readonly OrderTrack[],
  asked: readonly Asked[],
  tracks: OrderTracks,
): readonly Trip[] {
  const ways = new Map<string, number>();
  for (const { outcome, askables } of asked)
    for (const { responderId, waySeconds } of askables)
      ways.set(`${outcome.incidentId} ${responderId}`, waySeconds);
  return observed.flatMap((track): readonly Trip[] => {
    const { incidentId, responderId, mode, acceptedAt, arrivedAt, releasedAt } = track;
    if (acceptedAt === undefined) return [];
    const waySeconds = ways.get(`${incidentId} ${responderId}`);
    if (arrivedAt !== undefined)
      return [{ mode, tookSeconds: Math.max(0, (arrivedAt - acceptedAt) / 1_000), waySeconds }];
    if (releasedAt === undefined) return [];
    const isSomebodyThere = tracks.of(incidentId).some((one) => (one.arrivedAt ?? Infinity) <= releasedAt);
    return isSomebodyThere ? [] : [{ mode, tookSeconds: undefined, waySeconds }];
  });
}
