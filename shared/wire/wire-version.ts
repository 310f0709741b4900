/**
 * Version of the messages between gateway and viewer (up.ts, down.ts, the frame's bytes).
 *
 *   1  2026-11  first form
 */
export const WIRE_VERSION = 1;
