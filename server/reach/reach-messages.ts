import type { Result } from '@maplewall/shared/domain/fault.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { TravelMode } from '@maplewall/shared/rules/travel.ts';
import type { ShiftEndAnswer } from '@maplewall/shared/wire/reach.ts';
import type { CoverageShares, HorizonSeconds, Weight } from '@maplewall/shared/wire/coverage.ts';
import type { CityPack } from '../city/read-pack.ts';
import type { Area } from './areas.ts';
import type { Askable } from './candidates.ts';
import type { Expectation } from './course-store.ts';
import type { Gaps } from './gaps.ts';
import type { Feature } from './geo-json.ts';
import type { MovedPost, Movers } from './movers.ts';
import type { Outcome } from './outcomes.ts';
import type { AdviceQuestion, ReachQuestion } from './reach-engine.ts';
import type { ReachOfOne, Standing, Whose } from './standing.ts';
import type { WhatIfQuestion, WorkedOut } from './work-out-what-if.ts';
import type { StreetReport } from './street-report.ts';
import type { LngLat } from './ways.ts';

/** The moment a question is about: the present, told in columns, or a second of a past minute, whose segment is sent along. */
export type AskedMoment =
  | { readonly kind: 'live'; readonly at: EpochMs; readonly movers: Movers }
  | {
      readonly kind: 'past';
      readonly at: EpochMs;
      readonly segment: Uint8Array;
      /** Of the segment, as history names it. */
      readonly version: string;
    };

/** What can be asked of the thread, and what it answers. */
export interface Questions {
  /** Of one place to another. */
  readonly way: {
    readonly ask: Omit<ReachQuestion, 'seconds'> & { readonly to: LngLat };
    readonly answer: readonly Feature[];
  };
  readonly reach: { readonly ask: ReachQuestion; readonly answer: readonly Feature[] };
  readonly reachOf: {
    readonly ask: {
      readonly at: EpochMs;
      /** Of the present, as the world says; of a past second the segment, in which it is looked up. */
      readonly standing: Standing | { readonly segment: Uint8Array; readonly whose: Whose };
      readonly seconds: number;
      /** As they go by their kind, if it is left out. */
      readonly mode: TravelMode | undefined;
      /** The way there instead. */
      readonly to: LngLat | undefined;
    };
    readonly answer: Result<ReachOfOne>;
  };
  readonly shares: {
    /** `moved`: as it would be with one post elsewhere. */
    readonly ask: { readonly moment: AskedMoment; readonly moved?: MovedPost | undefined };
    readonly answer: Shares;
  };
  readonly posts: { readonly ask: { readonly moment: AskedMoment }; readonly answer: readonly Feature[] };
  readonly prediction: {
    readonly ask: { readonly moment: AskedMoment; readonly lng: number; readonly lat: number };
    readonly answer: Expectation;
  };
  readonly outcomes: {
    readonly ask: { readonly from: EpochMs; readonly to: EpochMs };
    readonly answer: readonly Outcome[];
  };
  readonly askables: {
    readonly ask: {
      readonly moment: Extract<AskedMoment, { kind: 'past' }>;
      readonly incidentId: IncidentId;
      readonly lng: number;
      readonly lat: number;
    };
    readonly answer: readonly Askable[];
  };
  readonly whatIf: {
    readonly ask: WhatIfQuestion;
    readonly answer: WorkedOut | undefined;
  };
  readonly arrivals: {
    readonly ask: {
      readonly moment: AskedMoment;
      readonly lng: number;
      readonly lat: number;
      readonly most: number;
    };
    /** At a past second with names, in the present with the `key` by which the world knows them. */
    readonly answer: readonly Feature[];
  };
  readonly advice: {
    readonly ask: Omit<AdviceQuestion, 'at'> & { readonly moment: AskedMoment };
    readonly answer: Advice;
  };
  readonly gaps: {
    readonly ask: {
      readonly moment: AskedMoment;
      readonly area: number;
      readonly seconds: HorizonSeconds;
      readonly weight: Weight;
    };
    readonly answer: Gaps;
  };
}
export type Topic = keyof Questions;

/** Coverage at one moment, of each area in their order. */
export interface Shares {
  readonly at: EpochMs;
  readonly areas: readonly {
    readonly shares: CoverageShares;
    readonly totals: Readonly<Record<Weight, number>>;
  }[];
  readonly acceptSeconds: number;
  readonly posts: number;
  readonly people: number;
  readonly offStreet: number;
  /** Everybody on duty in the city. */
  readonly onDuty: number;
}

export interface Advice {
  readonly spots: readonly { readonly lng: number; readonly lat: number; readonly gain: number }[];
  readonly total: number;
  readonly acceptSeconds: number;
  readonly waySeconds: number;
  readonly lone: readonly { readonly post: string; readonly loss: number }[];
  readonly twins: readonly { readonly posts: readonly [string, string]; readonly shared: number }[];
  readonly shiftEnds: readonly ShiftEndAnswer[];
}

/** What the thread knows when the streets are joined. */
export interface ReachReady {
  readonly areas: readonly Area[];
  readonly streets: StreetReport;
  /** Whether places of people are buildings, or blocks for want of them. */
  readonly people: 'buildings' | 'blocks';
}

export interface ReachThreadData {
  /** As the gateway read it: its folder may hold another one by the time that the thread is started again. */
  readonly pack: CityPack;
  readonly cacheFile: string;
  readonly logFile: string;
}
