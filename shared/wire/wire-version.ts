/**
 * Version of the messages between gateway and viewer (up.ts, down.ts, the frame's bytes).
 *
 *   1  2026-11  first form
 *   2  2026-11  frames of version 2; a viewer may send `report`
 *   3  2026-11  frames of version 3: fixes said as a turn
 *   4  2026-11  frames of version 4: who reports through a source with ages of its own
 */
export const WIRE_VERSION = 4;
