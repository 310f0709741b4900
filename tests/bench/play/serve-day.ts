import type { Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { historyRoutes } from '@maplewall/server/history/routes.ts';
import { makeApp } from '@maplewall/server/http/app.ts';
import { makeLogger } from '@maplewall/server/logger.ts';
import type { Servers } from '../seek/servers.ts';
import { buildPage } from '../support/build-page.ts';

export interface ServedDay {
  readonly url: string;
  /** Everything that was sent so far, with its headers. */
  sentBytes(): number;
  stop(): Promise<void>;
}

/** Serves a day as the gateway does, by its routes, beside the page that plays it, and rows for the peer. */
export async function serveDay(servers: Servers, pageFolder: string): Promise<ServedDay> {
  await buildPage('play', pageFolder);
  const app = await makeApp({
    logger: makeLogger('error'),
    clientDir: pageFolder,
    version: '0',
    refusalOf: () => undefined,
  });
  historyRoutes(app, { history: servers.history });
  app.get<{ Params: { second: string } }>('/rows/:second', (request, reply) =>
    reply.type('application/json').send(servers.rows('indexed', Number(request.params.second))),
  );
  let closedBytes = 0;
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      closedBytes += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    sentBytes: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, closedBytes),
    stop: () => app.close(),
  };
}
