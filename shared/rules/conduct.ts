import { quantileOf } from './quantile.ts';
import type { TravelMode } from './travel.ts';

/** How people of a city behave when they are asked, as its log tells it: whether and when they accept, and how they then come. */

/** What became of one offer, so many seconds after it was made. `open`: nobody knows, since it was taken back or is not answered yet. */
export interface Answer {
  readonly mode: TravelMode;
  readonly seconds: number;
  readonly answer: 'accepted' | 'refused' | 'open';
}

/** What became of one acceptance: there, or turned back though nobody else was there. */
export interface Trip {
  readonly mode: TravelMode;
  /** From acceptance to the spot; undefined for who turned back. */
  readonly tookSeconds: number | undefined;
  /** By the streets from the last fix before the incident; undefined where it is not known. */
  readonly waySeconds: number | undefined;
}

/** How long somebody who accepted was there for nobody else. */
export interface Engagement {
  readonly mode: TravelMode;
  readonly seconds: number;
}

/** By when which share of those asked has accepted: rising seconds, and beside each the share up to it. */
export interface AcceptCurve {
  readonly seconds: readonly number[];
  readonly shares: readonly number[];
}

/** How those of one kind behave. */
export interface Conduct {
  readonly accepts: AcceptCurve;
  /** Of those who accepted, who came. */
  readonly comes: number;
  /** From acceptance until they are free again: the median. */
  readonly busySeconds: number;
  /** In the order of their expected ways. */
  readonly trips: readonly { readonly waySeconds: number; readonly pace: number }[];
}

export type ConductOf = (mode: TravelMode) => Conduct;

/** Of one kind, with how much it was made of. */
export interface ConductFigures {
  readonly mode: TravelMode;
  readonly offers: number;
  /** Of offers that are neither taken back nor open. */
  readonly acceptedShare: number;
  readonly medianAcceptSeconds: number | undefined;
  readonly comes: number;
  /** From acceptance until free again; undefined where no end is known. */
  readonly medianBusySeconds: number | undefined;
  readonly trips: number;
  /** Real time from acceptance to arrival by the expected way. */
  readonly medianPace: number | undefined;
}

/** A kind that was asked less often answers as all do. */
export const LEAST_OBSERVED = 20;
/** How long an incident keeps somebody where no end of any is known. */
const BUSY_SECONDS = 1_800;
/** Trips differ more by kind than by chance, so that a few of the own tell more than many of others. */
const LEAST_TRIPS = 5;
/** Ways of similar length have similar paces: one is drawn from so many. */
const SIMILAR_TRIPS = 40;
/** Who is a step away still has to turn round; below this a pace would say nothing. */
const LEAST_WAY_SECONDS = 5;

/**
 * By when which share has accepted, where refusing ends the wait as well and what is taken back says nothing more
 * (the estimate of Aalen and Johansen, 1978): leaving such offers out would favour those who answer quickly.
 */
export function acceptCurve(answers: readonly Pick<Answer, 'seconds' | 'answer'>[]): AcceptCurve {
  const rank = { accepted: 0, refused: 1, open: 2 } as const;
  const sorted = answers.toSorted((a, b) => a.seconds - b.seconds || rank[a.answer] - rank[b.answer]);
  const seconds: number[] = [];
  const shares: number[] = [];
  let share = 0;
  let waiting = 1;
  for (const [index, { seconds: after, answer }] of sorted.entries()) {
    if (answer === 'open') continue;
    const part = waiting / (sorted.length - index);
    waiting -= part;
    if (answer !== 'accepted') continue;
    share += part;
    seconds.push(after);
    shares.push(Math.min(1, share));
  }
  return { seconds, shares };
}

/** Seconds until somebody of such luck (0 … 1) accepts; undefined for those who never do. */
export function acceptsAfter({ seconds, shares }: AcceptCurve, luck: number): number | undefined {
  const index = firstIndex(shares.length, (at) => (shares[at] ?? 1) > luck);
  return index === shares.length ? undefined : seconds[index];
}

