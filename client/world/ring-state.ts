import type { Incident } from '@maplewall/shared/domain/incident.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { HALF_MINUTE_SECONDS } from '@maplewall/shared/rules/half-minute.ts';
import { arrivedAt, endedAt } from './incident-times.ts';

/** So long the clock ring stands round an incident; then it is gone. */
export const CLOCK_RING_SECONDS = 120;

/**
 * The clock ring of an incident: `running` counts the half minute down; `met` ends filled (somebody came in time),
 * `late` half, `open` open (nobody yet). `seconds` stands beside it: those left, those the first one took, or those waited.
 */
export type RingState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' | 'met' | 'late' | 'open'; readonly seconds: number };

/**
 * The ring at a moment: it follows from the incident's times alone, so a replay, a jump and a late report show what
 * watching it live would have shown. Requests (priority 4) and what was diverted or has ended have none.
 */
export function ringState(incident: Pick<Incident, 'times' | 'state' | 'priority'>, at: EpochMs): RingState {
  const ended = endedAt(incident);
  if (incident.state === 'diverted' || incident.priority === 4 || (ended !== undefined && at >= ended))
    return { kind: 'none' };
  const received = incident.times.received ?? at;
  const since = (at - received) / 1000;
  if (since >= CLOCK_RING_SECONDS) return { kind: 'none' };
  const arrived = arrivedAt(incident);
  if (arrived !== undefined && at >= arrived) {
    const took = (arrived - received) / 1000;
    return { kind: took <= HALF_MINUTE_SECONDS ? 'met' : 'late', seconds: Math.max(0, took) };
  }
  // A source whose clock runs ahead has not lost a second yet.
  return since < HALF_MINUTE_SECONDS
    ? { kind: 'running', seconds: HALF_MINUTE_SECONDS - Math.max(0, since) }
    : { kind: 'open', seconds: since };
}

/** What `ringOf` answers first in the shader. */
export const RING_IN_SHADER = {
  none: 0,
  running: 1,
  met: 2,
  late: 3,
  open: 4,
} as const satisfies Record<RingState['kind'], number>;

/**
 * GLSL of `vec2 ringOf(vec3 since, bool mayRing)`: kind and seconds, the same as `ringState`. `since` is seconds since
 * received, first arrival and end, negative where it has not happened; `mayRing` is false for diverted ones and requests.
 */
export const RING_GLSL = `\
vec2 ringOf(vec3 since, bool mayRing) {
  if (!mayRing || since.z >= 0.0 || since.x >= ${CLOCK_RING_SECONDS}.0) return vec2(${RING_IN_SHADER.none}.0, 0.0);
  if (since.y >= 0.0) {
    float took = since.x - since.y;
    return vec2(took <= ${HALF_MINUTE_SECONDS}.0 ? ${RING_IN_SHADER.met}.0 : ${RING_IN_SHADER.late}.0, max(0.0, took));
  }
  return since.x < ${HALF_MINUTE_SECONDS}.0
    ? vec2(${RING_IN_SHADER.running}.0, ${HALF_MINUTE_SECONDS}.0 - max(0.0, since.x))
    : vec2(${RING_IN_SHADER.open}.0, since.x);
}
`;
