import { fail, ok, type Result } from '../domain/fault.ts';

/**
 * One byte in front of what is sent: whether the rest is deflated (raw, RFC 1951). Deflating happens once per
 * frame for all viewers, on the server; small frames travel as they are.
 *
 *   0x00 body            0x01 deflate-raw(body)
 */
export const PLAIN = 0x00;
export const DEFLATED = 0x01;

export interface Envelope {
  readonly deflated: boolean;
  readonly body: Uint8Array;
}

export function openEnvelope(bytes: Uint8Array): Result<Envelope> {
  const mark = bytes[0];
  if (mark !== PLAIN && mark !== DEFLATED) return fail('frame.malformed', '', { reason: 'envelope mark' });
  return ok({ deflated: mark === DEFLATED, body: bytes.subarray(1) });
}

export function putInEnvelope(body: Uint8Array, deflated: boolean): Uint8Array {
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = deflated ? DEFLATED : PLAIN;
  bytes.set(body, 1);
  return bytes;
}
