import { hash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { toWebSocketFrame } from './websocket-frame.ts';

it('has the heads of RFC 6455 for short, middle and long messages, and the message behind them', () => {
  const cases: readonly (readonly [length: number, head: string])[] = [
    [0, '8200'],
    [125, '827d'],
    [126, '827e007e'],
    [65_535, '827effff'],
    [65_536, '827f0000000000010000'],
  ];
  for (const [length, head] of cases) {
    const message = new Uint8Array(length).fill(7);
    const frame = toWebSocketFrame(message);
    expect(frame.subarray(0, head.length / 2).toString('hex')).toBe(head);
    expect(frame.subarray(head.length / 2)).toEqual(Buffer.from(message));
  }
});

it('is what an independent WebSocket client reads as the message', async () => {
  const messages = [1, 125, 126, 40_000, 70_000].map((length) => new Uint8Array(length).fill(length % 251));
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    const accept = acceptOf(request.headers['sec-websocket-key'] ?? '');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    );
    for (const message of messages) socket.write(toWebSocketFrame(message));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  client.binaryType = 'arraybuffer';
  const got: Uint8Array[] = [];
  await new Promise<void>((resolve, reject) => {
    client.addEventListener('error', reject);
    client.addEventListener('message', ({ data }) => {
      got.push(new Uint8Array(data as ArrayBuffer));
      if (got.length === messages.length) resolve();
    });
  });
  expect(got).toEqual(messages);
  client.close();
  server.closeAllConnections();
  server.close();
});

/** RFC 6455, section 4.2.2. */
const acceptOf = (key: string): string =>
  hash('sha1', `${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, 'base64');
