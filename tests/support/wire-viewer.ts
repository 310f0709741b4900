import { io, type Socket } from 'socket.io-client';
import * as msgpackParser from 'socket.io-msgpack-parser';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { frameKind } from '@maplewall/shared/frame/frame-kind.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import type { FrameNo } from '@maplewall/shared/domain/units.ts';
import { frameNo } from '@maplewall/shared/domain/units.ts';
import type { DownMessages, Refusal, Welcome } from '@maplewall/shared/wire/down.ts';
import type { Hello, UpMessages } from '@maplewall/shared/wire/up.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { bodyOf, sure } from './segments.ts';
import { waitUntil } from './wait-until.ts';

/** One message that came: which frame it brings, from which it goes on (a keyframe from none), the server's time in it. */
export interface SeenMessage {
  readonly kind: 'frame' | 'keyframe';
  readonly from: FrameNo;
  readonly to: FrameNo;
  readonly at: number;
}

/** A viewer on a real socket that applies what comes, and answers as long as `answers` is true. */
export class WireViewer {
  readonly #socket: Socket<DownMessages, UpMessages>;
  world: World = emptyWorld();
  held: FrameNo = frameNo(0);
  answers = true;
  welcome: Welcome | undefined;
  readonly messages: SeenMessage[] = [];
  readonly refusals: Refusal[] = [];
  /** The world's hash after each message, by the frame held then. */
  readonly hashes = new Map<FrameNo, string>();
  readonly faults: string[] = [];

  constructor(url: string, hello: Omit<Hello, 'wireVersion'> = {}, world?: World) {
    if (world !== undefined) this.world = world;
    this.held = hello.frame ?? frameNo(0);
    this.#socket = io(url, {
      parser: msgpackParser,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    this.#socket.on('connect', () => this.#socket.emit('hello', { wireVersion: WIRE_VERSION, ...hello }));
    this.#socket.on('welcome', (welcome) => (this.welcome = welcome));
    this.#socket.on('refused', (refusal) => this.refusals.push(refusal));
    this.#socket.on('frame', (envelope) => {
      try {
        this.#take(bodyOf(new Uint8Array(envelope)));
      } catch (error) {
        this.faults.push(String(error));
      }
    });
  }

  #take(body: Uint8Array): void {
    if (frameKind(body) === 'keyframe') {
      const { frame, world } = sure(decodeKeyframe(body));
      this.world = world;
      this.#keep({ kind: 'keyframe', from: frameNo(0), to: frame, at: world.at });
    } else {
      const frame = sure(decodeFrame(body));
      if (frame.from !== this.held)
        throw new Error(`frame ${frame.from} to ${frame.to} does not follow ${this.held}`);
      sure(applyFrame(this.world, frame));
      this.#keep({ kind: 'frame', from: frame.from, to: frame.to, at: frame.at });
    }
  }

  #keep(message: SeenMessage): void {
    this.held = message.to;
    this.messages.push(message);
    this.hashes.set(message.to, worldHash(this.world));
    if (this.answers) this.answer();
  }

  /** Says that all that came is drawn. */
  answer(): void {
    this.#socket.emit('drawn', { frame: this.held });
  }

  /** Says anything else. */
  say(name: string, ...message: readonly unknown[]): void {
    (this.#socket as Socket).emit(name, ...message);
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  until(what: string, look: () => boolean): Promise<boolean> {
    return waitUntil(`the viewer ${what}: ${this.faults.join()}`, look);
  }

  close(): void {
    this.#socket.disconnect();
  }
}
