import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import * as msgpackParser from 'socket.io-msgpack-parser';
import { parserOf } from '@maplewall/shared/domain/schema.ts';
import type { DownMessages, Refusal, Welcome } from '@maplewall/shared/wire/down.ts';
import { drawnSchema, helloSchema, type UpMessages } from '@maplewall/shared/wire/up.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import type { Clock } from '../clock.ts';
import type { FrameCutter } from '../projection/frame-cutter.ts';
import type { WorldKeeper } from '../projection/world-keeper.ts';
import { EncodeOnce } from './encode-once.ts';
import { Viewers } from './viewers.ts';

/** A viewer sends two kinds of small messages; anything larger is none of them. */
const MAX_INBOUND_BYTES = 4_096;
/** Wrong messages after which a viewer is cut off. */
const MAX_REFUSALS = 5;
const IN_STEP = 'in step';

export interface GatewayParts {
  readonly http: HttpServer;
  readonly keeper: WorldKeeper;
  readonly cutter: FrameCutter;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names the client build that is served. */
  readonly build: string;
}

export interface Gateway {
  readonly viewers: Viewers;
  /** Messages of viewers that were refused since the start. */
  refusals(): number;
  close(): Promise<void>;
}

const parseHello = parserOf(helloSchema);
const parseDrawn = parserOf(drawnSchema);

/** Streams frames to viewers. The only file that knows how messages travel. */
export function startGateway({ http, keeper, cutter, clock, logger, build }: GatewayParts): Gateway {
  const io = new Server<UpMessages, DownMessages>(http, {
    parser: msgpackParser,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    maxHttpBufferSize: MAX_INBOUND_BYTES,
    allowRequest: (request, decide) => decide(null, isSameOrigin(request.headers)),
  });
  const encodeOnce = new EncodeOnce(keeper);
  const viewers = new Viewers(encodeOnce, (envelope) => io.to(IN_STEP).emit('frame', asBuffer(envelope)));
  let refused = 0;
  cutter.onCut((cut) => viewers.onCut(cut));

  io.on('connection', (socket) => {
    let strikes = 0;
    const refuse = (code: Refusal['code'], sentence: string): void => {
      refused += 1;
      strikes += 1;
      if (refused % 1_000 === 1) logger.warn({ code, refused }, 'a viewer sent a message that is none');
      socket.emit('refused', { code, sentence });
      if (code === 'wireVersion' || strikes >= MAX_REFUSALS) socket.disconnect(true);
    };
    socket.on('hello', (message: unknown) => {
      const hello = parseHello(message);
      if (!hello.ok) return refuse('message', 'hello is not valid');
      if (hello.value.wireVersion !== WIRE_VERSION)
        return refuse('wireVersion', `this gateway speaks version ${WIRE_VERSION}; load the page again`);
      const welcome: Welcome = {
        wireVersion: WIRE_VERSION,
        run: keeper.run,
        build,
        serverTime: clock.now(),
      };
      socket.emit('welcome', welcome);
      const held = hello.value.run === keeper.run ? hello.value.frame : undefined;
      const possible = held !== undefined && held <= keeper.lastFrame ? held : undefined;
      socket.leave(IN_STEP);
      viewers.add(socket.id, possible, {
        send: (envelope) => void socket.emit('frame', asBuffer(envelope)),
        setInStep: (inStep) => void (inStep ? socket.join(IN_STEP) : socket.leave(IN_STEP)),
      });
      cutter.cutSoon();
    });
    socket.on('drawn', (message: unknown) => {
      const drawn = parseDrawn(message);
      if (!drawn.ok) return refuse('message', 'drawn is not valid');
      viewers.drawn(socket.id, drawn.value.frame);
    });
    socket.onAny((name: string) => {
      if (name !== 'hello' && name !== 'drawn') refuse('message', 'there is no such message');
    });
    socket.on('disconnect', () => viewers.remove(socket.id));
    socket.on('error', () => refuse('message', 'not a message'));
  });
  io.engine.on('connection_error', () => {
    refused += 1;
  });

  return { viewers, refusals: () => refused, close: () => io.close() };
}

/** The parser writes a Buffer as plain bytes, and any other array as an extension that browsers read as a pair. */
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Pages of other origins may not open a socket: a browser sends `Origin`, and it must name the host that was asked.
 * Programs send none.
 */
function isSameOrigin(headers: {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}
