/** A file is of the past alone (client/screens/replay/has-present.ts). */
export const HAS_PRESENT = false;
