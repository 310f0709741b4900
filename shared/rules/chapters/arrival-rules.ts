import { epochMs } from '../../domain/units.ts';
import { HALF_MINUTE_SECONDS } from '../half-minute.ts';
import type { Candidate, Figure } from './chapter.ts';
import type { DayFacts, IncidentFacts } from './day-facts.ts';
import { figure, incidentPart, medianOf, most } from './rule-parts.ts';

/** Fewer cases make no median to stand out from. */
const LEAST_CASES = 5;
const BEFORE_MS = 10_000;
const AFTER_MS = 15_000;
const LEAST_PEOPLE = 4;
const LEAST_REFUSALS = 3;

type Arrived = IncidentFacts & { readonly seconds: number; readonly arrivedAt: number };

/** Incidents that needed somebody (not consultations) and to which somebody came, with the seconds it took. */
const arrivals = ({ incidents }: DayFacts): readonly Arrived[] =>
  incidents.flatMap((one) =>
    one.arrivedAt === undefined || one.priority === 4
      ? []
      : [
          {
            ...one,
            arrivedAt: one.arrivedAt,
            seconds: Math.max(0, (one.arrivedAt - one.receivedAt) / 1_000),
          },
        ],
  );

const expectedPart = ({ expectedSeconds }: IncidentFacts): readonly Figure[] =>
  expectedSeconds === undefined ? [] : [figure('expected', expectedSeconds, 'seconds')];

/** The first arrival that took longest; a second counts the more the higher the priority is. */
export function slowestArrival(facts: DayFacts): Candidate | undefined {
  const all = arrivals(facts);
  const median = medianOf(all.map(({ seconds }) => seconds));
  if (median === undefined || all.length < LEAST_CASES) return undefined;
  const late = all.filter(({ seconds }) => seconds > Math.max(HALF_MINUTE_SECONDS, median));
  const worst = most(late, ({ seconds, priority }) => seconds * (4 - priority));
  if (worst === undefined) return undefined;
  return {
    kind: 'slowestArrival',
    score: 1 - median / worst.seconds,
    ...incidentPart(worst),
    from: epochMs(worst.receivedAt - BEFORE_MS),
    to: epochMs(worst.arrivedAt + AFTER_MS),
    responder: worst.firstBy ?? null,
    figures: [
      figure('arrival', worst.seconds, 'seconds'),
      figure('medianArrival', median, 'seconds', all.length),
      ...expectedPart(worst),
    ],
  };
}

/** A volunteer who was there first and within half a minute: the most urgent such incident, then the quickest. */
export function volunteerHelp(facts: DayFacts): Candidate | undefined {
  const inTime = arrivals(facts).filter(
    ({ seconds, firstBy }) => seconds <= HALF_MINUTE_SECONDS && firstBy?.kind === 'volunteer',
  );
  const best = most(inTime, ({ seconds, priority }) => -priority * 1_000 - seconds);
  if (best?.firstBy === undefined) return undefined;
  return {
    kind: 'volunteerHelp',
    score: ((4 - best.priority) / 3) * (1 - best.seconds / (2 * HALF_MINUTE_SECONDS)),
    ...incidentPart(best),
    from: epochMs(best.receivedAt - BEFORE_MS),
    to: epochMs(best.arrivedAt + AFTER_MS),
    responder: best.firstBy,
    figures: [
      figure('arrival', best.seconds, 'seconds'),
      figure('incidents', inTime.length, 'incidents'),
      ...expectedPart(best),
    ],
  };
}

/** The incident to which most people came. */
export function largestTurnout(facts: DayFacts): Candidate | undefined {
  const all = arrivals(facts);
  const largest = most(all, ({ people }) => people);
  if (largest === undefined || largest.people < LEAST_PEOPLE) return undefined;
  return {
    kind: 'largestTurnout',
    score: 1 - 2 / largest.people,
    ...incidentPart(largest),
    from: epochMs(largest.receivedAt - BEFORE_MS),
    to: epochMs(Math.max(largest.arrivedAt, largest.leftAt ?? 0) + AFTER_MS),
    responder: null,
    figures: [
      figure('people', largest.people, 'people'),
      figure('arrival', largest.seconds, 'seconds', all.length),
    ],
  };
}

/** The incident for which most offers were declined or ran out. */
export function mostRefusals(facts: DayFacts): Candidate | undefined {
  const hardest = most(facts.incidents, ({ refusals }) => refusals);
  if (hardest === undefined || hardest.refusals < LEAST_REFUSALS) return undefined;
  const { arrivedAt, leftAt, receivedAt } = hardest;
  return {
    kind: 'mostRefusals',
    score: 1 - 2 / hardest.refusals,
    ...incidentPart(hardest),
    from: epochMs(receivedAt - BEFORE_MS),
    to: epochMs((arrivedAt ?? leftAt ?? facts.endsAt) + AFTER_MS),
    responder: null,
    figures: [
      figure('refusals', hardest.refusals, 'offers'),
      ...(arrivedAt === undefined
        ? []
        : [figure('arrival', Math.max(0, (arrivedAt - receivedAt) / 1_000), 'seconds')]),
    ],
  };
}
