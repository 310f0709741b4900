/** Whether there is a present to go to from a replay. */
export const HAS_PRESENT = true;
/** Whether a replay can show the past as the wall knew it. */
export const KNOWS_THEN = true;
