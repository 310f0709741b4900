import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRelay, type Relay } from '../support/relay.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { WireViewer } from '../support/wire-viewer.ts';

/** Longer than a stop takes on a busy machine, shorter than any of the lines below would be waited for. */
const STOP_MS = 15_000;

describe('a gateway that is told to stop', () => {
  let server: TestGateway;
  let relay: Relay;
  const lines: Socket[] = [];
  beforeAll(async () => {
    server = await startTestGateway();
    relay = await startRelay(server.gateway.port);
  });
  afterAll(async () => {
    for (const line of lines) line.destroy();
    await relay.close();
  });

  async function line(said: string): Promise<void> {
    const socket = connect(server.gateway.port, '127.0.0.1');
    socket.on('error', () => undefined);
    lines.push(socket);
    await once(socket, 'connect');
    if (said !== '') socket.write(said);
  }

  it(
    'waits for no viewer whose line is dead, no request that never ends and no line on which nothing was said',
    async () => {
      const dead = new WireViewer(relay.url);
      await dead.until('has its keyframe', () => dead.messages.length > 0);
      relay.cut();
      await line('');
      await line('GET /api/health HTTP/1.1\r\nHost: x\r\nX-Half: ');
      await line(
        'POST /api/ingest/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
      );
      await server.stop();
      await expect(fetch(`${server.url}/api/health`)).rejects.toThrow('fetch failed');
      dead.close();
    },
    STOP_MS,
  );
});
