import type { ResponderId } from './ids.ts';

/** Stands for 'the device did not say' in the columns below. */
export const UNKNOWN_U16 = 0xffff;
export const UNKNOWN_U8 = 0xff;

/**
 * Fixes in columns, as they rest in the log. Row i belongs to `responders[who[i]]`.
 *
 *   times     three of them: when the device sent (0 unknown), when it was measured, and the record's `receivedAt`
 *   lng, lat  hundred-thousandths of a degree, WGS84
 *   speed     decimetres per second   course  degrees from north   accuracy  metres   battery  per cent
 */
export interface FixColumns {
  readonly count: number;
  readonly responders: readonly ResponderId[];
  readonly who: Uint32Array;
  readonly lngE5: Int32Array;
  readonly latE5: Int32Array;
  readonly fixAtSeconds: Uint32Array;
  readonly deviceAtSeconds: Uint32Array;
  readonly speed: Uint16Array;
  readonly course: Uint16Array;
  readonly accuracy: Uint16Array;
  readonly battery: Uint8Array;
}

/** One fix as it comes through a door, in SI units; `undefined` where the device did not say. */
export interface Fix {
  readonly responderId: ResponderId;
  readonly lng: number;
  readonly lat: number;
  readonly fixAt: number;
  readonly deviceAt?: number | undefined;
  readonly speedMetresPerSecond?: number | undefined;
  readonly courseDegrees?: number | undefined;
  readonly accuracyMetres?: number | undefined;
  readonly batteryPercent?: number | undefined;
}
