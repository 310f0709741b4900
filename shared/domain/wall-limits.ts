/** What a wall may be, for whoever keeps a layout, reads an address or asks in a form: one picture of so many screens a side. */
export const MOST_SCREENS_A_SIDE = 16;
/** Both are more than nothing. */
export const MOST_WIDTH_METRES = 100;
export const MOST_FARTHEST_METRES = 200;
