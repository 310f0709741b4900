import type { Category, Priority } from '../../domain/incident.ts';
import type { ResponderKind } from '../../domain/responder.ts';
import type { EpochMs } from '../../domain/units.ts';
import type { Box } from './chapter.ts';

/** What the chapters of a day are made of; what is not known is not there. */
export interface DayFacts {
  readonly startsAt: EpochMs;
  /** The end of the day, or the present of a day that is going on. */
  readonly endsAt: EpochMs;
  /** The whole city. */
  readonly box: Box;
  /** What came in on the day, in the order of time. */
  readonly incidents: readonly IncidentFacts[];
  /** The share of places reached in half a minute, by the minute, in the order of time. */
  readonly coverage: readonly { readonly at: EpochMs; readonly share: number }[];
  /** Incidents by whole hour; `usual` only where enough such days are held. */
  readonly hours: readonly HourFacts[];
  /** The minutes of the day that have records, in their order. */
  readonly minutesWithRecords: readonly EpochMs[];
}

export interface HourFacts {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly received: number;
  readonly usual: { readonly median: number; readonly high: number; readonly days: number } | undefined;
}

/** One incident as history has it at the end of the day. */
export interface IncidentFacts {
  readonly incidentId: string;
  readonly receivedAt: EpochMs;
  readonly category: Category;
  readonly priority: Priority;
  readonly lng: number;
  readonly lat: number;
  readonly place: string;
  /** When somebody was there first, and who. */
  readonly arrivedAt: EpochMs | undefined;
  readonly firstBy: { readonly responderId: string; readonly kind: ResponderKind } | undefined;
  /** What was to be expected when it came in, where that is worked out. */
  readonly expectedSeconds: number | undefined;
  /** Closed, merged, called off, or handed to another department. */
  readonly leftAt: EpochMs | undefined;
  /** How many came, and how many offers were declined or ran out. */
  readonly people: number;
  readonly refusals: number;
}
