/** How what a panel shows stands: when it was so, by the moment shown, and whether the last attempt to read it failed. */
export interface Standing {
  /** When the data was so, epoch milliseconds; undefined before anything came. */
  readonly asOf: number | undefined;
  /** The same in words: '20:41'. */
  readonly asOfWords: string;
  /** The moment shown, epoch milliseconds. */
  readonly now: number;
  /** Older data than this is shown as old. */
  readonly staleAfterMs: number;
  readonly failed: boolean;
  /** Said instead of noughts that nobody told: nothing of the kind was ever heard of. */
  readonly unheard?: string | undefined;
  /**
   * What is told as it is known now, where all else on the screen is told as it was known then: all of the panel, or only what
   * it says of days before. Left out where nothing is, or all is.
   */
  readonly knownNow?: 'all' | 'daysBefore' | undefined;
}

export type PanelState = 'loading' | 'failed' | 'stale' | 'empty' | 'ready';

/**
 * Which of the five states a panel is in. Old data stays to be seen, marked as old: a wall that goes blank at each
 * hiccup tells less. That nothing happened is said only by data that is not old.
 */
export function panelState(
  { asOf, now, staleAfterMs, failed, unheard }: Standing,
  isEmpty: boolean,
): PanelState {
  if (asOf === undefined) return failed ? 'failed' : 'loading';
  if (now - asOf > staleAfterMs) return 'stale';
  return isEmpty || unheard !== undefined ? 'empty' : 'ready';
}

/** What stands in a panel's head about its time, as the name of the words. */
export function headWord(
  { knownNow }: Standing,
  state: PanelState,
): 'stale' | 'asOf' | 'knownNow' | 'daysBeforeKnownNow' {
  if (state === 'stale') return 'stale';
  if (knownNow === undefined) return 'asOf';
  return knownNow === 'all' ? 'knownNow' : 'daysBeforeKnownNow';
}
