import type { Category, Priority } from '../domain/incident.ts';
import type { EpochMs } from '../domain/units.ts';
import type { CoverageShares } from './coverage.ts';

/** One day of the city's calendar that history has something of; `GET /api/history/days` gives a list of them. */
export interface HistoryDay {
  /** YYYY-MM-DD in the city's time zone. */
  readonly day: string;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  /** Minutes of the day that have records, and those that are sealed and up to date. */
  readonly minutesWithRecords: number;
  readonly minutesSealed: number;
  /** The day is so old that it cannot be replayed any more; its counts stay. */
  readonly replayGone?: true;
  /** Counts by local hour, each in the order of HOUR_COUNTERS; by when things happened. */
  readonly hours: readonly (readonly number[])[];
}

export interface HistoryDays {
  readonly timeZone: string;
  readonly days: readonly HistoryDay[];
  /** How far the filling-in has come, for a wall that says so; null when nothing is waiting. */
  readonly filling: { readonly minutesWaiting: number } | null;
}

/** `GET /api/history/:day`: the day and its minutes that can be fetched. */
export interface HistoryDayDetail extends HistoryDay {
  readonly minutes: readonly {
    /** HH:MM in the city's time zone, with '+1' behind a minute that a clock change repeats. */
    readonly minute: string;
    readonly startsAt: EpochMs;
    readonly etag: string;
    readonly bytes: number;
  }[];
}

/** One day's counts by precinct; `GET /api/history/precincts` gives a list of them. */
export interface HistoryPrecinctDay {
  /** YYYY-MM-DD in the city's time zone. */
  readonly day: string;
  /** By precinct, each in the order of PRECINCT_COUNTERS; '' holds what no precinct could be told of. */
  readonly precincts: Readonly<Record<string, readonly number[]>>;
}

export interface HistoryPrecincts {
  readonly timeZone: string;
  /** In the order of the calendar; a day on which nothing happened is not there. */
  readonly days: readonly HistoryPrecinctDay[];
}

/** `GET /api/history/:day/usual-places?hour=`: where incidents are usual at an hour of such a weekday. */
export interface UsualPlaces {
  /** The days counted: the same weekdays of the four weeks before that history has something of. */
  readonly days: readonly string[];
  readonly hour: number;
  /** Side of a place's cell, in degrees. */
  readonly cellDegrees: number;
  readonly places: readonly UsualPlace[];
}

/** Middle of a cell and the median of its incidents per hour, smoothed over its surroundings. */
export interface UsualPlace {
  readonly lng: number;
  readonly lat: number;
  readonly perHour: number;
}

/** `GET /api/history/:day/incidents`: what came in on a day, in the order of time, whatever became of it. */
export interface HistoryIncidents {
  readonly incidents: readonly HistoryIncident[];
}

export interface HistoryIncident {
  readonly incidentId: string;
  readonly at: EpochMs;
  readonly category: Category;
  readonly priority: Priority;
  readonly lng: number;
  readonly lat: number;
  readonly place: string;
  /** When it was heard of, where that was more than a minute after it came in. */
  readonly knownAt?: EpochMs;
}

/** A day in which something arrived; `GET /api/history/known/days` gives a list of them. */
export interface KnownDay {
  /** YYYY-MM-DD in the city's time zone. */
  readonly day: string;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly minutesWithRecords: number;
}

export interface KnownDays {
  readonly timeZone: string;
  readonly days: readonly KnownDay[];
}

/** `GET /api/history/known/:day`: the minutes of a day in which something arrived. */
export interface KnownDayDetail extends KnownDay {
  readonly minutes: readonly {
    readonly minute: string;
    readonly startsAt: EpochMs;
    /** '' while the minute runs. */
    readonly etag: string;
    /** How far the running minute has come. */
    readonly until?: EpochMs;
  }[];
}

/** `GET /api/history/heat`: where incidents were on some days, between some hours. */
export interface HistoryHeat {
  readonly timeZone: string;
  /** The days asked for, and whether anything of each is known. */
  readonly days: readonly { readonly day: string; readonly hasData: boolean; readonly incidents: number }[];
  readonly daysWithData: number;
  /** Side of a cell, in degrees. */
  readonly cellDegrees: number;
  readonly cells: readonly HeatCell[];
}

/** Middle of a cell, what happened in it, and that smoothed over its surroundings, per day that has data. */
export interface HeatCell {
  readonly lng: number;
  readonly lat: number;
  readonly incidents: number;
  readonly perDay: number;
}

/** `GET /api/history/compare`: two ranges, each by the time since it began, and where they differ. */
export interface HistoryComparison {
  readonly timeZone: string;
  readonly a: ComparedRange;
  readonly b: ComparedRange;
  /** Side of a cell, in degrees. */
  readonly cellDegrees: number;
  readonly cells: readonly ComparedCell[];
}

export interface ComparedRange {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly incidents: number;
  readonly byCategory: Readonly<Record<Category, number>>;
  /** By whole hours since the range began; the last one may be a part of one. */
  readonly byHour: readonly number[];
  /** By the minute since the range began, as far as it is worked out. */
  readonly coverage: readonly ({ readonly minute: number } & CoverageShares)[];
}

/** Middle of a cell with its incidents of both ranges, smoothed over the surroundings; `difference` is b less a. */
export interface ComparedCell {
  readonly lng: number;
  readonly lat: number;
  readonly a: number;
  readonly b: number;
  readonly difference: number;
}
