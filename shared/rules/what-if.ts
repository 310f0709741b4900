import type { TravelMode } from './travel.ts';
import { acceptsAfter, tripSeconds, type Conduct, type ConductOf } from './conduct.ts';

/**
 * The same incident again with other people asked: who is asked when, and when the first is there. Everybody has the same luck
 * under every policy, so that what differs is the policy alone. docs/spec/what-if.md says what this can tell.
 */

/** Somebody who could be asked about an incident. */
export interface Candidate {
  /** The same person has the same key, whoever else is on the list. */
  readonly key: number;
  readonly mode: TravelMode;
  /** Expected way by the streets. */
  readonly waySeconds: number;
  /** When they were asked, from the report on; undefined for whom nobody asked. */
  readonly askedSeconds: number | undefined;
  /** One post more, which was not there. */
  readonly isSupposed?: boolean;
}

/** Undefined is as it was done. */
export interface Policy {
  /** How many are asked at once, at the moment when the first was asked. */
  readonly offers: number | undefined;
  /** Another one is asked whenever so many seconds have gone by and nobody has accepted. */
  readonly substituteSeconds: number | undefined;
  readonly withSupposed: boolean;
}

export const AS_DONE: Policy = { offers: undefined, substituteSeconds: undefined, withSupposed: false };

/** Who is asked when, whatever happens, and who is asked next while nobody accepts; places in the list of candidates. */
export interface Asking {
  readonly asked: readonly { readonly candidate: number; readonly seconds: number }[];
  readonly next: readonly number[];
  readonly fromSeconds: number;
}

/** What one person would do, counted from being asked; undefined for what would never be. */
export interface Fate {
  readonly acceptsAfter: number | undefined;
  readonly thereAfter: number | undefined;
}

/** By a candidate's place in the list. */
export type FateOf = (place: number) => Fate;

/** One course of an incident. */
export interface Course {
  /** Until the first is there, at most LONGEST_SECONDS. */
  readonly seconds: number;
  readonly alerts: number;
  /** Those who set out before the first was there, and when they accepted. */
  readonly taken: readonly { readonly candidate: number; readonly seconds: number }[];
  /** How many were passed over since another incident had them. */
  readonly passedOver: number;
}

/** Whether somebody is free at a moment of the incident. */
export type IsFree = (candidate: number, seconds: number) => boolean;
const EVERYBODY_IS: IsFree = () => true;

/** Whoever is not there by then counts as being there then, so that a mean can be told. */
export const LONGEST_SECONDS = 1_800;
/** After that nobody is asked any more. */
const LAST_SUBSTITUTE_SECONDS = 600;

/**
 * Those who were asked come first, in that order, then the others by their expected way: another number of offers goes on
 * where the real dispatcher left off. A supposed post stands where its way puts it.
 */
export function askingOf(candidates: readonly Candidate[], policy: Policy): Asking {
  const { offers, withSupposed } = policy;
  const places = candidates.map((candidate, place) => ({ ...candidate, place }));
  const real = places
    .filter(({ isSupposed }) => isSupposed !== true)
    .toSorted(
      (a, b) => (a.askedSeconds ?? Infinity) - (b.askedSeconds ?? Infinity) || a.waySeconds - b.waySeconds,
    );
  const order = [...real];
  if (withSupposed)
    for (const one of places.filter(({ isSupposed }) => isSupposed === true)) {
      const later = order.findIndex(({ waySeconds }) => waySeconds > one.waySeconds);
      order.splice(later === -1 ? order.length : later, 0, one);
    }
  const fromSeconds = Math.min(Infinity, ...real.map(({ askedSeconds }) => askedSeconds ?? Infinity));
  const lastAsked = real.findLastIndex(({ askedSeconds }) => askedSeconds !== undefined);
  const asDone = lastAsked === -1 ? 0 : order.findIndex(({ place }) => place === real[lastAsked]?.place) + 1;
  const count = offers ?? asDone;
  return {
    asked: order.slice(0, count).map(({ place, askedSeconds }) => ({
      candidate: place,
      seconds: offers === undefined ? (askedSeconds ?? fromSeconds) : fromSeconds,
    })),
    next: order.slice(count).map(({ place }) => place),
    fromSeconds,
  };
}

