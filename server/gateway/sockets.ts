import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import { parserOf } from '@maplewall/shared/domain/schema.ts';
import type { FrameNo } from '@maplewall/shared/domain/units.ts';
import type { DownMessages, Refusal, Welcome } from '@maplewall/shared/wire/down.ts';
import {
  drawnSchema,
  helloSchema,
  reportSchema,
  type Report,
  type UpMessages,
} from '@maplewall/shared/wire/up.ts';
import { LEAST_BETWEEN_REPORTS_MS } from '@maplewall/shared/wire/report-pace.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import type { Viewer as WhoLooks, ViewerDoor } from '../access/viewer-door.ts';
import type { Clock } from '../clock.ts';
import type { FrameCutter } from '../projection/frame-cutter.ts';
import type { WorldKeeper } from '../projection/world-keeper.ts';
import { boundedParser } from './bounded-parser.ts';
import { frameOfDrawn } from './drawn-packet.ts';
import { EncodeOnce } from './encode-once.ts';
import { toPacket } from './packet.ts';
import { UpgradedLines } from './upgraded-lines.ts';
import { Viewers } from './viewers.ts';
import { toWebSocketFrame } from './websocket-frame.ts';

/** A viewer sends a few kinds of small messages; anything larger is none of them. */
const MAX_INBOUND_BYTES = 4_096;
/** Wrong messages after which a viewer is cut off. */
const MAX_REFUSALS = 5;

export interface GatewayParts {
  readonly http: HttpServer;
  readonly keeper: WorldKeeper;
  readonly cutter: FrameCutter;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names the client build that is served. */
  readonly build: string;
  readonly viewerDoor: ViewerDoor;
  readonly watch: ViewerWatch;
}

/** Hears what becomes of each connection; `id` names it as long as it lasts. */
export interface ViewerWatch {
  opened(id: string, viewer: WhoLooks): void;
  /** It has answered for a frame. */
  answered(id: string): void;
  reported(id: string, report: Report): void;
  closed(id: string): void;
}

export interface Gateway {
  readonly viewers: Viewers;
  /** Messages of viewers that were refused since the start. */
  refusals(): number;
  /** Closes the connections of a screen whose token was taken away. */
  closeScreen(screenId: string): void;
  close(): Promise<void>;
}

/** A viewer's connection of Engine.IO, below socket.io. */
type Connection = Socket<UpMessages, DownMessages>['conn'];

const parseHello = parserOf(helloSchema);
const parseDrawn = parserOf(drawnSchema);
const parseReport = parserOf(reportSchema);
const MESSAGES: readonly string[] = ['hello', 'drawn', 'report'] satisfies (keyof UpMessages)[];

