import { inflateRawSync } from 'node:zlib';
import { decode } from '@msgpack/msgpack';
import { Encoder } from 'socket.io-msgpack-parser';
import { WebSocket } from 'ws';
import { ByteReader } from '@maplewall/shared/frame/bytes.ts';
import { openCapsule } from '@maplewall/shared/frame/capsule.ts';
import { frameKind } from '@maplewall/shared/frame/frame-kind.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { ANSWER_EVERY_FRAMES } from '@maplewall/shared/wire/up.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';

/** Types of packets of Engine.IO 4 (text) and socket.io 5. */
const PING = '2';
const PONG = '3';
const CONNECT = 0;
const EVENT = 2;

const encoder = new Encoder();
/** As socket.io's client writes it. The parser gives a list of one Buffer, whatever its types say. */
const toBytes = (packet: object): Buffer => {
  const [bytes] = encoder.encode(packet) as unknown as readonly [Buffer];
  return bytes;
};
const message = (name: string, body: object): Buffer =>
  toBytes({ type: EVENT, data: [name, body], options: { compress: true }, nsp: '/' });
const CONNECT_PACKET = toBytes({ type: CONNECT, nsp: '/' });
const HELLO_PACKET = message('hello', { wireVersion: WIRE_VERSION });

/** The answer to a frame. */
export const drawnPacket = (frame: number): Buffer => message('drawn', { frame });

export interface RawViewerEvents {
  /** A message has arrived that brings the viewer up to this frame. */
  onFrame(frame: number, bytes: number): void;
}

/** What a message means to a viewer: the answer that it asks for, if any, and the frame up to which it brings it. */
interface Reading {
  readonly given: Buffer;
  readonly answer?: Buffer;
  readonly frame?: number;
}

/**
 * Viewers of the gateway that cost next to nothing: one WebSocket each, no client library. Every viewer in step gets the
 * same bytes, so a message is read once, and whoever gets the same one next answers with the same answer.
 */
export class RawViewers {
  #last: Reading = { given: Buffer.alloc(0) };

  /** Resolves when the viewer holds its first keyframe. */
  open(port: number, events: RawViewerEvents): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    return new Promise((resolve, reject) => {
      let isOpen = false;
      let said: number | undefined;
      socket.on('error', reject);
      socket.on('close', (code) => {
        const error = new Error(`a viewer was closed by the gateway: ${code}`);
        if (isOpen) throw error;
        reject(error);
      });
      socket.on('message', (given: Buffer, isBinary) => {
        if (!isBinary) {
          const text = given.toString('latin1');
          if (text === PING) socket.send(PONG);
          else if (text.startsWith('0')) socket.send(CONNECT_PACKET);
          return;
        }
        const { answer, frame } = this.#read(given);
        if (frame !== undefined) events.onFrame(frame, given.length);
        if (answer !== undefined && answersTo(frame, said)) {
          socket.send(answer);
          said = frame;
        }
        if (frame === undefined) return;
        if (!isOpen) {
          isOpen = true;
          resolve(socket);
        }
      });
    });
  }

  #read(given: Buffer): Reading {
    if (!this.#last.given.equals(given)) this.#last = reading(given);
    return this.#last;
  }
}

/** As the product's viewers do: not to each frame, but to everything that is none. */
export const answersTo = (frame: number | undefined, said: number | undefined): boolean =>
  frame === undefined || said === undefined || frame - said >= ANSWER_EVERY_FRAMES;

function reading(given: Buffer): Reading {
  const { type, data } = decode(given) as { readonly type: number; readonly data?: unknown };
  if (type === CONNECT) return { given, answer: HELLO_PACKET };
  if (type !== EVENT || !Array.isArray(data)) throw new Error(`a packet of type ${type} was not expected`);
  const [name, body] = data as [string, unknown];
  if (name === 'welcome') return { given };
  if (name !== 'frame' || !(body instanceof Uint8Array)) throw new Error(`${name} was not expected`);
  const frame = frameOf(body);
  return { given, frame, answer: drawnPacket(frame) };
}

/** The number of the frame or keyframe in an envelope; the head alone is read (docs/spec/frame.md). */
function frameOf(envelope: Uint8Array): number {
  const opened = openEnvelope(envelope);
  if (!opened.ok) throw new Error('an envelope that cannot be opened');
  const { deflated, body } = opened.value;
  const bytes = deflated ? new Uint8Array(inflateRawSync(body)) : body;
  const kind = frameKind(bytes);
  const content = kind === undefined ? undefined : openCapsule(kind, bytes);
  if (content?.ok !== true) throw new Error('bytes that are neither a frame nor a keyframe');
  const reader = new ByteReader(content.value);
  const first = reader.varint();
  return kind === 'keyframe' ? first : first + Math.floor(reader.varint() / 8);
}
