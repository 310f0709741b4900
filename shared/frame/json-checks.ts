/** Checks of values that came out of JSON whose shape nobody vouches for. */

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';

/** A whole number within bounds, both included. */
export const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

/** 2100-01-01 in milliseconds: no time lies behind it. */
export const MAX_EPOCH_MS = 4_102_444_800_000;

export const isEpochMs = (value: unknown): value is number => isWhole(value, 0, MAX_EPOCH_MS);

/** The word at this place of a list of words. */
export const wordAt = <T extends string>(words: readonly T[], index: unknown): T | undefined =>
  isWhole(index, 0, words.length - 1) ? words[index] : undefined;
