import { about } from './page.ts';

/** A file is of the past alone (client/screens/replay/has-present.ts). */
export const HAS_PRESENT = false;
/** Whoever took it along asked for both, or for the past as it is known now. */
export const KNOWS_THEN = about.knowsThen === true;