/**
 * How it goes when everybody has their fate. Whoever is not free when their turn comes is passed over, and the next one of
 * those who would not have been asked takes their place.
 */
export function courseOf(
  asking: Asking,
  fates: FateOf,
  { substituteSeconds }: Policy,
  isFree: IsFree = EVERYBODY_IS,
): Course {
  let accepted = Infinity;
  let there = LONGEST_SECONDS;
  let alerts = 0;
  let passedOver = 0;
  let nextPlace = 0;
  const acceptances: { candidate: number; seconds: number }[] = [];
  const ask = (candidate: number, seconds: number): void => {
    const { acceptsAfter: accepts, thereAfter = Infinity } = fates(candidate);
    alerts += 1;
    there = Math.min(there, seconds + thereAfter);
    if (accepts === undefined) return;
    accepted = Math.min(accepted, seconds + accepts);
    acceptances.push({ candidate, seconds: seconds + accepts });
  };
  const nextFree = (seconds: number): number | undefined => {
    while (nextPlace < asking.next.length) {
      const candidate = asking.next[nextPlace++];
      if (candidate !== undefined && isFree(candidate, seconds)) return candidate;
      passedOver += 1;
    }
    return undefined;
  };
  for (const { candidate, seconds } of asking.asked) {
    if (isFree(candidate, seconds)) {
      ask(candidate, seconds);
      continue;
    }
    passedOver += 1;
    const other = nextFree(seconds);
    if (other !== undefined) ask(other, seconds);
  }
  if (substituteSeconds !== undefined)
    for (let after = substituteSeconds; after <= LAST_SUBSTITUTE_SECONDS; after += substituteSeconds) {
      const seconds = asking.fromSeconds + after;
      if (accepted <= seconds) break;
      const candidate = nextFree(seconds);
      if (candidate === undefined) break;
      ask(candidate, seconds);
    }
  return { seconds: there, alerts, taken: acceptances.filter(({ seconds }) => seconds < there), passedOver };
}

/** What each candidate would do in one draw; it depends on the incident, the draw and the person alone. */
export function fatesOf(
  candidates: readonly Candidate[],
  incident: number,
  draw: number,
  conduct: ConductOf,
): FateOf {
  // Both policies ask mostly the same people, and of a long list only the first.
  const known: Fate[] = [];
  return (place) => {
    const one = candidates[place];
    if (one === undefined) return NEVER;
    return (known[place] ??= fateOf(one, incident, draw, conduct(one.mode)));
  };
}

function fateOf({ key, waySeconds }: Candidate, incident: number, draw: number, own: Conduct): Fate {
  const accepts = acceptsAfter(own.accepts, luck(incident, draw, key, 0));
  if (accepts === undefined) return NEVER;
  const comes = luck(incident, draw, key, 1) < own.comes;
  return {
    acceptsAfter: accepts,
    thereAfter: comes ? accepts + tripSeconds(own, waySeconds, luck(incident, draw, key, 2)) : undefined,
  };
}

const NEVER: Fate = { acceptsAfter: undefined, thereAfter: undefined };

/** A text as a number of 32 bits (FNV-1a). */
export function numberOf(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return state >>> 0;
}

/** From 0 up to 1, the same on every machine, and independent of what else is drawn: mixed as MurmurHash3 does. */
function luck(...names: readonly [incident: number, draw: number, person: number, what: number]): number {
  let state = SEED;
  for (const name of names) {
    let part = Math.imul(name, 0xcc9e2d51);
    part = Math.imul((part << 15) | (part >>> 17), 0x1b873593);
    state ^= part;
    state = (Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64) | 0;
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 4_294_967_296;
}

const SEED = 20_261_128;
