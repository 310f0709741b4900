import { Encoder, PacketType } from 'socket.io-msgpack-parser';

const encoder = new Encoder();

/** A message as socket.io's msgpack parser writes it; `rest` holds what else its sender puts into the packet. */
export function toPacket(name: string, message: unknown, rest: object = {}): Buffer {
  // A list of one Buffer, whatever its types say.
  const packets = encoder.encode({ type: PacketType.EVENT, data: [name, message], ...rest, nsp: '/' });
  const [bytes] = packets as unknown as readonly [Buffer];
  return bytes;
}
