const FINAL_BINARY = 0x82;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/**
 * A message from a server as it stands on a WebSocket (RFC 6455, section 5.2): one frame, binary, not masked.
 *
 *   0x82 · length (to 125) or 126 and two bytes or 127 and eight bytes, highest first · the message
 */
export function toWebSocketFrame(message: Uint8Array): Buffer {
  const { length } = message;
  const lengthBytes = length < LENGTH_IN_2_BYTES ? 0 : length <= 0xffff ? 2 : 8;
  const head = 2 + lengthBytes;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = FINAL_BINARY;
  if (lengthBytes === 0) frame[1] = length;
  else if (lengthBytes === 2) {
    frame[1] = LENGTH_IN_2_BYTES;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_IN_8_BYTES;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(message, head);
  return frame;
}
