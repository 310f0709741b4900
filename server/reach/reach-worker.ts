import { workerData } from 'node:worker_threads';
import { ok } from '@maplewall/shared/domain/fault.ts';
import { seqNo, type Seq } from '@maplewall/shared/domain/units.ts';
import { WEIGHTS } from '@maplewall/shared/wire/coverage.ts';
import { localDayOf } from '../history/local-day.ts';
import { ReadOnlyLog } from '../log/read-only-log.ts';
import { answerQuestions } from '../thread/answer-questions.ts';
import { arrivalsAt } from './arrivals.ts';
import { withNames } from './arrival-names.ts';
import { AcceptTimes } from './accept-times.ts';
import { askablesAt } from './candidates.ts';
import type { Coverage } from './coverage.ts';
import { Outcomes } from './outcomes.ts';
import { PastIncidents } from './past-incidents.ts';
import { withPostMoved, type MovedPost } from './movers.ts';
import { OrderTracks } from './order-tracks.ts';
import { segmentWorld } from '../history/segment-world.ts';
import { pastMovers } from './past-movers.ts';
import { ReachEngine } from './reach-engine.ts';
import type { AskedMoment, Questions, ReachReady, ReachThreadData } from './reach-messages.ts';
import { openStreets } from './street-cache.ts';
import { streetReport } from './street-report.ts';
import { standingOf } from './standing.ts';
import { workOutWhatIf } from './work-out-what-if.ts';

/** The thread of reach: searches take milliseconds, advice a fifth of a second, and nobody else waits for them. */
const { pack, cacheFile, logFile } = workerData as ReachThreadData;

/** Counting the present by other incidents searches from everybody anew, a second at most: when they are a twentieth more … */
const RECOUNT_GROWTH = 1.05;
/** … or as often as this, if there are more at all. */
const RECOUNT_MS = 600_000;

const graph = await openStreets(pack, cacheFile);
const engine = new ReachEngine(pack, graph);
const log = new ReadOnlyLog(logFile);
const incidents = new PastIncidents();
const acceptTimes = new AcceptTimes();
const outcomes = new Outcomes();
const tracks = new OrderTracks();
let readUpTo: Seq = seqNo(0);
let counted = 0;
let countedAt = 0;

function readLog(): void {
  const upTo = log.lastSeq();
  if (upTo === readUpTo) return;
  for (const event of log.eventsAfter(readUpTo)) {
    incidents.take(event);
    acceptTimes.take(event);
    outcomes.take(event);
    tracks.take(event);
  }
  readUpTo = upTo;
  const isDue = performance.now() - countedAt > RECOUNT_MS && incidents.size > counted;
  if (incidents.size <= counted * RECOUNT_GROWTH && !isDue) return;
  countedAt = performance.now();
  counted = incidents.size;
  engine.setIncidents(incidents.latest());
}

function coverageAt(moment: AskedMoment, moved?: MovedPost): Coverage {
  readLog();
  const { at } = moment;
  const acceptSeconds = acceptTimes.medianAt(at);
  const movers = moment.kind === 'live' ? moment.movers : pastMovers(moment.segment, at, pack.city);
  // A day counts by the year before it began, whatever came later.
  const year =
    moment.kind === 'live' ? undefined : incidents.yearBefore(localDayOf(at, pack.city.timeZone).startsAt);
  if (moved !== undefined)
    return engine.supposed({ at, movers: withPostMoved(movers, moved), acceptSeconds }, year);
  return year === undefined
    ? engine.live({ at, movers, acceptSeconds })
    : engine.past({ at, movers, acceptSeconds }, year);
}

/** Whether no record of all had come by then, so that nobody can tell who was there. */
const isBeforeAll = (moment: AskedMoment): boolean =>
  moment.kind === 'past' && segmentWorld(moment.segment, moment.at).sources.size === 0;

const sayReady = answerQuestions<Questions, ReachReady>(
  {
    reach: (question) => engine.reach(question),
    way: ({ to, ...from }) => engine.wayFrom(from, to),
    reachOf: ({ at, standing, seconds, mode, to }) => {
      readLog();
      const found =
        'segment' in standing
          ? standingOf(segmentWorld(standing.segment, at), at, pack.city, standing.whose)
          : ok(standing);
      if (!found.ok) return found;
      return ok(engine.reachOf(found.value, { seconds, mode, to, acceptSeconds: acceptTimes.medianAt(at) }));
    },
    shares: ({ moment, moved }) => {
      const coverage = coverageAt(moment, moved);
      return {
        at: moment.at,
        areas: engine.areas.list.map((_, area) => ({
          shares: engine.sharesOf(coverage, area),
          totals: {
            blocks: coverage.total(area, WEIGHTS.indexOf('blocks')),
            places: coverage.total(area, WEIGHTS.indexOf('places')),
            incidents: coverage.total(area, WEIGHTS.indexOf('incidents')),
          },
        })),
        acceptSeconds: coverage.acceptSeconds,
        ...coverage.counts(),
      };
    },
    prediction: ({ moment, lng, lat }) => {
      const coverage = coverageAt(moment);
      if (coverage.counts().onDuty === 0 && isBeforeAll(moment)) return 'nothingKnown';
      return { seconds: arrivalsAt(coverage, lng, lat)[0]?.seconds ?? null, accept: coverage.acceptSeconds };
    },
    outcomes: ({ from, to }) => {
      readLog();
      return outcomes.between(from, to);
    },
    askables: ({ moment: { segment, at }, incidentId, lng, lat }) => {
      readLog();
      const world = segmentWorld(segment, at);
      const asked = new Set(tracks.of(incidentId).map(({ responderId }) => responderId));
      return askablesAt({ world, at, city: pack.city }, engine.streets, { lng, lat }, asked);
    },
    whatIf: (question) => {
      readLog();
      return workOutWhatIf(question, { tracks, streets: engine.streets });
    },
    posts: ({ moment }) => engine.posts(coverageAt(moment)),
    arrivals: ({ moment, lng, lat, most }) => {
      const found = engine.arrivals(coverageAt(moment), lng, lat, most);
      if (moment.kind === 'live') return found;
      const { positions, responders } = segmentWorld(moment.segment, moment.at);
      return withNames(found, positions.responderIds, responders);
    },
    advice: ({ moment, ...wanted }) => engine.advice(coverageAt(moment), { at: moment.at, ...wanted }),
    gaps: ({ moment, ...wanted }) => engine.gaps(coverageAt(moment), wanted),
  },
  () => log.close(),
);
sayReady({
  areas: engine.areas.list,
  streets: streetReport(pack, graph),
  people: engine.people,
});
