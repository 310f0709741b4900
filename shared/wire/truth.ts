import type { EpochMs } from '../domain/units.ts';
import type { ArrivalFigures, CalibrationStep, MissedReason } from '../rules/half-minute.ts';

/** One incident: what was expected when it came in, and whether somebody was there within half a minute. */
export interface IncidentTruth {
  readonly incidentId: string;
  readonly receivedAt: EpochMs;
  readonly precinctId: string;
  readonly lng: number;
  readonly lat: number;
  /** When the best responder could have been there; null when nobody could set out, or nothing is known of who could. */
  readonly predictedSeconds: number | null;
  /** Null when nobody has arrived (so far). */
  readonly arrivedSeconds: number | null;
  readonly verdict: 'MET' | 'MISSED';
  /** Null when it was met. */
  readonly why: MissedReason | null;
}

/** `GET /api/reach/truth`: a day's half minutes. Incidents younger than half a minute are not judged yet. */
export interface DayTruth {
  readonly incidents: readonly IncidentTruth[];
  /** Of the day, but their expectation is still being worked out. */
  readonly waiting: number;
  readonly city: ArrivalFigures;
  readonly precincts: readonly ({ readonly precinctId: string } & ArrivalFigures)[];
  readonly reasons: Readonly<Record<MissedReason, number>>;
  readonly calibration: readonly CalibrationStep[];
}
