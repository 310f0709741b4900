import { epochMs, type EpochMs } from '../../domain/units.ts';
import { distanceMetres } from '../../geo/distance.ts';
import type { Box, Candidate } from './chapter.ts';
import type { DayFacts, IncidentFacts } from './day-facts.ts';
import { figure, incidentPart, medianOf, most } from './rule-parts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What lies within so many metres and begins within an hour of an incident belongs to it. */
const CLUSTER_METRES = 500;
const LEAST_CLUSTER = 4;
/** A box never narrower than this, so that the camera does not go into a single house. */
const BOX_MARGIN_DEGREES = 0.003;

const LEAST_CASES = 5;
const LEAST_IN_HOUR = 5;

/** Coverage below this part of the day's median is a hole … */
const HOLE_SHARE = 2 / 3;
/** … if it lasts; minutes that are further apart than this are not one stretch. */
const LEAST_HOLE_MINUTES = 5;
const LONGEST_STEP_MINUTES = 3;
/** A day of which less is worked out has no median to speak of; nor has one of which only some hours are. */
const LEAST_COVERAGE_MINUTES = 60;
const LEAST_COVERAGE_PART = 0.8;
const WHOLE_HOLE_MINUTES = 180;

const LEAST_SILENCE_MINUTES = 10;
const WHOLE_SILENCE_MINUTES = 120;
const LEAST_OPEN_MINUTES = 30;

/** The largest cluster of incidents in space and time, round the one it began with. */
export function cluster({ incidents }: DayFacts): Candidate | undefined {
  const members = (first: IncidentFacts, index: number): readonly IncidentFacts[] => {
    const found: IncidentFacts[] = [];
    for (let next = index; next < incidents.length; next += 1) {
      const one = incidents[next];
      if (one === undefined || one.receivedAt - first.receivedAt > HOUR_MS) break;
      if (distanceMetres(first.lng, first.lat, one.lng, one.lat) <= CLUSTER_METRES) found.push(one);
    }
    return found;
  };
  const largest = most(incidents.map(members), (found) => found.length) ?? [];
  const [first] = largest;
  const last = largest.at(-1);
  if (first === undefined || last === undefined || largest.length < LEAST_CLUSTER) return undefined;
  return {
    kind: 'cluster',
    score: 1 - 3 / largest.length,
    at: first.receivedAt,
    from: epochMs(first.receivedAt - MINUTE_MS),
    to: epochMs(last.receivedAt + 2 * MINUTE_MS),
    focus: { kind: 'box', box: boxOf(largest) },
    incident: incidentPart(most(largest, ({ priority }) => -priority) ?? first).incident,
    about: largest.map(({ incidentId }) => incidentId),
    responder: null,
    figures: [
      figure('incidents', largest.length, 'incidents', incidents.length),
      figure('spanMinutes', (last.receivedAt - first.receivedAt) / MINUTE_MS, 'minutes'),
      figure('radius', CLUSTER_METRES, 'metres'),
    ],
  };
}

function boxOf(incidents: readonly IncidentFacts[]): Box {
  const lngs = incidents.map(({ lng }) => lng);
  const lats = incidents.map(({ lat }) => lat);
  return [
    Math.min(...lngs) - BOX_MARGIN_DEGREES,
    Math.min(...lats) - BOX_MARGIN_DEGREES,
    Math.max(...lngs) + BOX_MARGIN_DEGREES,
    Math.max(...lats) + BOX_MARGIN_DEGREES,
  ];
}

/** The hour with most incidents over what is usual, if it lies above the usual band. */
export function busiestHour({ hours, box }: DayFacts): Candidate | undefined {
  const above = hours.flatMap((hour) =>
    hour.usual !== undefined && hour.received >= LEAST_IN_HOUR && hour.received > hour.usual.high
      ? [{ ...hour, usual: hour.usual }]
      : [],
  );
  const busiest = most(above, ({ received, usual }) => received - usual.median);
  if (busiest === undefined) return undefined;
  const { from, to, received, usual } = busiest;
  return {
    kind: 'busiestHour',
    score: 1 - usual.high / received,
    at: from,
    from,
    to,
    focus: { kind: 'box', box },
    incident: null,
    about: [],
    responder: null,
    figures: [
      figure('incidents', received, 'incidents'),
      figure('usual', usual.median, 'incidents', usual.days),
      figure('usualHigh', usual.high, 'incidents', usual.days),
    ],
  };
}

