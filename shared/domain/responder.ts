import type { IncidentId, PostId, ResponderId, SourceId, StationId, TeamId } from './ids.ts';
import type { EpochMs } from './units.ts';

export const RESPONDER_KINDS = ['volunteer', 'sentry', 'officer', 'gridWorker'] as const;
export type ResponderKind = (typeof RESPONDER_KINDS)[number];

/** A responder in the world is on duty; who is off duty is not in it. */
export const RESPONDER_STATES = ['available', 'offered', 'assigned', 'enRoute', 'onScene'] as const;
export type ResponderState = (typeof RESPONDER_STATES)[number];

export interface Responder {
  readonly id: ResponderId;
  /** Place in the position columns; given at check-in, free again after check-out. */
  readonly slot: number;
  kind: ResponderKind;
  /** What is shown instead of a name. */
  callSign: string;
  teamId: TeamId | '';
  postId: PostId | '';
  stationId: StationId | '';
  state: ResponderState;
  /** The incident that the state speaks of; '' when available. */
  incidentId: IncidentId | '';
  checkedInAt: EpochMs;
  /** The source that the fixes come through, where it has ages of its own (rules/fix-age.ts); '' for any other. */
  reportsThrough: SourceId | '';
}
