import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { fixAge, limitsFor } from '@maplewall/shared/rules/fix-age.ts';
import type { ClientWorld } from '../world/client-world.ts';
import { fillOf } from '@maplewall/shared/rules/incident-fill.ts';
import { ENDED_MARK_SECONDS } from '../world/incident-marks.ts';
import { endedAt } from '../world/incident-times.ts';
import { ringState } from '../world/ring-state.ts';
import type { CrowdCount } from './crowd.ts';
import { mapColours, RISK_EDGES, riskRamp, riskStep } from './map-colours.ts';
import type { MapLegend } from './map-handle.ts';
import type { MapTheme } from './map-words.ts';
import { toCss } from './oklch.ts';
import type { PostMarks } from './post-marks.ts';

export interface LegendOptions {
  readonly clientWorld: ClientWorld;
  readonly marks: LegendMarks;
  readonly theme: MapTheme;
  readonly usualDays: number;
}

/** What the rows tell that the world does not. */
export interface LegendMarks {
  readonly posts: Pick<PostMarks, 'staffed'>;
  readonly crowd: { readonly count: CrowdCount };
  readonly clusters: number;
  readonly ways: { readonly heads: { readonly count: number }; readonly withoutLine: number };
}

/** What is on the map at `at`. Counts everybody once: cheap enough for once a second, not for every picture. */
export function legendOf(
  { clientWorld: { world, motion, ageLimits }, marks, theme, usualDays }: LegendOptions,
  at: EpochMs,
): MapLegend {
  const kinds = { volunteer: 0, sentry: 0, officer: 0, gridWorker: 0 };
  const states = { available: 0, offered: 0, assigned: 0, enRoute: 0, onScene: 0 };
  const ages = { fresh: 0, stale: 0, ghost: 0 };
  for (const responder of world.responders.values()) {
    const { slot, kind, state } = responder;
    if (motion.drawnAt(slot, at) === undefined) continue;
    kinds[kind] += 1;
    states[state] += 1;
    ages[fixAge(motion.ageSeconds(slot, at), limitsFor(ageLimits, responder))] += 1;
  }
  const incidents = { open: 0, ended: 0, rings: 0 };
  const fills = { nobody: 0, onTheWay: 0, there: 0 };
  for (const incident of world.incidents.values()) {
    const ended = endedAt(incident);
    if (ended !== undefined) incidents.ended += at - ended < ENDED_MARK_SECONDS * 1000 ? 1 : 0;
    else if (incident.state !== 'diverted') {
      incidents.open += 1;
      fills[fillOf(incident)] += 1;
      incidents.rings += ringState(incident, at).kind === 'none' ? 0 : 1;
    }
  }
  const steps = new Set<number>();
  for (const level of world.risks.levels.subarray(0, world.risks.gridIds.length)) steps.add(riskStep(level));
  const ramp = riskRamp(mapColours(theme));
  return {
    kinds,
    states,
    stale: ages.stale,
    ghosts: ages.ghost,
    staffedPosts: marks.posts.staffed,
    openIncidents: incidents.open,
    fills,
    endedIncidents: incidents.ended,
    clockRings: incidents.rings,
    riskSteps: ramp.flatMap(({ colour, opacity }, step) =>
      steps.has(step + 1)
        ? [{ colour: toCss(colour, opacity), from: RISK_EDGES[step] ?? 0, to: RISK_EDGES[step + 1] ?? 100 }]
        : [],
    ),
    people: marks.crowd.count.people,
    marks: marks.crowd.count.marks,
    clusters: marks.clusters,
    ways: marks.ways.heads.count,
    waysLeftOut: marks.ways.withoutLine,
    isVisitor: motion.isCoarse,
    usualDays,
  };
}