/** The longest stretch in which coverage lay well below the day's median. */
export function coverageHole({ coverage, minutesWithRecords, box }: DayFacts): Candidate | undefined {
  const median = medianOf(coverage.map(({ share }) => share));
  const least = Math.max(LEAST_COVERAGE_MINUTES, minutesWithRecords.length * LEAST_COVERAGE_PART);
  if (median === undefined || median === 0 || coverage.length < least) return undefined;
  const stretches: { at: EpochMs; share: number }[][] = [];
  let before: EpochMs | undefined;
  for (const point of coverage) {
    if (point.share >= median * HOLE_SHARE) {
      before = undefined;
      continue;
    }
    const goesOn = before !== undefined && point.at - before <= LONGEST_STEP_MINUTES * MINUTE_MS;
    if (goesOn) stretches.at(-1)?.push(point);
    else stretches.push([point]);
    before = point.at;
  }
  const lengthOf = (stretch: readonly { readonly at: EpochMs }[]): number =>
    ((stretch.at(-1)?.at ?? 0) - (stretch[0]?.at ?? 0)) / MINUTE_MS + 1;
  const longest = most(stretches, lengthOf) ?? [];
  const lowest = most(longest, ({ share }) => -share);
  const [first] = longest;
  const minutes = lengthOf(longest);
  if (first === undefined || lowest === undefined || minutes < LEAST_HOLE_MINUTES) return undefined;
  return {
    kind: 'coverageHole',
    score: (1 - lowest.share / median) * Math.min(1, minutes / WHOLE_HOLE_MINUTES),
    at: lowest.at,
    from: first.at,
    to: epochMs(first.at + minutes * MINUTE_MS),
    focus: { kind: 'box', box },
    incident: null,
    about: [],
    responder: null,
    figures: [
      figure('minutes', minutes, 'minutes', longest.length),
      figure('lowest', lowest.share, 'share'),
      figure('medianCoverage', median, 'share', coverage.length),
    ],
  };
}

/** The incident that stayed open longest, or still was open when the day ended. */
export function longestOpen({ incidents, endsAt }: DayFacts): Candidate | undefined {
  const open = incidents
    .filter(({ priority }) => priority !== 4)
    .map((one) => ({ ...one, minutes: ((one.leftAt ?? endsAt) - one.receivedAt) / MINUTE_MS }))
    // A sender's clock may run ahead of the present.
    .filter(({ minutes }) => minutes >= 0);
  const longest = most(open, ({ minutes }) => minutes);
  const median = medianOf(open.map(({ minutes }) => minutes));
  if (longest === undefined || median === undefined || open.length < LEAST_CASES) return undefined;
  if (longest.minutes <= Math.max(LEAST_OPEN_MINUTES, median)) return undefined;
  return {
    kind: 'longestOpen',
    score: 1 - median / longest.minutes,
    ...incidentPart(longest),
    from: epochMs(longest.receivedAt - MINUTE_MS),
    to: epochMs((longest.leftAt ?? endsAt) + MINUTE_MS),
    responder: null,
    figures: [
      figure('open', longest.minutes, 'minutes'),
      figure('medianOpen', median, 'minutes', open.length),
    ],
  };
}

/** The longest stretch between two records of the day: the data has a hole there, whatever the city did. */
export function silence({ minutesWithRecords, box }: DayFacts): Candidate | undefined {
  const gaps = minutesWithRecords.slice(1).map((at, index) => {
    const from = epochMs((minutesWithRecords[index] ?? at) + MINUTE_MS);
    return { from, to: at, minutes: (at - from) / MINUTE_MS };
  });
  const longest = most(gaps, ({ minutes }) => minutes);
  if (longest === undefined || longest.minutes < LEAST_SILENCE_MINUTES) return undefined;
  return {
    kind: 'silence',
    score: Math.min(1, longest.minutes / WHOLE_SILENCE_MINUTES),
    at: longest.from,
    from: epochMs(longest.from - MINUTE_MS),
    to: epochMs(longest.to + MINUTE_MS),
    focus: { kind: 'box', box },
    incident: null,
    about: [],
    responder: null,
    figures: [figure('minutes', longest.minutes, 'minutes', minutesWithRecords.length)],
  };
}
