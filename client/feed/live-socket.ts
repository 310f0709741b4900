import type { DownMessages, Refusal, Welcome } from '@maplewall/shared/wire/down.ts';
import type { FrameNo } from '@maplewall/shared/domain/units.ts';
import type { Hello, Report, UpMessages } from '@maplewall/shared/wire/up.ts';
import { io, type Socket } from 'socket.io-client';
import * as msgpackParser from 'socket.io-msgpack-parser';

/** One socket to the gateway. After `close`, and after `onClose`, it says nothing more. */
export interface LiveSocket {
  hello(hello: Hello): void;
  drawn(frame: FrameNo): void;
  report(report: Report): void;
  close(): void;
}

export interface LiveSocketEvents {
  onOpen(): void;
  onWelcome(welcome: Welcome): void;
  onFrame(envelope: Uint8Array<ArrayBuffer>): void;
  onRefused(refusal: Refusal): void;
  onClose(): void;
}

export type OpenLiveSocket = (events: LiveSocketEvents) => LiveSocket;

/**
 * Opens sockets to the gateway at `url` ('' for where the page came from). Coming back after a loss is not left to
 * socket.io: connection.ts decides when, and with which hello.
 */
export const socketsTo =
  (url: string): OpenLiveSocket =>
  (events) => {
    const socket: Socket<DownMessages, UpMessages> = io(url === '' ? undefined : url, {
      parser: msgpackParser,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      socket.removeAllListeners();
      socket.disconnect();
    };
    const end = (): void => {
      if (isOver) return;
      over();
      events.onClose();
    };
    socket.on('connect', () => {
      events.onOpen();
    });
    socket.on('connect_error', end);
    socket.on('disconnect', end);
    socket.on('welcome', (welcome) => {
      events.onWelcome(welcome);
    });
    socket.on('frame', (envelope) => {
      events.onFrame(new Uint8Array(envelope));
    });
    socket.on('refused', (refusal) => {
      events.onRefused(refusal);
    });
    return {
      hello: (hello) => socket.emit('hello', hello),
      drawn: (frame) => socket.emit('drawn', { frame }),
      report: (report) => socket.emit('report', report),
      close: over,
    };
  };
