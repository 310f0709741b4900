import { precinctCount, type PrecinctCounter } from '../domain/precinct-counts.ts';

/**
 * The Fengqiao index (trial): no source gives the official weights, so this one is open and made of what the log holds.
 * docs/spec/indicators.md has the formula in words.
 */

/** The index's parts: the share of `done` among `all`, in per cent, each with equal weight. */
export const INDEX_PARTS = {
  inTime: { done: 'arrived.30', all: 'arrived' },
  diversion: { done: 'nonPolice.diverted', all: 'nonPolice' },
  disputes: { done: 'dispute.settled', all: 'dispute.reported' },
  hazards: { done: 'hazard.putRight', all: 'hazard.found' },
  requests: { done: 'request.settled', all: 'request.received' },
} as const satisfies Record<string, { readonly done: PrecinctCounter; readonly all: PrecinctCounter }>;

export type IndexPartName = keyof typeof INDEX_PARTS;
const PART_NAMES = Object.keys(INDEX_PARTS) as readonly IndexPartName[];

/** A share of fewer cases than this says nothing about a station. */
export const LEAST_CASES = 20;
/** An index of fewer parts than this is none. */
const LEAST_PARTS = 3;

export interface StationIndex {
  readonly precinct: string;
  /** 0–100 with its 95 % interval; undefined where a part has too few cases. */
  readonly index: { readonly value: number; readonly low: number; readonly high: number } | undefined;
  /** Cases of all parts that count. */
  readonly cases: number;
}

export interface FengqiaoIndex {
  /** Parts that count: those of which any station has enough cases. */
  readonly parts: readonly IndexPartName[];
  /** Best first, those with too few cases last. */
  readonly stations: readonly StationIndex[];
}

/**
 * Compares stations by their counts (rows in the order of PRECINCT_COUNTERS, summed over one period).
 * A part of which no station has enough cases is left out for all; with fewer than three parts nobody has an index.
 */
export function fengqiaoIndex(rows: ReadonlyMap<string, readonly number[]>): FengqiaoIndex {
  const parts = PART_NAMES.filter((name) =>
    [...rows.values()].some((row) => precinctCount(row, INDEX_PARTS[name].all) >= LEAST_CASES),
  );
  const stations = [...rows].map(([precinct, row]): StationIndex => {
    const shares = parts.map((name) => shareOf(row, name));
    const enough = parts.length >= LEAST_PARTS && shares.every(({ all }) => all >= LEAST_CASES);
    return {
      precinct,
      index: enough ? meanOf(shares) : undefined,
      cases: shares.reduce((sum, { all }) => sum + all, 0),
    };
  });
  return {
    parts,
    stations: stations.toSorted(
      (a, b) => (b.index?.value ?? -1) - (a.index?.value ?? -1) || b.cases - a.cases,
    ),
  };
}

interface Share {
  readonly done: number;
  readonly all: number;
}

/** Disputes are settled that nobody had reported to the police; more than all of them is still all of them. */
function shareOf(row: readonly number[], name: IndexPartName): Share {
  const all = precinctCount(row, INDEX_PARTS[name].all);
  return { done: Math.min(all, precinctCount(row, INDEX_PARTS[name].done)), all };
}

/** The mean of the shares; its spread from that of each share (Agresti and Coull 1998: two successes and two failures more). */
function meanOf(shares: readonly Share[]): StationIndex['index'] {
  const value = (100 * shares.reduce((sum, { done, all }) => sum + done / all, 0)) / shares.length;
  const variance = shares.reduce((sum, { done, all }) => {
    const share = (done + 2) / (all + 4);
    return sum + (share * (1 - share)) / (all + 4);
  }, 0);
  const spread = (100 * 1.96 * Math.sqrt(variance)) / shares.length;
  return { value, low: Math.max(0, value - spread), high: Math.min(100, value + spread) };
}
