import { INCIDENT_STAGES, type IncidentStage, type IncidentState } from '../domain/incident.ts';

/**
 * The ordinary course and the ways out of it.
 *
 *   received → offered → accepted → enRoute → onScene → stable → closed
 *       └────────── any of these but closed ──────────┘
 *              │               │            │
 *           diverted ──►    merged      cancelled      (diverted may still be closed, merged or cancelled)
 *
 *   closed, merged, cancelled: ended; only `reopened` leads out, back into the ordinary course.
 */
const RANK: ReadonlyMap<IncidentState, number> = new Map(
  INCIDENT_STAGES.map((stage, rank) => [stage, rank] as const),
);

/** Whether the incident is over: nothing but `reopened` moves it, and it leaves the world after a while. */
export const isEnded = (state: IncidentState): boolean =>
  state === 'closed' || state === 'merged' || state === 'cancelled';

/** Whether a stage that is reported moves an incident that stands at `from`. Stages may be skipped, never taken back. */
export function mayReach(from: IncidentState, stage: IncidentStage): boolean {
  if (isEnded(from)) return false;
  if (from === 'diverted') return stage === 'closed';
  return (RANK.get(stage) ?? 0) > (RANK.get(from) ?? 0);
}

/** Whether an incident that stands at `from` may leave the ordinary course. */
export function mayLeave(from: IncidentState, way: 'diverted' | 'merged' | 'cancelled'): boolean {
  return !isEnded(from) && from !== way;
}

/** The further of two stages. */
export const furtherStage = (one: IncidentStage, other: IncidentStage): IncidentStage =>
  (RANK.get(other) ?? 0) > (RANK.get(one) ?? 0) ? other : one;