/** Streams frames to viewers. The only file that knows how messages travel. */
export function startGateway(parts: GatewayParts): Gateway {
  const { http, keeper, cutter, clock, logger, build, viewerDoor, watch } = parts;
  let refused = 0;
  const count = (code: Refusal['code'] | 'bytes'): void => {
    refused += 1;
    if (refused % 1_000 === 1) logger.warn({ code, refused }, 'a viewer sent a message that is none');
  };
  const io = new Server<UpMessages, DownMessages>(http, {
    parser: boundedParser(() => count('bytes')),
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    maxHttpBufferSize: MAX_INBOUND_BYTES,
    // Hooks of the HTTP side do not reach the socket.
    allowRequest: (request, decide) =>
      decide(null, isSameOrigin(request.headers) && viewerDoor.identify(request) !== undefined),
  });
  const lines = new UpgradedLines(http);
  const encodeOnce = new EncodeOnce(keeper);
  const inStep = new Set<Connection>();
  const viewers = new Viewers(encodeOnce, (envelope) => broadcast(inStep, envelope));
  cutter.onCut((cut) => viewers.onCut(cut));

  io.on('connection', (socket) => {
    const viewer = viewerDoor.identify(socket.request);
    // Its token was taken away while it was coming in.
    if (viewer === undefined) return socket.disconnect(true);
    if (viewer.role === 'screen') socket.join(roomOf(viewer.screen.id));
    watch.opened(socket.id, viewer);
    let strikes = 0;
    let reportedAt = Number.NEGATIVE_INFINITY;
    let hasGreeted = false;
    const refuse = (code: Refusal['code'], sentence: string): void => {
      count(code);
      strikes += 1;
      socket.emit('refused', { code, sentence });
      if (code === 'wireVersion' || strikes >= MAX_REFUSALS) socket.disconnect(true);
    };
    const answered = (frame: FrameNo): void => {
      viewers.drawn(socket.id, frame);
      watch.answered(socket.id);
    };
    socket.on('hello', (message: unknown) => {
      const hello = parseHello(message);
      if (!hello.ok) return refuse('message', 'hello is not valid');
      if (hello.value.wireVersion !== WIRE_VERSION)
        return refuse('wireVersion', `this gateway speaks version ${WIRE_VERSION}; load the page again`);
      // A second hello would give a viewer new credit while what it was sent before still waits for it.
      if (hasGreeted) return refuse('message', 'hello was said before');
      hasGreeted = true;
      const welcome: Welcome = {
        wireVersion: WIRE_VERSION,
        run: keeper.run,
        build,
        serverTime: clock.now(),
      };
      socket.emit('welcome', welcome);
      const held = hello.value.run === keeper.run ? hello.value.frame : undefined;
      const possible = held !== undefined && held <= keeper.lastFrame ? held : undefined;
      inStep.delete(socket.conn);
      viewers.add(socket.id, possible, {
        send: (envelope) => void socket.emit('frame', asBuffer(envelope)),
        setInStep: (isInStep) => void (isInStep ? inStep.add(socket.conn) : inStep.delete(socket.conn)),
      });
      cutter.cutSoon();
    });
    // Nearly all answers are of one shape and are read here; the others come as messages, like everything else.
    socket.conn.on('data', (packet: unknown) => {
      const frame = frameOfDrawn(packet);
      if (frame !== undefined && socket.connected) answered(frame);
    });
    socket.on('drawn', (message: unknown) => {
      const drawn = parseDrawn(message);
      if (!drawn.ok) return refuse('message', 'drawn is not valid');
      answered(drawn.value.frame);
    });
    socket.on('report', (message: unknown) => {
      const report = parseReport(message);
      if (!report.ok) return refuse('message', 'report is not valid');
      const now = performance.now();
      // A line that stalls hands on at once what was sent over half a minute: that is no fault of the viewer.
      if (now - reportedAt < LEAST_BETWEEN_REPORTS_MS) return count('message');
      reportedAt = now;
      watch.reported(socket.id, report.value);
    });
    socket.onAny((name: string) => {
      if (!MESSAGES.includes(name)) refuse('message', 'there is no such message');
    });
    socket.on('disconnect', () => {
      inStep.delete(socket.conn);
      viewers.remove(socket.id);
      watch.closed(socket.id);
    });
    // Bytes that are no packet were counted where they were read, and socket.io closes the connection.
    socket.on('error', () => {
      inStep.delete(socket.conn);
      viewers.remove(socket.id);
    });
  });
  io.engine.on('connection_error', () => count('bytes'));
  io.engine.on('connection', (connection: { on(name: 'close', closed: (reason: string) => void): void }) => {
    connection.on('close', (reason) => {
      if (reason === 'parse error') count('bytes');
    });
  });

  return {
    viewers,
    refusals: () => refused,
    closeScreen: (screenId) => {
      const refusal: Refusal = { code: 'access', sentence: 'this screen may not look any more' };
      io.to(roomOf(screenId)).emit('refused', refusal);
      io.in(roomOf(screenId)).disconnectSockets(true);
    },
    // `io.close` would wait for every connection of the HTTP side as well, which ends those by itself.
    close: () => {
      io.engine.close();
      return lines.end();
    },
  };
}

/** No socket's own id looks like this. */
const roomOf = (screenId: string): string => `screen ${screenId}`;

/**
 * Sends a frame to all of these. For a text socket.io makes the WebSocket frame once for all that it is sent to, for
 * bytes once for each; so it is made here, and each connection is left with one write of the same bytes. The packet itself
 * is for connections that are no WebSocket.
 */
function broadcast(connections: Iterable<Connection>, envelope: Uint8Array): void {
  const packet = toPacket('frame', asBuffer(envelope));
  const options = { compress: false, wsPreEncodedFrame: [toWebSocketFrame(packet)] };
  for (const connection of connections) connection.write(packet, options);
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
