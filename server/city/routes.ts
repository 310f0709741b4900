import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PACK_FILES } from '@maplewall/shared/domain/city.ts';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { isAccepted, isHeld } from '../http/conditional.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { CityPack } from './read-pack.ts';

interface Prepared {
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
}

function prepare(value: unknown): Prepared {
  const plain = Buffer.from(JSON.stringify(value));
  return {
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 24)}"`,
    plain,
    gzip: gzipSync(plain),
    brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  };
}

/** Serves the pack as it was read: `/api/city` and one file each of its GeoJSON. Compressed once. */
export function cityRoutes(app: FastifyInstance, { pack }: { readonly pack: CityPack }): void {
  const prepared = new Map<string, Prepared>([['', prepare(pack.city)]]);
  for (const [name, collection] of pack.files) prepared.set(name, prepare(collection));

  const send = (name: string, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const found = prepared.get(name);
    if (found === undefined) return replyFault(reply, fault('request.notFound'));
    reply.header('etag', found.etag).header('cache-control', 'no-cache').header('vary', 'accept-encoding');
    if (isHeld(request.headers['if-none-match'], found.etag)) return reply.code(304).send();
    const accepted = request.headers['accept-encoding'];
    reply.type(name === '' ? 'application/json; charset=utf-8' : 'application/geo+json; charset=utf-8');
    if (isAccepted(accepted, 'br')) return reply.header('content-encoding', 'br').send(found.brotli);
    if (isAccepted(accepted, 'gzip')) return reply.header('content-encoding', 'gzip').send(found.gzip);
    return reply.send(found.plain);
  };

  app.get(
    '/api/city',
    { schema: { summary: 'The city: name, bounds, stations, posts, teams', tags: ['city'] } },
    (request, reply) => send('', request, reply),
  );
  app.get(
    '/api/city/:file',
    {
      schema: {
        summary: "One of the city pack's GeoJSON files",
        tags: ['city'],
        params: Type.Object({ file: Type.String({ enum: [...PACK_FILES] }) }),
      },
    },
    (request, reply) => send((request.params as { readonly file: string }).file, request, reply),
  );
}
