/** Whether there is a present to go to from a replay. */
export const HAS_PRESENT = true;
