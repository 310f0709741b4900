import type { Category, IncidentState } from '../domain/incident.ts';
import type { EpochMs } from '../domain/units.ts';

/** An incident that is danger to life and not over; `GET /api/incidents/urgent` gives a list of them, the longest wait first. */
export interface UrgentIncident {
  readonly incidentId: string;
  readonly category: Category;
  readonly state: IncidentState;
  readonly place: string;
  readonly receivedAt: EpochMs;
  readonly acknowledgedAt: EpochMs | null;
  readonly acknowledgedBy: string;
}

export interface UrgentIncidents {
  readonly incidents: readonly UrgentIncident[];
}
