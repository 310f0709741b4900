/** A goal for one figure: at most, or at least. */
export type Goal = { readonly max: number } | { readonly min: number };

export interface BenchOptions {
  /** Smaller input, for a look within 50 seconds; the figures mean less. */
  readonly quick: boolean;
}

/** What one run measured: figure → number. Figures without a goal are reported only. */
export type Figures = Readonly<Record<string, number>>;

/**
 * One measurement. `start` makes what all runs share and answers how to do one run, in which ours and its peer are
 * measured in turn; the median of the runs counts, figure by figure.
 */
export interface Bench {
  readonly name: string;
  /** One sentence: what is measured, against what. */
  readonly what: string;
  readonly goals: Readonly<Record<string, Goal>>;
  /** How often it is run where five times would take hours. */
  readonly runs?: number;
  /** How often with --quick, where three times would take more than 50 seconds. */
  readonly quickRuns?: number;
  start(options: BenchOptions): Promise<{ run(): Promise<Figures>; stop(): Promise<void> }>;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};

/** The value below which `share` of the values lie. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

export const meets = (goal: Goal, value: number): boolean =>
  'max' in goal ? value <= goal.max : value >= goal.min;
