/** From this age of the last fix on a responder is drawn hollow … */
export const STALE_AFTER_SECONDS = 90;
/** … and from this age on as a dotted ghost, at the place where it was seen last. */
export const GHOST_AFTER_SECONDS = 600;

export type FixAge = 'fresh' | 'stale' | 'ghost';

/**
 * How old a fix counts as. The layer's shader makes the same comparisons with the same two figures, every
 * animation frame, so that ageing goes on when nothing arrives. A fix from the future counts as fresh.
 */
export function fixAge(ageSeconds: number): FixAge {
  if (ageSeconds >= GHOST_AFTER_SECONDS) return 'ghost';
  // Written this way round so that an age that is no number is never fresh.
  return ageSeconds < STALE_AFTER_SECONDS ? 'fresh' : 'stale';
}