/** Seconds from acceptance to the spot for somebody of such luck (0 … 1), as others took for a way like it. */
export function tripSeconds({ trips }: Conduct, waySeconds: number, luck: number): number {
  if (trips.length === 0) return waySeconds;
  const here = firstIndex(trips.length, (at) => (trips[at]?.waySeconds ?? 0) >= waySeconds);
  const count = Math.min(SIMILAR_TRIPS, trips.length);
  const first = Math.max(0, Math.min(trips.length - count, here - (count >> 1)));
  const pace = trips[first + Math.min(count - 1, Math.floor(luck * count))]?.pace ?? 1;
  return pace * Math.max(LEAST_WAY_SECONDS, waySeconds);
}

/** How each kind behaves; one of which too little was seen behaves as all together do. */
export function conductOf(
  answers: readonly Answer[],
  trips: readonly Trip[],
  engagements: readonly Engagement[] = [],
): ConductOf {
  const known = new Map<TravelMode, Conduct>();
  const own = <T extends { readonly mode: TravelMode }>(
    mode: TravelMode,
    all: readonly T[],
    least: number,
  ): readonly T[] => {
    const found = all.filter((one) => one.mode === mode);
    return found.length < least ? all : found;
  };
  return (mode) => {
    let conduct = known.get(mode);
    if (conduct === undefined) {
      const ended = own(mode, trips, LEAST_OBSERVED);
      const measured = own(mode, trips.filter(isMeasured), LEAST_TRIPS);
      conduct = {
        accepts: acceptCurve(own(mode, answers, LEAST_OBSERVED)),
        comes: comesShare(ended),
        busySeconds: medianSeconds(own(mode, engagements, LEAST_TRIPS)) ?? BUSY_SECONDS,
        trips: measured
          .map(({ waySeconds, tookSeconds }) => ({ waySeconds, pace: paceOf(waySeconds, tookSeconds) }))
          .toSorted((a, b) => a.waySeconds - b.waySeconds),
      };
      known.set(mode, conduct);
    }
    return conduct;
  };
}

/** What was seen of each kind, for whoever wants to judge what is made of it. */
export function conductFigures(
  modes: readonly TravelMode[],
  answers: readonly Answer[],
  trips: readonly Trip[],
  engagements: readonly Engagement[],
): readonly ConductFigures[] {
  return modes
    .map((mode): ConductFigures => {
      const asked = answers.filter((one) => one.mode === mode);
      const went = trips.filter((one) => one.mode === mode);
      const curve = acceptCurve(asked);
      const paces = went.filter(isMeasured).map((trip) => paceOf(trip.waySeconds, trip.tookSeconds));
      return {
        mode,
        offers: asked.length,
        acceptedShare: curve.shares.at(-1) ?? 0,
        medianAcceptSeconds: acceptsAfter(curve, (curve.shares.at(-1) ?? 0) / 2),
        comes: comesShare(went),
        medianBusySeconds: medianSeconds(engagements.filter((one) => one.mode === mode)),
        trips: paces.length,
        medianPace: quantileOf(
          paces.toSorted((a, b) => a - b),
          0.5,
        ),
      };
    })
    .filter(({ offers }) => offers > 0);
}

type MeasuredTrip = Trip & { readonly tookSeconds: number; readonly waySeconds: number };
const isMeasured = (trip: Trip): trip is MeasuredTrip =>
  trip.tookSeconds !== undefined && trip.waySeconds !== undefined;

const paceOf = (waySeconds: number, tookSeconds: number): number =>
  tookSeconds / Math.max(LEAST_WAY_SECONDS, waySeconds);

const medianSeconds = (engagements: readonly Engagement[]): number | undefined =>
  quantileOf(
    engagements.map(({ seconds }) => seconds).toSorted((a, b) => a - b),
    0.5,
  );

const comesShare = (trips: readonly Trip[]): number =>
  trips.length === 0 ? 1 : trips.filter(({ tookSeconds }) => tookSeconds !== undefined).length / trips.length;

/** The first of `count` places for which something holds that holds for all after it; `count` where there is none. */
function firstIndex(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
