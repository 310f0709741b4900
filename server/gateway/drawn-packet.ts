import { frameNo, type FrameNo } from '@maplewall/shared/domain/units.ts';
import { toPacket } from './packet.ts';

/** As socket.io's own client makes it. */
const drawn = (frame: number): Buffer => toPacket('drawn', { frame }, { options: { compress: true } });

const zero = drawn(0);
const one = drawn(1);
const HEAD_BYTES = zero.findIndex((byte, index) => byte !== one[index]);
const TAIL_BYTES = zero.length - HEAD_BYTES - 1;

/** Marks of msgpack for whole numbers; up to 0x7f a byte is itself. */
const FIXED_BELOW = 0x80;
const IN_1_BYTE = 0xcc;
const IN_2_BYTES = 0xcd;
const IN_4_BYTES = 0xce;

/** Viewers in step answer with the same bytes. */
let newest: { readonly packet: Buffer; readonly frame: FrameNo } = { packet: zero, frame: frameNo(0) };

/**
 * The frame of a `drawn` message, if these bytes are one exactly as socket.io's client writes it; undefined for everything
 * else, which is for the parser to read. Each viewer sends one a second and nothing else comes in such numbers; to find the
 * number between two known texts takes a small part of what it takes to parse and deliver a packet.
 */
export function frameOfDrawn(packet: unknown): FrameNo | undefined {
  if (!Buffer.isBuffer(packet)) return undefined;
  if (packet.equals(newest.packet)) return newest.frame;
  const frame = readDrawn(packet);
  if (frame !== undefined) newest = { packet: Buffer.from(packet), frame };
  return frame;
}

function readDrawn(packet: Buffer): FrameNo | undefined {
  const numberBytes = packet.length - HEAD_BYTES - TAIL_BYTES;
  if (numberBytes < 1 || numberBytes > 5) return undefined;
  const isHead = packet.subarray(0, HEAD_BYTES).equals(zero.subarray(0, HEAD_BYTES));
  const isTail = packet.subarray(HEAD_BYTES + numberBytes).equals(zero.subarray(HEAD_BYTES + 1));
  if (!isHead || !isTail) return undefined;
  const mark = packet[HEAD_BYTES] ?? 0;
  if (numberBytes === 1) return mark < FIXED_BELOW ? frameNo(mark) : undefined;
  if (numberBytes === 2 && mark === IN_1_BYTE) return frameNo(packet.readUInt8(HEAD_BYTES + 1));
  if (numberBytes === 3 && mark === IN_2_BYTES) return frameNo(packet.readUInt16BE(HEAD_BYTES + 1));
  if (numberBytes === 5 && mark === IN_4_BYTES) return frameNo(packet.readUInt32BE(HEAD_BYTES + 1));
  return undefined;
}
