import type { GridId, IncidentId, OrderId, PrecinctId, ResponderId } from './ids.ts';
import type { Mode } from './mode.ts';
import type { EpochMs, Lat, Lng } from './units.ts';

/** Top-level categories; sub-categories are data of the city. */
export const CATEGORIES = [
  'criminal',
  'publicOrder',
  'traffic',
  'dispute',
  'help',
  'fireAndSafety',
  'fraud',
  'nonPolice',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** 1 danger to life now · 2 violence or danger likely · 3 ordinary · 4 request or consultation. */
export const PRIORITIES = [1, 2, 3, 4] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The stages that a source or a responder may report, in their order. */
export const INCIDENT_STAGES = [
  'received',
  'offered',
  'accepted',
  'enRoute',
  'onScene',
  'stable',
  'closed',
] as const;
export type IncidentStage = (typeof INCIDENT_STAGES)[number];

/** The state of an incident: a stage, or one of the ways out of the ordinary course. */
export type IncidentState = IncidentStage | 'diverted' | 'merged' | 'cancelled';

/** The other departments' systems (四平台). */
export const PLATFORMS = ['governance', 'marketSupervision', 'lawEnforcement', 'publicServices'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** When each stage was first reached; each time is a fact of its own. */
export type StageTimes = Partial<Record<IncidentState, EpochMs>>;

export interface Incident {
  readonly id: IncidentId;
  category: Category;
  subCategory: string;
  priority: Priority;
  state: IncidentState;
  readonly lng: Lng;
  readonly lat: Lat;
  place: string;
  precinctId: PrecinctId | '';
  gridId: GridId | '';
  mode: Mode;
  times: StageTimes;
  /** The first responder on the spot; '' until then. */
  firstOnScene: ResponderId | '';
  /** Orders of this incident in the order in which they were offered. */
  orders: OrderId[];
  divertedTo: Platform | '';
  mergedInto: IncidentId | '';
  /** When a person took notice of it; undefined until then, and again when it becomes more urgent or is reopened. */
  acknowledgedAt: EpochMs | undefined;
  /** '' until then. */
  acknowledgedBy: string;
  /** When it last became more urgent than it was, or was reopened: alarms rise anew then. Undefined if it never did. */
  raisedAt: EpochMs | undefined;
}
