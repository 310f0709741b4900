import type { Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makePack } from '@maplewall/server/city/make-pack.ts';
import { readPack } from '@maplewall/server/city/read-pack.ts';
import { cityRoutes } from '@maplewall/server/city/routes.ts';
import { historyRoutes } from '@maplewall/server/history/routes.ts';
import { makeApp } from '@maplewall/server/http/app.ts';
import { makeLogger } from '@maplewall/server/logger.ts';
import { TIME_ZONE } from '../seek/build-day.ts';
import type { Servers } from '../seek/servers.ts';
import { buildPage } from '../support/build-page.ts';

export interface ServedDay {
  readonly url: string;
  /** Everything that was sent so far, with its headers. */
  sentBytes(): number;
  stop(): Promise<void>;
}

/** Where the walkers of the day are, with nothing on the map. */
const EMPTY_CITY = {
  id: 'empty',
  name: { zh: '空', en: 'Empty' },
  timeZone: TIME_ZONE,
  coordinateSystem: 'WGS84',
  bounds: [120.5, 27.53, 120.61, 27.63],
  files: {},
} as const;

/**
 * Serves a day as the gateway does, by its routes, beside the page that plays it, and rows for the peer. The page and its
 * city are made in `folder`.
 */
export async function serveDay(servers: Servers, folder: string): Promise<ServedDay> {
  const pageFolder = join(folder, 'page');
  const cityFolder = join(folder, 'city');
  await buildPage('play', pageFolder);
  await makePack(EMPTY_CITY, cityFolder);
  const read = await readPack(cityFolder);
  if (!read.ok) throw new Error('the empty city has faults');
  const app = await makeApp({
    logger: makeLogger('error'),
    clientDir: pageFolder,
    version: '0',
    refusalOf: () => undefined,
  });
  cityRoutes(app, { pack: read.pack });
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
