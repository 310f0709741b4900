import { EventEmitter } from 'node:events';
import { Decoder as MsgpackDecoder, ExtensionCodec } from '@msgpack/msgpack';
import { Encoder, PacketType, protocol } from 'socket.io-msgpack-parser';
import { frameOfDrawn } from './drawn-packet.ts';

/** A report has 17 fields; nothing that a viewer says has more. */
const MAX_ITEMS = 24;
const MAX_TEXT_BYTES = 256;

/** The sender's side writes `undefined` as extension 0 of one byte. */
const extensions = new ExtensionCodec();
extensions.register({ type: 0, encode: () => null, decode: () => undefined });

const limits = {
  extensionCodec: extensions,
  maxArrayLength: MAX_ITEMS,
  maxMapLength: MAX_ITEMS,
  maxStrLength: MAX_TEXT_BYTES,
  maxBinLength: MAX_TEXT_BYTES,
  maxExtLength: 1,
};

interface Packet {
  readonly type: number;
  readonly nsp: string;
  readonly data: unknown;
}

/** Names that socket.io gives to events of its own; a viewer that sends one would speak in the gateway's name. */
const RESERVED = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
]);

function isPacket(value: unknown): value is Packet {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('nsp' in value)) return false;
  if (value.nsp !== '/' || ('id' in value && value.id !== undefined)) return false;
  const data = 'data' in value ? value.data : undefined;
  switch (value.type) {
    case PacketType.CONNECT:
      return data === undefined || (typeof data === 'object' && data !== null && !Array.isArray(data));
    case PacketType.DISCONNECT:
      return data === undefined;
    case PacketType.EVENT:
      return Array.isArray(data) && typeof data[0] === 'string' && !RESERVED.has(data[0]);
    default:
      return false;
  }
}

/**
 * socket.io's msgpack parser with another reading half. The usual one makes room for as many items as a message
 * claims to have, so that 200 bytes of nested claims end the process; this one refuses what is larger than any
 * message of ours before it makes room, and packets that viewers never send (other namespaces, acknowledgements). What
 * `frameOfDrawn` reads is left out: whoever wants those listens to the connection.
 */
export function boundedParser(onBroken: () => void) {
  class Decoder extends EventEmitter {
    readonly #msgpack = new MsgpackDecoder(limits);

    /** @throws when the bytes are no packet; socket.io closes the connection then */
    add(given: unknown): void {
      if (frameOfDrawn(given) !== undefined) return;
      const packet = this.#read(given);
      if (packet === undefined) {
        onBroken();
        throw new Error('not a packet');
      }
      this.emit('decoded', packet);
    }

    destroy(): void {
      this.removeAllListeners();
    }

    #read(given: unknown): Packet | undefined {
      if (!(given instanceof Uint8Array)) return undefined;
      try {
        const value = this.#msgpack.decode(given);
        return isPacket(value) ? value : undefined;
      } catch {
        // Whatever the reason: it is counted as broken by the caller.
        return undefined;
      }
    }
  }
  return { protocol, PacketType, Encoder, Decoder };
}
