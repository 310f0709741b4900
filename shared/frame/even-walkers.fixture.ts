import type { ResponderId, SourceId } from '../domain/ids.ts';
import { UNKNOWN_U16, UNKNOWN_U8 } from '../domain/position.ts';
import type { EventRecord, PositionsRecord } from '../domain/record.ts';
import { epochMs, seqNo } from '../domain/units.ts';

export const WALKERS_START = Date.UTC(2026, 10, 20, 11);

const head = (seq: number, atMs: number) => ({
  seq: seqNo(seq),
  at: epochMs(atMs),
  receivedAt: epochMs(atMs),
  source: 'phones' as SourceId,
  mode: 'Test' as const,
  key: '',
});

const walkerId = (n: number): ResponderId => `V-${String(n).padStart(4, '0')}` as ResponderId;

export function checkIn(seq: number, second: number, n: number): EventRecord {
  return {
    ...head(seq, WALKERS_START + second * 1_000),
    type: 'event',
    event: {
      kind: 'responder.checkedIn',
      responderId: walkerId(n),
      responderKind: 'volunteer',
      callSign: walkerId(n),
    },
  };
}

export function checkOut(seq: number, second: number, n: number): EventRecord {
  return {
    ...head(seq, WALKERS_START + second * 1_000),
    type: 'event',
    event: { kind: 'responder.checkedOut', responderId: walkerId(n) },
  };
}

export interface WalkersFix {
  readonly n: number;
  /** When it was measured, seconds after the start. */
  readonly second: number;
  readonly lngE5: number;
  readonly latE5: number;
}

/** What arrives in a second, in one record. */
export function fixesOf(seq: number, second: number, fixes: readonly WalkersFix[]): PositionsRecord {
  const unknown = new Uint16Array(fixes.length).fill(UNKNOWN_U16);
  return {
    ...head(seq, WALKERS_START + second * 1_000),
    type: 'positions',
    fixes: {
      count: fixes.length,
      responders: fixes.map(({ n }) => walkerId(n)),
      who: Uint32Array.from(fixes, (_, row) => row),
      lngE5: Int32Array.from(fixes, ({ lngE5 }) => lngE5),
      latE5: Int32Array.from(fixes, ({ latE5 }) => latE5),
      fixAtSeconds: Uint32Array.from(fixes, ({ second: at }) => WALKERS_START / 1_000 + at),
      deviceAtSeconds: new Uint32Array(fixes.length),
      speed: unknown,
      course: unknown,
      accuracy: unknown,
      battery: new Uint8Array(fixes.length).fill(UNKNOWN_U8),
    },
  };
}
