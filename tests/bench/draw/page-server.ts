import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { buildPage } from '../support/build-page.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export interface PageServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Builds the page of client/fixtures/draw into a folder of its own and serves it, with city packs under `/city/NAME`
 * and the envelopes of so many walkers under `/walkers/COUNT`.
 */
export async function startPageServer(options: {
  readonly cityDirs: Readonly<Record<string, string>>;
  readonly walkers: ReadonlyMap<number, readonly Uint8Array[]>;
}): Promise<PageServer> {
  const folder = await mkdtemp(join(tmpdir(), 'maplewall-draw-'));
  await buildPage('draw', folder);
  const answer = async (path: string): Promise<{ readonly type: string; readonly body: Uint8Array }> => {
    const [, top = '', name = '', file = 'city'] = path.split('/');
    const cityDir = options.cityDirs[name];
    if (top === 'city' && cityDir !== undefined) {
      const ending = file === 'city' ? '.json' : '.geojson';
      return { type: 'application/json', body: await readFile(join(cityDir, `${file}${ending}`)) };
    }
    const envelopes = top === 'walkers' ? options.walkers.get(Number(name)) : undefined;
    if (envelopes !== undefined) return { type: 'application/octet-stream', body: inOne(envelopes) };
    const asset = path === '/' ? 'index.html' : path.slice(1);
    return {
      type: TYPES[extname(asset)] ?? 'application/octet-stream',
      body: await readFile(join(folder, asset)),
    };
  };
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://page').pathname).then(
      ({ type, body }) => {
        response.writeHead(200, { 'content-type': type }).end(body);
      },
      () => {
        response.writeHead(404).end();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Each envelope behind its length: 32 bits, little-endian. */
function inOne(envelopes: readonly Uint8Array[]): Uint8Array {
  const parts = envelopes.flatMap((envelope) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(envelope.length);
    return [length, envelope];
  });
  return Buffer.concat(parts);
}
