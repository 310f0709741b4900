import { epochMs, seqNo } from '../domain/units.ts';
import type { World } from './world.ts';

/** The world before the first record. */
export function emptyWorld(): World {
  return {
    at: epochMs(0),
    seq: seqNo(0),
    incidents: new Map(),
    orders: new Map(),
    responders: new Map(),
    positions: {
      capacity: 0,
      length: 0,
      lowestFree: 0,
      responderIds: [],
      hasFix: new Uint8Array(0),
      lngE5: new Int32Array(0),
      latE5: new Int32Array(0),
      fixAtSeconds: new Float64Array(0),
      hasPrevious: new Uint8Array(0),
      previousLngE5: new Int32Array(0),
      previousLatE5: new Int32Array(0),
      previousFixAtSeconds: new Float64Array(0),
    },
    sources: new Map(),
    risks: { gridIds: [], indexOf: new Map(), levels: new Uint8Array(0) },
    hazards: new Map(),
    hours: new Map(),
    ordersByResponder: new Map(),
  };
}
